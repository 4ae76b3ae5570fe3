"""Matters of lights that were closed in spring and summer: 督查问效 knows what became of their figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wenpan.demo.play.agenda import Act, Story, at
from wenpan.demo.play.handling import Handling
from wenpan.demo.story import matters
from wenpan.demo.story.matters import PastLight, Play
from wenpan.rules import catalogue


def plan(story: Story) -> None:
    for number, past in enumerate(matters.past_lights()):
        story.plan(matters.day(past.drafted), _follows(story, past), 10, 2 * number)


def _follows(story: Story, past: PastLight) -> Act:
    def act(moment: datetime) -> None:
        for cause, title, lead in _subjects(story, past):
            _hand_over(story, past, cause, title, lead, moment)

    return act


def _subjects(story: Story, past: PastLight) -> Iterator[tuple[str, str, Any]]:
    """Cause, title and lead of each matter; nothing where the district has no such figure or project."""
    if past.projects:
        from wenpan.district.projects.models import Standing

        rows = Standing.objects.filter(
            month=past.light_of, light="YELLOW", project__kind=past.of, project__retracted=False,
            project__unit__isnull=False,
        ).select_related("project__unit", "project__department")  # fmt: skip
        for row in rows.order_by("project__band", "project__code")[: past.projects]:
            project = row.project
            yield f"project:{project.pk}", f"{project.name}黄灯整改", project.department or project.unit
    elif past.of in catalogue():
        yield f"indicator:{past.of}", past.name, story.units[catalogue()[past.of].owner]


def _hand_over(story: Story, past: PastLight, cause: str, title: str, lead: Any, moment: datetime) -> None:
    from wenpan.district.supervision import actions

    matter = actions.draft(title=title, kind=past.kind, cause=cause, by=story.clerk, at=moment)
    actions.register(matter=matter, by=story.chief, at=moment.replace(hour=14), text="同意立项")
    matter.refresh_from_db()
    handed = at(story.calendar.working_days_after(moment.date(), 1), 9, moment.minute)
    due = story.calendar.working_days_after(matters.day(past.done), 5)
    actions.assign(matter=matter, lead=lead, due=due, by=story.clerk, at=handed)
    matter.refresh_from_db()
    Handling(story, matter, Play(done=past.done, told=past.told)).begin(handed)
