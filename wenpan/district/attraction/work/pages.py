"""Visits and receptions, and the steps of a lead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction import deal_actions
from wenpan.district.attraction.acting import answer, own_deal
from wenpan.district.attraction.models import LeadStep
from wenpan.district.attraction.models.work import OCCASIONS
from wenpan.district.attraction.scope import deals_of
from wenpan.district.attraction.work import actions, queries
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn


def columns() -> list[TableColumn]:
    return [
        TableColumn("on", _("日期"), kind="date"),
        TableColumn("kind", _("类别"), value=lambda r: r.get_kind_display()),
        TableColumn("unit__order", _("承办单位"), value=lambda r: r.unit.short_name),
        TableColumn("host", _("我方人员")),
        TableColumn("guest", _("对方单位和人员")),
        TableColumn("place", _("地点")),
        TableColumn("deal__name", _("招商项目")),
        TableColumn("result", _("结果")),
        TableColumn("promise", _("承诺事项")),
        TableColumn("promise_on", _("兑现时限"), kind="date"),
        TableColumn("promise_by", _("责任人")),
        TableColumn("kept_on", _("兑现日期"), kind="date"),
    ]


@require_GET
@requires("deal.view")
def receptions(request: SignedInRequest) -> HttpResponse:
    filters, now = queries.ReceptionFilters.of(request.GET), timezone.now()
    rows = queries.receptions(request.user, filters, now)
    table = PageTable(request, columns(), rows, sort="-on")
    if table.exporting:
        deal_actions.note_export(what="拜访接待", filters=request.GET.urlencode(), by=request.user)
        return table.response("拜访接待")
    context = {
        "tab": "receptions", "table": table, "filters": filters, "occasions": OCCASIONS,
        "today": timezone.localdate(now), "deal": None,
        "units": Unit.objects.filter(active_to=None).exclude(kind="district"),
    }  # fmt: skip
    return render(request, "attraction/receptions.html", context)


@require_POST
@requires("deal.edit", "deal.own")
def reception(request: SignedInRequest) -> HttpResponse:
    """From the list, where a deal is named by its number or not at all, and from the page of a deal."""
    post = request.POST
    code = post.get("deal", "").strip()[:40]
    deal = deals_of(request.user).filter(code=code).first() if code else None

    def act() -> None:
        if code and deal is None:
            raise Refused("bad_value", _("没有编号为%(code)s的项目。") % {"code": code})
        promise_on = post.get("promise_on", "")
        actions.record_reception(
            kind=post.get("kind", ""), on=typed_day(post.get("on", "")), host=post.get("host", ""),
            guest=post.get("guest", ""), place=post.get("place", ""), result=post.get("result", ""),
            promise=post.get("promise", ""), promise_on=typed_day(promise_on) if promise_on else None,
            promise_by=post.get("promise_by", ""), deal=deal,
            unit=Unit.objects.filter(pk=asked.integer(post, "unit") or 0).first() or request.user.unit,
            by=request.user,
        )  # fmt: skip

    back: Any = deal.pk if deal is not None and post.get("from") == "deal" else "attraction:receptions"
    return answer(request, act, _("已登记。"), back=back)


@require_POST
@requires("deal.edit", "deal.own")
def keep_promise(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.receptions_of(request.user), pk=pk)

    def act() -> None:
        actions.keep_promise(reception=row, on=typed_day(request.POST.get("on", "")), by=request.user)

    return answer(request, act, _("已登记兑现。"), back="attraction:receptions")


@require_POST
@requires("deal.edit", "deal.own")
def withdraw_reception(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.receptions_of(request.user), pk=pk)

    def act() -> None:
        actions.withdraw_reception(reception=row, reason=request.POST.get("reason", ""), by=request.user)

    return answer(request, act, _("已撤销。"), back="attraction:receptions")


@require_POST
@requires("deal.edit", "deal.own")
def lead_step(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST

    def act() -> None:
        actions.note_lead_step(
            deal=deal, kind=post.get("kind", ""), on=_moment(post.get("at", "")), note=post.get("note", ""),
            by=request.user,
        )  # fmt: skip

    return answer(request, act, _("已登记。"), back=pk)


def _moment(words: str) -> datetime:
    """2022-10-18T09:30, a day alone (its end, or now), or nothing: now."""
    now = timezone.now()
    if not words.strip():
        return now
    day, _t, clock = words.strip().partition("T")
    on = typed_day(day)
    try:
        found = datetime.fromisoformat(f"{on}T{clock or '23:59'}")
    except ValueError:
        raise Refused("bad_value", _("时间应写作 2022-10-18 09:30。")) from None
    moment = timezone.make_aware(found.replace(tzinfo=None))
    return min(moment, now) if not clock else moment


@require_POST
@requires("deal.edit", "deal.own")
def withdraw_lead_step(request: SignedInRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(LeadStep.objects.filter(deal__in=deals_of(request.user)), pk=pk)

    def act() -> None:
        actions.withdraw_lead_step(step=step, reason=request.POST.get("reason", ""), by=request.user)

    return answer(request, act, _("已撤销。"), back=step.deal_id)
