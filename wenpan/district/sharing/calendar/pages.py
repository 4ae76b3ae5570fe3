"""日历: releases, deadlines, visits and meetings of a month; links by which other calendars follow them."""

from __future__ import annotations

import calendar as weeks
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.refused import Refused
from wenpan.district.sharing import throttle
from wenpan.district.sharing.calendar import actions
from wenpan.district.sharing.calendar.feed import as_calendar
from wenpan.district.sharing.models import CalendarLink
from wenpan.district.sharing.secrets_of_ours import digest_of
from wenpan.district.ui.dates import KINDS, DatedItem, dates_of
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.place import place
from wenpan.rules.sharing import sharing_rules
from wenpan.rules.working_days import calendar as working_days

SHOWN_A_DAY = 4
HOUR = 3600


@dataclass(frozen=True)
class CalendarDay:
    """`rest`: no working day; `worked`: a weekend day that is worked (调休). `more`: items not shown."""

    day: date
    inside: bool
    today: bool
    rest: bool
    worked: bool
    items: tuple[DatedItem, ...]
    more: int


@require_GET
def month(request: SignedInRequest) -> HttpResponse:
    return render(request, "sharing/calendar.html", _context(request))


def _context(request: SignedInRequest, secret: str = "") -> dict[str, object]:
    today = timezone.localdate()
    shown = _month(request.GET.get("month", ""), Month(today.year, today.month))
    kind = request.GET.get("kind", "")
    days = [day for week in weeks.Calendar().monthdatescalendar(shown.year, shown.month) for day in week]
    items = dates_of(request.user, None, days[0], days[-1])
    present = {item.kind for item in items}
    if kind in KINDS:
        items = [item for item in items if item.kind == kind]
    grid = [_day(day, shown, today, [item for item in items if item.day == day]) for day in days]
    return {
        "month": shown,
        "before": shown.plus(-1),
        "after": shown.plus(1),
        "weeks": [grid[start : start + 7] for start in range(0, len(grid), 7)],
        "days": [day for day in _whole(days, shown, today, items) if day.items],
        "kinds": [(code, label) for code, label in KINDS.items() if code in present],
        "labels": KINDS,
        "kind": kind if kind in KINDS else "",
        "links": CalendarLink.objects.filter(owner=request.user, revoked_at=None).select_related("unit"),
        "address": request.build_absolute_uri(reverse("sharing:feed", args=[secret])) if secret else "",
    }


def _month(text: str, otherwise: Month) -> Month:
    try:
        found = parse_month(text[:10])
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise


def _whole(days: Sequence[date], shown: Month, today: date, items: Sequence[DatedItem]) -> list[CalendarDay]:
    """The days of the month itself with all that falls on them, for the list."""
    inside = [day for day in days if (day.year, day.month) == (shown.year, shown.month)]
    return [_day(day, shown, today, [item for item in items if item.day == day], most=None) for day in inside]


def _day(
    day: date, shown: Month, today: date, items: Sequence[DatedItem], most: int | None = SHOWN_A_DAY
) -> CalendarDay:
    works = working_days().is_working_day(day)
    return CalendarDay(
        day,
        inside=(day.year, day.month) == (shown.year, shown.month),
        today=day == today,
        rest=not works,
        worked=works and day.weekday() >= 5,
        items=tuple(items[:most]),
        more=max(0, len(items) - most) if most else 0,
    )


@require_POST
def make_link(request: SignedInRequest) -> HttpResponse:
    """The address stands on this answer only."""
    try:
        secret = actions.make_link(by=request.user, of_unit=request.POST.get("of") == "unit")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("sharing:calendar")
    answer = render(request, "sharing/calendar.html", _context(request, secret))
    setattr(answer, SHOWN_ONCE, True)
    return answer


@require_POST
def revoke_link(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.revoke_link(pk=pk, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("订阅已停用，链接不再可用。"))
    return redirect("sharing:calendar")


@login_not_required
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """404 for what is unknown, revoked or whose owner may no longer sign in: none is told from another."""
    known, source = sharing_rules(), address_of(request)
    link = (
        CalendarLink.objects.select_related("owner__unit", "unit")
        .filter(digest=digest_of(secret), revoked_at=None)
        .first()
    )
    if link is None or not link.owner.is_active or not link.owner.role:
        if throttle.too_often("feed", source, most=known.unknown_an_hour, seconds=HOUR):
            return _quiet(429)
        return _quiet(404)
    if throttle.too_often("feed", str(link.pk), most=known.feed_reads_an_hour, seconds=HOUR):
        return _quiet(429)
    now = timezone.now()
    today = timezone.localdate(now)
    if throttle.first_today("feed", str(link.pk), str(today)):
        actions.note_feed_read(link=link, address=source, at=now)
    since, until = today - timedelta(days=known.days_back), today + timedelta(days=known.days_ahead)
    where = place()
    body = as_calendar(
        dates_of(link.owner, link.unit, since, until),
        name=_("稳盘·%(whose)s") % {"whose": link.unit.short_name if link.unit else link.owner.name},
        place=where.home.code if where else "place",
        address=request.build_absolute_uri("/").rstrip("/"),
        at=now,
    )
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _quiet(status: int) -> HttpResponse:
    """Nothing in the log names an address that somebody tried."""
    answer = HttpResponse(status=status)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
    if status == 429:
        answer["Retry-After"] = str(HOUR)
    return answer
