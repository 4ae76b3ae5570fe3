"""红灯原因: the red lights of the newest month, each with its cause, what is known, and who signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.bulletins.models import RedReason
from wenpan.district.bulletins.reasons import actions, queries
from wenpan.district.indicators import queries as indicators
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.economy.time.periods import Month, parse_month


@require_GET
@requires("desk.use", "desk.sign", "document.view")
def reasons(request: SignedInRequest) -> HttpResponse:
    """?month=2022-09: another month, to read."""
    months = indicators.judged_months()
    month = _asked(request.GET.get("month", ""), months)
    context: dict[str, Any] = {
        "month": month,
        "months": months[:24],
        "slots": queries.slots(request.user, month) if month else [],
        "issued": bool(month) and queries.is_issued(str(month)),
        "longest": actions.LONGEST,
    }
    return render(request, "bulletins/reasons.html", context)


def _asked(text: str, months: tuple[Month, ...]) -> Month | None:
    if not text:
        return months[0] if months else None
    try:
        month = parse_month(text)
    except ValueError as error:
        raise Http404 from error
    if month not in months:
        raise Http404
    return month


@require_POST
@requires("desk.use")
def write(request: SignedInRequest, month: str, indicator: str) -> HttpResponse:
    try:
        asked_month = parse_month(month)
    except ValueError as error:
        raise Http404 from error
    seen = asked.integer(request.POST, "seen") or 0
    words = request.POST.get("words", "")

    def act() -> None:
        actions.write_reason(month=asked_month, indicator=indicator, words=words, seen=seen, by=request.user)

    return _done(request, act, _("已保存，待单位负责人签认。"), str(asked_month))


@require_POST
@requires(*queries.SIGNERS)
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another unit's is not there."""
    reason = get_object_or_404(RedReason, pk=pk, unit=request.user.unit_id or 0)
    seen = asked.integer(request.POST, "seen") or 0

    def act() -> None:
        actions.sign_reason(reason=reason, seen=seen, by=request.user)

    return _done(request, act, _("已签认。"), reason.as_of)


def _done(request: SignedInRequest, act: Callable[[], None], said: str, month: str) -> HttpResponse:
    do(request, act, said)
    return redirect(f"{reverse('bulletins:reasons')}?month={month}")
