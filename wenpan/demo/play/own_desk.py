"""What two people of the demonstration arrange for themselves: a shared view with columns, favourites."""

from __future__ import annotations

from datetime import date, datetime

from wenpan.demo.play.agenda import Act, Story

ARRANGED = date(2022, 11, 14)


def plan(story: Story) -> None:
    story.plan(ARRANGED, _arranges(story), 9, 5)


def _arranges(story: Story) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.personal import actions
        from wenpan.district.supervision.models import Matter

        columns = {"shown": ["title", "light_order", "lead__order", "due"], "hidden": ["state"]}
        actions.keep_view(
            code="supervision:matters", name="逾期的", query="flag=overdue&sort=due", columns=columns,
            shared=True, by=story.clerk, at=moment,
        )  # fmt: skip
        first = Matter.objects.order_by("year", "serial").first()
        if first is not None:
            for person in (story.clerk, story.users["leader"]):
                actions.star(subject=f"matter:{first.pk}", by=person, at=moment)
        actions.star(subject="indicator:fai", by=story.users["leader"], at=moment)

    return act
