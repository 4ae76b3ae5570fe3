"""The monthly bulletins of the demonstration: the clerk drafts, the chief reviews, the leader issues."""

from __future__ import annotations

from datetime import date, datetime

from wenpan.demo.play.agenda import Act, Story
from wenpan.economy.time.periods import Month

BULLETINS = ((Month(2022, 9), date(2022, 10, 11)), (Month(2022, 10), date(2022, 11, 8)))


def plan(story: Story) -> None:
    for month, day in BULLETINS:
        story.plan(day, _drafts(story, month), 9, 20)


def _drafts(story: Story, month: Month) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.bulletins.actions.drafting import draft_bulletin
        from wenpan.district.bulletins.actions.issuing import issue, review

        document = draft_bulletin(month=month, by=story.clerk, at=moment)
        document = review(document=document, by=story.chief, at=moment.replace(hour=14))
        issue(document=document, by=story.users["leader"], at=moment.replace(hour=16))

    return act
