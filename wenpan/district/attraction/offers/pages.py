"""招商资源: the register, one offer, and the reserve projects with what their pitch still lacks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction import deal_actions
from wenpan.district.attraction.acting import answer, own_deal
from wenpan.district.attraction.models import Offer, OfferUse, PitchPaper
from wenpan.district.attraction.offers import actions, queries
from wenpan.district.attraction.scope import deals_of
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects.models import KeyProject
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.deals import offer_rules, pitch_rule


def columns() -> list[TableColumn]:
    """With the headers that the intake reads."""
    kinds = {k.code: k.name for k in offer_rules().kinds}
    states = {s.code: s.name for s in offer_rules().states}
    return [
        TableColumn("code", _("编号")),
        TableColumn("kind", _("类别"), value=lambda o: kinds.get(o.kind, o.kind)),
        TableColumn("pinyin", _("名称"), value=lambda o: o.name),
        TableColumn("place", _("位置")),
        TableColumn("unit__order", _("责任单位"), value=lambda o: o.unit.short_name if o.unit else ""),
        TableColumn("amount", _("数量"), kind="number", decimals=2),
        TableColumn("chain", _("产业链")),
        TableColumn("state", _("状态"), value=lambda o: states.get(o.state, o.state)),
        TableColumn("contact", _("联系人")),
        TableColumn("phone", _("联系电话")),
        TableColumn("note", _("说明")),
    ]


def _reserve_columns() -> list[TableColumn]:
    return [
        TableColumn("project__name", _("项目")),
        TableColumn("project__code", _("编号")),
        TableColumn("project__stage", _("阶段"), value=lambda r: r.project.get_stage_display()),
        TableColumn("project__department__short_name", _("责任单位")),
        TableColumn("project__planned_total", _("总投资"), kind="amount", decimals=0, unit=_("万元")),
        TableColumn("there", _("要件"), kind="number", decimals=0),
        TableColumn("lacking", _("还缺"), value=lambda r: "、".join(r.missing), sortable=False),
        TableColumn("offers", _("指向的资源"), sortable=False,
               value=lambda r: "、".join(use.offer.name for use in r.uses)),
    ]  # fmt: skip


def _words() -> dict[str, Any]:
    rules = offer_rules()
    return {
        "kinds": rules.kinds,
        "states": rules.states,
        "kind_names": {k.code: k.name for k in rules.kinds},
        "state_names": {s.code: s.name for s in rules.states},
        "units_of": {k.code: k.unit for k in rules.kinds},
        "units": Unit.objects.filter(active_to=None).exclude(kind="district"),
    }


@require_GET
@requires("deal.view")
def offers(request: SignedInRequest) -> HttpResponse:
    filters = queries.OfferFilters.of(request.GET)
    table = PageTable(request, columns(), queries.offers(filters), sort="kind")
    if table.exporting:
        deal_actions.note_export(what="招商资源", filters=request.GET.urlencode(), by=request.user)
        return table.response("招商资源清单")
    context = {
        "tab": "offers",
        "table": table,
        "filters": filters,
        "totals": queries.kind_totals(),
        "offer": Offer(),
        "source": offer_rules().source,
        **_words(),
    }
    return render(request, "attraction/offers.html", context)


def _offer(pk: int) -> Offer:
    return get_object_or_404(Offer.objects.select_related("unit"), pk=pk, retracted=False)


@require_GET
@requires("deal.view")
def offer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _offer(pk)
    context = {
        "tab": "offers", "offer": found, "uses": queries.uses_of(found, request.user),
        "today": timezone.localdate(), **_words(),
    }  # fmt: skip
    return render(request, "attraction/offer.html", context)


@require_POST
@requires("deal.edit")
def save_offer(request: SignedInRequest, pk: int = 0) -> HttpResponse:
    """`pk` 0: a new one."""
    found, post = (_offer(pk) if pk else None), request.POST
    try:
        values: dict[str, Any] = {name: post.get(name, "") for name in (*actions.LIMITS, "kind")}
        values["unit"] = Unit.objects.filter(pk=asked.integer(post, "unit") or 0).first()
        values["amount"] = _amount(post.get("amount", ""))
        seen = asked.integer(post, "version", default=0) or 0
        kept = actions.save_offer(offer=found, seen=seen, values=values, by=request.user)
        messages.success(request, _("已保存。"))
        return redirect("attraction:offer", pk=kept.pk)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("attraction:offer", pk=found.pk) if found else redirect("attraction:offers")


def _amount(text: str) -> Decimal | None:
    if not text.strip():
        return None
    value = asked.decimal({"amount": text.replace(",", "")}, "amount", least=0, most=999_999_999)
    if value is None:
        raise Refused("bad_value", _("数量应是不小于0的数。"))
    return Decimal(str(value))


@require_POST
@requires("deal.edit")
def offer_state(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = _offer(pk), request.POST
    try:
        actions.set_offer_state(
            offer=found,
            state=post.get("state", ""),
            on=typed_day(post.get("on", "")),
            note=post.get("note", ""),
            by=request.user,
        )
        messages.success(request, _("已登记状态。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("attraction:offer", pk=pk)


def _wanted(code: str) -> Offer:
    found = Offer.objects.filter(code=code.strip()[:40], retracted=False).first()
    if found is None:
        raise Refused("bad_value", _("招商资源里没有这个编号。"))
    return found


@require_POST
@requires("deal.edit", "deal.own")
def point(request: SignedInRequest, pk: int) -> HttpResponse:
    """From the page of a deal."""
    deal = own_deal(request, pk)

    def act() -> None:
        actions.point_to_offer(offer=_wanted(request.POST.get("offer", "")), deal=deal, by=request.user)

    return answer(request, act, _("已指向。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own", "project.edit")
def stop_pointing(request: SignedInRequest, pk: int) -> HttpResponse:
    use = get_object_or_404(OfferUse.objects.select_related("offer", "deal", "key_project"), pk=pk)
    if use.deal_id is not None:
        if not deals_of(request.user).filter(pk=use.deal_id or 0).exists():
            raise Http404
        back: Any = use.deal_id
    else:
        if not queries.reserve_projects(request.user).filter(pk=use.key_project_id or 0).exists():
            raise Http404
        back = "attraction:reserve"

    def act() -> None:
        actions.stop_pointing(use=use, by=request.user)

    return answer(request, act, _("已取消。"), back=back)


@require_GET
@requires("deal.view")
def reserve(request: SignedInRequest) -> HttpResponse:
    """Reserve projects and what their pitch lacks; the most complete first."""
    today = timezone.localdate()
    rows = queries.pitches(request.user, today)
    table = PageTable(request, _reserve_columns(), rows, page_size=60)
    if table.exporting:
        return table.response(f"储备项目{today:%Y%m%d}")
    context = {
        "tab": "reserve", "rows": rows, "table": table,
        "items": pitch_rule(today).items, "source": pitch_rule(today).source,
        "complete": sum(row.complete for row in rows),
    }  # fmt: skip
    return render(request, "attraction/reserve.html", context)


@require_GET
@requires("deal.view")
def reserve_project(request: SignedInRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    found = queries.pitches(request.user, today, key=pk)
    if not found:
        raise Http404
    context = {
        "tab": "reserve", "state": found[0], "project": found[0].project, "today": today,
        "may_package": actions.may_package(user=request.user), "rule": pitch_rule(today), **_words(),
        "free": queries.offers(queries.OfferFilters())[:200],
    }  # fmt: skip
    return render(request, "attraction/reserve_project.html", context)


def _reserve(request: SignedInRequest, pk: int) -> KeyProject:
    return get_object_or_404(queries.reserve_projects(request.user), pk=pk)


@require_POST
@requires("deal.edit", "project.edit")
def pitch(request: SignedInRequest, pk: int) -> HttpResponse:
    """A thing of the list that is there, or an offer that the project points to."""
    project, post = _reserve(request, pk), request.POST
    try:
        if post.get("offer"):
            actions.point_to_offer(offer=_wanted(post["offer"]), key_project=project, by=request.user)
        else:
            actions.note_pitch_paper(
                key_project=project, item=post.get("item", ""), seen_on=typed_day(post.get("on", "")),
                document=post.get("document", ""), by=request.user,
            )  # fmt: skip
        messages.success(request, _("已登记。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("attraction:reserve_project", pk=pk)


@require_POST
@requires("deal.edit", "project.edit")
def withdraw_pitch(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(PitchPaper.objects.select_related("key_project"), pk=pk)
    project = _reserve(request, paper.key_project_id)
    try:
        actions.withdraw_pitch_paper(paper=paper, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("已撤销。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("attraction:reserve_project", pk=project.pk)
