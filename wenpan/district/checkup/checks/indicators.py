"""指标: those of the newest judgements, with the calendar of releases and the open matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.checkup.checks.base import CheckupGap, WholeCheck
from wenpan.district.checkup.policy import CheckedObject
from wenpan.district.indicators.judged import Judged
from wenpan.district.indicators.queries.board import board
from wenpan.district.observations.awaited import overdue
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Matter
from wenpan.rules import catalogue
from wenpan.rules.releases import releases

_CAUSE = "indicator:"


def look(
    user: User | None, at: datetime, _rules: CheckedObject
) -> Mapping[str, tuple[int, Sequence[CheckupGap]]]:
    """Seven queries at most, however many indicators."""
    rows = board(user=user).rows
    return {
        "owned": _examined(rows, _unowned()),
        "fresh": _examined([r for r in rows if r.indicator in _calendar()], _late(at)),
        "assessed": _examined(rows, _unjudged),
        "finished": _examined([r for r in rows if r.light == "RED"], _unfollowed()),
    }


def _examined(rows: Sequence[Judged], reason: Callable[[Judged], str]) -> tuple[int, list[CheckupGap]]:
    found = [(row, words) for row in rows if (words := reason(row))]
    return len(rows), [
        CheckupGap(
            r.name, reverse("indicators:indicator", args=[r.indicator]), r.owner_name, words, None, r.period
        )
        for r, words in found
    ]


def _unowned() -> Callable[[Judged], str]:
    there = set(Unit.objects.filter(active_to=None).values_list("code", flat=True))

    def reason(row: Judged) -> str:
        if not row.owner:
            return _("目录没有写责任单位")
        return "" if row.owner in there else _("责任单位已不在册")

    return reason


def _calendar() -> frozenset[str]:
    """Indicators that the calendar of releases knows."""
    known, _provenance = releases()
    return frozenset(code for release in known for code in release.indicators)


def _late(at: datetime) -> Callable[[Judged], str]:
    """By the names that the calendar gives to what lacks: one truth with 应到未到的数据."""
    items = catalogue()
    late: dict[str, str] = {}
    for row in overdue(timezone.localdate(at)):
        words = _("%(name)s（%(month)s）%(due)s应到，还缺") % {
            "name": row.release.name, "month": row.month, "due": f"{row.due:%Y-%m-%d}",
        }  # fmt: skip
        late |= dict.fromkeys(row.lacking, words)

    def reason(row: Judged) -> str:
        item = items.get(row.indicator)
        return late.get(item.short_name or item.name, "") if item else ""

    return reason


def _unjudged(row: Judged) -> str:
    if row.light in ("RED", "YELLOW", "GREEN"):
        return ""
    return "；".join(map(str, row.reasons)) or _("没有目标或没有数据，不作评判")


def _unfollowed() -> Callable[[Judged], str]:
    rows = Matter.objects.filter(matter_sets.is_open(), cause__startswith=_CAUSE)
    followed = {cause.removeprefix(_CAUSE) for cause in rows.values_list("cause", flat=True)}

    def reason(row: Judged) -> str:
        return "" if row.indicator in followed else _("亮红灯，没有未办结的督办事项")

    return reason


CHECK = WholeCheck("indicator", lambda user: can(user, "indicator.view"), look)
