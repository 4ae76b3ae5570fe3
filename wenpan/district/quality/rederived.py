"""Draws drawn again, examples of confirmed relations tried again, results and reminders one after another.

For `wenpan doctor`; reads only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils import timezone

from wenpan.district.ground.succession import unfollowed
from wenpan.district.quality.models import (
    FieldCheckResult,
    FieldDraw,
    PrintedRelation,
    QueryLetter,
    ReminderServed,
)
from wenpan.district.quality.relations.rules import RelationError, checked_rule
from wenpan.economy.quality.field_checks import DrawError, draw


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each row that follows from nothing."""
    tell(f"draws: {FieldDraw.objects.count()} drawn again")
    for made in FieldDraw.objects.order_by("pk"):
        if wrong := _draw(made):
            yield f"quality.FieldDraw row {made.pk} (“{made.title}”) {wrong}."
    results = FieldCheckResult.objects.order_by("pk")
    for result in results.select_related("draw"):
        if result.code not in result.draw.drawn:
            yield f"quality.FieldCheckResult row {result.pk}: {result.code} was not drawn."
    told = results.values_list("pk", "draw", "code", "item", "period", "at", "superseded_at")
    for pk, kept, follows in unfollowed((p, tuple(of), at, end) for p, *of, at, end in told):
        yield f"quality.FieldCheckResult row {pk} is kept as ending {kept}, the results give {follows}."
    yield from _letters()
    yield from _relations()
    yield from _reminders()


def _draw(made: FieldDraw) -> str:
    try:
        again = draw([code for code, _name in made.population], made.asked, made.seed)
    except (DrawError, ValueError) as fault:
        return f"cannot be drawn again: {fault}"
    if again.population_hash != made.population_hash:
        return "is kept with the hash of another population"
    return "" if list(again.drawn) == made.drawn else "is not what its seed draws of its population"


def _letters() -> Iterator[str]:
    numbers: dict[int, int] = {}
    for row in QueryLetter.objects.order_by("year", "sequence"):
        where = f"quality.QueryLetter row {row.pk} ({row.number})"
        if row.sequence != (due := numbers.get(row.year, 0) + 1):
            yield f"{where}: number {due} of {row.year} is missing before it."
        numbers[row.year] = row.sequence
        days = [day for day in (row.issued_at, row.answered_at, row.closed_at) if day is not None]
        if days != sorted(days) or row.due < timezone.localdate(row.issued_at):
            yield f"{where} was answered, closed or due before it was issued."


def _relations() -> Iterator[str]:
    for row in PrintedRelation.objects.filter(state=PrintedRelation.State.CONFIRMED).order_by("pk"):
        data = {"code": row.code, "expression": row.expression, "passes": [row.passes], "fails": [row.fails]}
        try:
            checked_rule(data)
        except RelationError as fault:
            yield f"quality.PrintedRelation row {row.pk} does what its examples do not allow: {fault}."


def _reminders() -> Iterator[str]:
    numbers: dict[tuple[int, str], int] = {}
    for pk, unit, period, number in ReminderServed.objects.order_by("unit", "period", "number").values_list(
        "pk", "unit", "period", "number"
    ):
        if number != numbers.get((unit, period), 0) + 1:
            yield f"quality.ReminderServed row {pk}: reminder {number} of {period} without the one before it."
        numbers[unit, period] = number
