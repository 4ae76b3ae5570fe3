"""The weekly inspections of the demonstration: looked at on Thursday, closed on Friday; two are left over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from wenpan.demo.play.agenda import Story

LEFT_EACH_WEEK = 2


def plan(story: Story, first: date) -> None:
    """`first` is a Monday; the week in which the story ends stays open for whoever tries the program."""
    monday = first
    while monday + timedelta(days=7) <= story.until:
        story.plan(monday + timedelta(days=3), lambda t: _looks(story, t), 14)
        story.plan(monday + timedelta(days=4), lambda t: _closes(story, t), 17)
        monday += timedelta(days=7)


def _looks(story: Story, moment: datetime) -> None:
    """Matters one by one; projects and indicators that nobody blocks together."""
    from wenpan.district.supervision.models import InspectionItem, WeeklyInspection
    from wenpan.district.supervision.weekly import actions as weekly

    cycle = WeeklyInspection.objects.order_by("-week").first()
    assert cycle is not None
    rows = list(cycle.looks.filter(result="").order_by("pk"))[: -LEFT_EACH_WEEK or None]
    mine = [row for row in rows if row.subject.startswith("matter:")]
    for number, row in enumerate(mine):
        solved = number % 5 == 4
        result = (
            InspectionItem.Result.STILL if row.light == "RED" and not solved else InspectionItem.Result.MOVING
        )
        note = "已电话催办，要求倒排工期" if result == InspectionItem.Result.STILL else "有新进展，继续跟踪"
        weekly.record_inspection(item=row, result=result, way="phone", note=note, by=story.clerk, at=moment)
    others = [row for row in rows if row not in mine]
    red = [row for row in others if row.light == "RED"]
    for part, result, note in (
        (red, InspectionItem.Result.PROBLEM, "现场核实，资金和手续未落实"),
        ([r for r in others if r not in red], InspectionItem.Result.MOVING, ""),
    ):
        if part:
            weekly.record_inspections(
                items=part, result=result, way="site", note=note, by=story.clerk, at=moment
            )


def _closes(story: Story, moment: datetime) -> None:
    from wenpan.district.supervision.models import WeeklyInspection
    from wenpan.district.supervision.weekly import actions as weekly

    cycle = WeeklyInspection.objects.order_by("-week").first()
    assert cycle is not None
    weekly.close_week(cycle=cycle, by=story.chief, at=moment)
