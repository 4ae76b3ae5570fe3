"""What awaits of figures: tables to accept or recognise, those overdue, a unit's estimates of the month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.intake.models import Submission
from wenpan.district.observations import queries
from wenpan.district.observations.models import Batch, Estimate
from wenpan.district.observations.releases import DUE, LATE, DueRelease, release_calendar
from wenpan.district.observations.rules import led_by
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup
from wenpan.district.ui.changes import ChangeGroup, ChangeLine, MonthStep
from wenpan.economy.time.periods import Month

State = Submission.State
LATELY = 7  # days


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    on = timezone.localdate(at)
    return [*_tables(user, shown), *_overdue(user, on, shown), *_estimates(user, on)]


def overdue(on: date) -> tuple[DueRelease, ...]:
    """Releases whose day has gone by and whose figures lack."""
    calendar = release_calendar(Month(on.year, on.month), on)
    return (*calendar.overdue, *(row for row in calendar.rows if row.state == LATE))


def _overdue(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    if not can(user, "intake.accept"):
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


def changes(user: User, at: datetime, shown: int) -> Sequence[ChangeGroup]:
    """Tables whose figures came into the ledger of late."""
    if not can(user, "ledger.view", "board.view") or own_unit_only(user):
        return ()
    since = at - timedelta(days=LATELY)
    rows = Batch.objects.filter(recorded_at__gt=since, recorded_at__lte=at, undone_at=None)
    if not (count := rows.count()):
        return ()
    found = (
        rows.select_related("submission").annotate(n=Count("observations")).order_by("-recorded_at")[:shown]
    )
    lines = tuple(
        ChangeLine(
            b.submission.title or b.submission.filename,
            reverse("observations:releases") if can(user, "intake.view") else "",
            _("%(day)s入账，%(n)s个数") % {"day": f"{timezone.localdate(b.recorded_at):%m-%d}", "n": b.n},
        )
        for b in found
    )
    since_words = _("近%(n)s日") % {"n": LATELY}
    return (ChangeGroup("figures", _("新到的数据"), count, lines, 8, since_words),)


def steps(user: User, at: datetime) -> Sequence[MonthStep]:
    """The releases of this month: how many have come, which are late."""
    if not can(user, "intake.view", "matter.assign"):
        return ()
    on = timezone.localdate(at)
    calendar = release_calendar(Month(on.year, on.month), on)
    counts = calendar.counts
    late = [row for row in (*calendar.overdue, *calendar.rows) if row.state == LATE]
    waiting = [row.due for row in calendar.rows if row.state == DUE]
    words = _("已到%(arrived)s批，待到%(due)s批，逾期%(late)s批") % counts
    names = "、".join(dict.fromkeys(row.release.name for row in late[:6]))
    state = "late" if late else "due" if waiting else "done"
    url = reverse("observations:releases") if can(user, "intake.view") else ""
    return (MonthStep("releases", _("数据发布"), state, words, url, min(waiting, default=None), names, 10),)
