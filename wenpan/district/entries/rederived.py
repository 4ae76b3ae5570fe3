"""Where a unit stands on its way into statistics, made again from its steps. For `wenpan doctor`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from wenpan.district.entries import rules
from wenpan.district.entries.models import EntryCandidate


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each unit that its steps do not put where it is kept, or whose steps cannot follow."""
    rows = EntryCandidate.objects.order_by("pk").prefetch_related("steps")
    tell(f"entries in statistics: {rows.count()} units made again from their steps")
    for unit in rows:
        where = f"entries.EntryCandidate row {unit.pk} (“{unit.name}”)"
        taken = sorted(unit.steps.all(), key=lambda step: step.pk)
        held = [(step.kind, step.on) for step in taken if step.cancelled_at is None]
        if not held or held[0] != ("listed", unit.listed_on):
            yield f"{where} does not begin with the step that listed it on {unit.listed_on}."
            continue
        stage, on = rules.standing(held)
        if (unit.stage, unit.stage_on) != (stage, on):
            yield f"{where} is kept as {unit.stage} since {unit.stage_on}, its steps give {stage} since {on}."
        for (before, began), (after, day) in pairwise(held):
            if after not in rules.NEXT.get(before, frozenset()) or day < began:
                yield f"{where}: {after} on {day} cannot follow {before} on {began}."
