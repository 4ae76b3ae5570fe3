"""What awaits of figures: tables to accept or recognise, those overdue, a unit's estimates of the month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.intake.models import Submission
from wenpan.district.observations import queries
from wenpan.district.observations.models import Estimate
from wenpan.district.observations.releases import LATE, DueRelease, release_calendar
from wenpan.district.observations.rules import led_by
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup
from wenpan.economy.time.periods import Month

State = Submission.State


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    on = timezone.localdate(at)
    return [*_tables(user, shown), *_overdue(user, on, shown), *_estimates(user, on)]


def overdue(on: date) -> tuple[DueRelease, ...]:
    """Releases whose day has gone by and whose figures lack."""
    calendar = release_calendar(Month(on.year, on.month), on)
    return (*calendar.overdue, *(row for row in calendar.rows if row.state == LATE))


def _overdue(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    if not can(user, "intake.upload"):
        return
    rows = overdue(on)
    if not rows:
        return
    url = reverse("observations:releases")
    items = tuple(
        AwaitedAct(
            f"{row.release.name}（{row.month}）",
            url,
            detail=_("缺%(n)s项：%(names)s") % {"n": len(row.lacking), "names": "、".join(row.lacking[:4])}
            if row.lacking
            else "",
            due=row.due,
            light="RED",
        )
        for row in rows[:shown]
    )
    yield AwaitedGroup("releases", _("应到未到的数据"), len(rows), items, url, 19)


def month_expected(on: date) -> Month:
    """The month whose figures come out next."""
    latest = queries.latest_month()
    return latest.plus(1) if latest is not None else Month(on.year, on.month).plus(-1)


def _estimates(user: Any, on: date) -> Iterator[AwaitedGroup]:
    """One form: it waits while an asked figure of the coming month has no estimate."""
    if not can(user, "estimate.enter") or getattr(user, "unit", None) is None or not led_by(user):
        return
    month = month_expected(on)
    newest = Estimate.objects.filter(unit=user.unit_id, superseded_at=None, period=str(month))
    missing = {i.code for i in led_by(user) if i.frequency == "monthly"} - set(
        newest.values_list("indicator", flat=True)
    )
    if not missing:
        return
    text = _("%(year)s年%(month)s月预计：还有%(n)s个指标") % {
        "year": month.year,
        "month": month.month,
        "n": len(missing),
    }
    line = AwaitedAct(text, reverse("observations:estimates"))
    yield AwaitedGroup("estimates", _("预计待报"), 1, (line,), reverse("observations:estimates"), 8)


def _tables(user: Any, shown: int) -> Iterator[AwaitedGroup]:
    if not can(user, "intake.accept"):
        return
    for code, state, title in (
        ("ready", State.READY, _("来表待确认入账")),
        ("unknown", State.UNKNOWN, _("来表待认表")),
    ):
        rows = Submission.objects.filter(state=state)
        if not (count := rows.count()):
            continue
        found = rows.select_related("unit", "uploaded_by").order_by("uploaded_at", "pk")[:shown]
        items = tuple(_line(s) for s in (found if shown else ()))
        yield AwaitedGroup(code, title, count, items, reverse("intake:list") + f"?state={state.value}", 18)


def _line(s: Submission) -> AwaitedAct:
    sender = s.unit.short_name if s.unit else str(s.uploaded_by)
    parts = (sender, s.period, s.title)
    return AwaitedAct(
        s.filename,
        reverse("intake:submission", args=[s.pk]),
        detail=" · ".join(part for part in parts if part),
    )
