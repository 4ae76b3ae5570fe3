"""When figures or targets change, the judgements they touch are made anew, in the same transaction.

`deferred()` is for bulk loading: inside it nothing is judged; at its end every touched month is
judged once, at the time of the last of its figures: a judgement reads them all.
`on_judged(listener)`: `listener(by, at)` is called in that transaction once the months are judged, for rooms
above that follow the lights.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wenpan import rules as policy
from wenpan.district.accounts.models import User
from wenpan.district.ground.registries import RoomEvent
from wenpan.district.indicators.rules import months_to_judge
from wenpan.economy.time.periods import Month


@dataclass
class _Waiting:
    by: User | None = None
    changed: set[tuple[str, str]] = field(default_factory=set)
    at: datetime | None = None  # when the last of them came


JUDGED: RoomEvent[User | None, datetime | None] = RoomEvent()
on_judged = JUDGED.listen
_waiting: ContextVar[_Waiting | None] = ContextVar("judgements_waiting", default=None)


def connect() -> None:
    """Listen to the ledger, tell projects the year's targets. Called once, when the room is ready."""
    from wenpan.district.indicators import investment
    from wenpan.district.observations import hooks as ledger
    from wenpan.district.projects.base import promise_provider as projects

    ledger.on_change(figures_changed)
    ledger.also_visible(indicators_with_a_target)
    ledger.year_plans(wanted_levels)
    projects.year_targets(investment.year_targets)


def indicators_with_a_target(user: User) -> set[str]:
    """What a liaison officer may see besides what their unit leads."""
    from wenpan.district.indicators.models import Target

    if not getattr(user, "unit_id", None):
        return set()
    held = Target.objects.filter(unit=user.unit_id, superseded_at__isnull=True)
    return set(held.values_list("indicator", flat=True))


def wanted_levels(codes: set[str], years: set[int]) -> dict[tuple[str, str, int], tuple[float, ...]]:
    """(region, indicator, year) to the levels that the current targets want, in the catalogue's unit."""
    from wenpan.district.indicators.models import Target

    held = Target.objects.filter(
        superseded_at__isnull=True, unit__isnull=True, measure="ytd", indicator__in=codes, year__in=years
    )
    found: dict[tuple[str, str, int], tuple[float, ...]] = {}
    for region, code, year, value in held.values_list("region__code", "indicator", "year", "value"):
        found[region, code, year] = (*found.get((region, code, year), ()), float(value))
    return found


def figures_changed(
    batch: Any, indicators: Collection[str], months: Collection[str], by: User, at: datetime | None
) -> None:
    """Listener of the ledger: judges what the figures of this batch touch."""
    judge_anew(_pairs(batch, indicators, months), by=by, at=at)


def _pairs(batch: Any, indicators: Collection[str], months: Collection[str]) -> set[tuple[str, str]]:
    """Exactly which indicator changed in which period; all combinations if the batch does not tell."""
    from wenpan.district.observations.models import Observation

    if batch is not None:
        found = set(Observation.objects.filter(batch=batch).values_list("indicator", "period").distinct())
        if found:
            return found
    return {(i, m) for i in indicators for m in months}


def judge_anew(changed: Iterable[tuple[str, str]], *, by: User, at: datetime | None) -> None:
    """Judge now, or note for the end of `deferred()`."""
    changed = set(changed)
    waiting = _waiting.get()
    if waiting is None:
        _judge(changed, by=by, at=at)
        return
    waiting.by = by
    waiting.changed |= changed
    if at is not None:
        waiting.at = max(at, waiting.at or at)


@contextmanager
def deferred(since: Month | None = None) -> Iterator[None]:
    """Bulk loading: judge every touched month once, at the end, oldest first; none before `since`."""
    if _waiting.get() is not None:  # nested: the outer one judges
        yield
        return
    waiting = _Waiting()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting.changed:
        _judge(waiting.changed, by=waiting.by, at=waiting.at, since=since)


def _judge(
    changed: set[tuple[str, str]],
    *,
    by: User | None,
    at: datetime | None,
    since: Month | None = None,
) -> None:
    from wenpan.district.indicators.actions import judge_month
    from wenpan.district.observations.queries import latest_month

    due = months_to_judge(changed, policy.catalogue(), latest_month())
    for month in sorted(month for month in due if since is None or month >= since):
        judge_month(as_of=month, by=by, at=at, indicators=due[month])
    if due:
        JUDGED.tell(by, at)
