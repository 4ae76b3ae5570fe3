"""指标: those of the newest judgements, with the calendar of releases and the open matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.checks.base import CheckupGap, WholeCheck
from wenpan.district.checkup.policy import CheckedObject
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.board import visible
from wenpan.district.observations.awaited import overdue
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.economy.figures.indicators import Indicator
from wenpan.rules import catalogue
from wenpan.rules.releases import releases

_CAUSE = "indicator:"


@dataclass(frozen=True)
class JudgedIndicator:
    """An indicator of the catalogue and its newest judgement; `owner_name` is "" where no unit is named."""

    item: Indicator
    light: str
    reasons: tuple[str, ...]
    period: str
    owner_name: str


def _rows(user: User | None) -> list[JudgedIndicator]:
    """Of the newest month judged, in the order of the catalogue: the set that the board shows."""
    current = Judgement.objects.filter(region__home=True, primary=True, superseded_at=None)
    newest = current.order_by("-as_of").values("as_of")[:1]
    fields = ("indicator", "light", "reasons", "facts__period", "as_of")
    kept = {row[0]: row for row in current.filter(as_of__in=newest).values_list(*fields)}
    year = int(next(iter(kept.values()))[4][:4]) if kept else 0
    may_see, units = visible(user, year), dict(Unit.objects.values_list("code", "short_name"))
    return [
        JudgedIndicator(item, row[1], tuple(map(str, row[2])), row[3] or "", units.get(item.owner, ""))
        for code, item in catalogue().items()
        if (row := kept.get(code)) is not None and may_see(item)
    ]


def examine(
    user: User | None, at: datetime, _rules: CheckedObject
) -> Mapping[str, tuple[int, Sequence[CheckupGap]]]:
    """Seven queries at most, however many indicators."""
    rows = _rows(user)
    return {
        "owned": _examined(rows, _unowned()),
        "fresh": _examined([r for r in rows if r.item.code in _calendar()], _late(at)),
        "assessed": _examined(rows, _unjudged),
        "finished": _examined([r for r in rows if r.light == "RED"], _unfollowed()),
    }


def _examined(
    rows: Sequence[JudgedIndicator], reason: Callable[[JudgedIndicator], str]
) -> tuple[int, list[CheckupGap]]:
    found = [(row, words) for row in rows if (words := reason(row))]
    return len(rows), [
        CheckupGap(
            r.item.name,
            reverse("indicators:indicator", args=[r.item.code]),
            r.owner_name,
            words,
            None,
            r.period,
        )
        for r, words in found
    ]


def _unowned() -> Callable[[JudgedIndicator], str]:
    there = set(Unit.objects.filter(active_to=None).values_list("code", flat=True))

    def reason(row: JudgedIndicator) -> str:
        if not row.item.owner:
            return _("目录没有写责任单位")
        return "" if row.item.owner in there else _("责任单位已不在册")

    return reason


def _calendar() -> frozenset[str]:
    """Indicators that the calendar of releases knows."""
    known, _provenance = releases()
    return frozenset(code for release in known for code in release.indicators)


def _late(at: datetime) -> Callable[[JudgedIndicator], str]:
    """By the names that the calendar gives to what lacks: one truth with 应到未到的数据."""
    late: dict[str, str] = {}
    for row in overdue(timezone.localdate(at)):
        words = _("%(name)s（%(month)s）%(due)s应到，还缺") % {
            "name": row.release.name, "month": row.month, "due": f"{row.due:%Y-%m-%d}",
        }  # fmt: skip
        late |= dict.fromkeys(row.lacking, words)

    def reason(row: JudgedIndicator) -> str:
        return late.get(row.item.short_name or row.item.name, "")

    return reason


def _unjudged(row: JudgedIndicator) -> str:
    if row.light in ("RED", "YELLOW", "GREEN"):
        return ""
    return "；".join(row.reasons) or _("没有目标或没有数据，不作评判")


def _unfollowed() -> Callable[[JudgedIndicator], str]:
    rows = Matter.objects.filter(matter_sets.is_open(), cause__startswith=_CAUSE)
    followed = {cause.removeprefix(_CAUSE) for cause in rows.values_list("cause", flat=True)}

    def reason(row: JudgedIndicator) -> str:
        return "" if row.item.code in followed else _("亮红灯，没有未办结的督办事项")

    return reason


CHECK = WholeCheck("indicator", lambda user: can(user, "indicator.view"), examine)
