"""What people do on the page of a deal and on the pages of duplicates and fast entry."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction import actions, deal_actions, pair_actions, queries
from wenpan.district.attraction.deals_table import DealsTable, columns
from wenpan.district.attraction.models import TRADES, Deal, DealAmount, DealEvent, DealLink
from wenpan.district.attraction.pasted import pasted_lines
from wenpan.district.attraction.scope import deals_of
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects.models import Project
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do

MONEY_UNITS = ("万元", "亿元", "万美元", "万港元", "万欧元")


def own_deal(request: SignedInRequest, pk: int) -> Deal:
    """404 for what is not there, and for another unit's alike."""
    return get_object_or_404(deals_of(request.user), pk=pk)


def answer(request: SignedInRequest, act: Callable[[], Any], done: str, *, back: Any) -> HttpResponse:
    do(request, act, done)
    return redirect("attraction:deal", pk=back) if isinstance(back, int) else redirect(back)


@require_POST
@requires("deal.edit", "deal.own")
def event(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST

    def act() -> None:
        wanted = post.get("successor", "").strip()
        other = deals_of(request.user).filter(code=wanted).first() if wanted else None
        if wanted and other is None:
            raise Refused("bad_value", _("没有编号为%(code)s的项目。") % {"code": wanted[:40]})
        actions.note_event(
            deal=deal, kind=post.get("kind", ""), on=typed_day(post.get("on", "")),
            stage=post.get("stage", ""),
            approved_on=typed_day(post.get("approved_on", "")) if post.get("approved_on") else None,
            evidence=post.getlist("evidence"), document=post.get("document", ""),
            reason=post.get("reason", ""), successor=other, place=post.get("place", ""),
            note=post.get("note", ""), by=request.user,
        )  # fmt: skip

    return answer(request, act, _("已登记。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def withdraw_event(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DealEvent.objects.filter(deal__in=deals_of(request.user)), pk=pk)
    reason = request.POST.get("reason", "")

    def act() -> None:
        actions.withdraw_event(event=found, reason=reason, by=request.user)

    return answer(request, act, _("已撤销。"), back=found.deal_id)


@require_POST
@requires("deal.edit", "deal.own")
def amount(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST

    def act() -> None:
        actions.note_amount(
            deal=deal, rung=post.get("rung", ""), text=post.get("text", ""),
            as_of=typed_day(post.get("as_of", "")),
            unit=asked.choice(post, "money_unit", MONEY_UNITS, "万元"),
            scope=asked.choice(post, "scope", {"total", "year", "month"}, "total"),
            proof=post.get("proof", ""), by=request.user,
        )  # fmt: skip

    return answer(request, act, _("已登记金额。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def withdraw_amount(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DealAmount.objects.filter(deal__in=deals_of(request.user)), pk=pk)
    reason = request.POST.get("reason", "")

    def act() -> None:
        actions.withdraw_amount(amount=found, reason=reason, by=request.user)

    return answer(request, act, _("已撤销。"), back=found.deal_id)


@require_POST
@requires("deal.edit", "deal.own")
def shares(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST

    def act() -> None:
        parts: dict[int, Decimal] = {}
        for unit, text in zip(post.getlist("share_unit"), post.getlist("share"), strict=False):
            if not unit or not text.strip():
                continue
            key = asked.integer({"unit": unit}, "unit")
            part = asked.decimal({"share": text.strip().rstrip("%％")}, "share", least=0, most=100)
            if key is None or part is None:
                raise Refused("bad_value", _("比例应为百分数，如 60。"))
            parts[key] = parts.get(key, Decimal(0)) + Decimal(str(part))
        actions.set_shares(deal=deal, shares=parts, by=request.user)

    return answer(request, act, _("已登记分成比例。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def next_step(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST

    def act() -> None:
        actions.set_next_step(
            deal=deal, step=post.get("step", ""),
            on=typed_day(post.get("on", "")) if post.get("on") else None,
            who=post.get("who", ""), by=request.user,
        )  # fmt: skip

    return answer(request, act, _("已登记下一步。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, post = own_deal(request, pk), request.POST
    limits = {"name": 120, "investor": 120, "home": 40, "company": 120, "uscc": 40, "chain": 40}
    values: dict[str, Any] = {name: post.get(name, "").strip()[:most] for name, most in limits.items()}
    values["trade"] = asked.choice(post, "trade", {code for code, _label in TRADES}, "")
    values["leading"] = post.get("leading") == "1"
    values["marks"] = sorted(set(post.getlist("marks")))

    def act() -> None:
        seen = asked.integer(post, "version", default=0) or 0
        deal_actions.edit_deal(deal=deal, seen=seen, values=values, by=request.user)

    return answer(request, act, _("已更正；更正不改变停滞时间。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    deal, code = own_deal(request, pk), request.POST.get("project", "").strip()

    def act() -> None:
        project = Project.objects.filter(code=code, retracted=False).first()
        if project is None:
            raise Refused("bad_value", _("统计项目库里没有这个代码。"))
        deal_actions.link_project(deal=deal, project=project, by=request.user)

    return answer(request, act, _("已对应统计项目。"), back=pk)


@require_POST
@requires("deal.edit", "deal.own")
def unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(DealLink.objects.filter(deal__in=deals_of(request.user)), pk=pk)
    back = found.deal_id

    def act() -> None:
        deal_actions.unlink_project(link=found, by=request.user)

    return answer(request, act, _("已取消对应。"), back=back)


@require_POST
@requires("deal.edit")
def merge(request: SignedInRequest) -> HttpResponse:
    """`kept` and `other` are keys of deals; `act` is merge or apart."""
    post, mine = request.POST, deals_of(request.user)
    kept = get_object_or_404(mine, pk=asked.integer(post, "kept", default=0))
    other = get_object_or_404(mine, pk=asked.integer(post, "other", default=0))

    def act() -> None:
        if post.get("act") == "apart":
            pair_actions.set_deals_apart(one=kept, other=other, by=request.user)
        else:
            pair_actions.merge_deals(kept=kept, other=other, by=request.user)

    return answer(request, act, _("已认定。"), back="attraction:duplicates")


@require_POST
@requires("deal.edit")
def unmerge(request: SignedInRequest, pk: int) -> HttpResponse:
    deal = own_deal(request, pk)

    def act() -> None:
        pair_actions.unmerge_deal(deal=deal, by=request.user)

    return answer(request, act, _("已拆开，各自计数。"), back="attraction:duplicates")


@require_http_methods(["GET", "POST"])
@requires("deal.edit", "deal.own")
def mine(request: SignedInRequest) -> HttpResponse:
    """My deals: what is due, and the fast entry of leads and talks, also pasted from a spreadsheet."""
    user, today, text = request.user, timezone.localdate(), ""
    if request.method == "POST":
        text = request.POST.get("lines", "")[:40_000]
        try:
            made = deal_actions.open_deals(lines=pasted_lines(text), unit=user.unit, by=user)
            messages.success(request, _("已登记%(n)d个项目。") % {"n": len(made)})
            return redirect("attraction:mine")
        except Refused as refusal:
            messages.error(request, refusal.message)
    unit = getattr(user, "unit_id", None)
    own = queries.counted_once(user).filter(ended_on=None, unit=unit).select_related("unit", "town")
    table = DealsTable(request, columns(), own, sort="moved_on", page_size=30)
    if table.exporting:
        deal_actions.note_export(what="我的招商项目", filters=request.GET.urlencode(), by=user)
        return table.response(_("我的招商项目"))
    context = {
        "tab": "mine", "rows": queries.with_lights(table.page.object_list, today), "today": today,
        "text": text, "table": table,
        "due": queries.due_steps(user, today).filter(unit=unit),
    }  # fmt: skip
    return render(request, "attraction/mine.html", context)
