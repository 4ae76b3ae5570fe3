"""口径台账: natural and adjusted growth side by side, one comparison with its bridge, the ledger of lines."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.fiscal.basis import actions, charts, queries
from wenpan.district.fiscal.basis.amounts import typed_amount
from wenpan.district.fiscal.basis.words import method_word
from wenpan.district.fiscal.models import AdjustmentEntry
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.observations.models import Observation, Region
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do, telling
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.figures.indicators import BASES
from wenpan.rules import catalogue

State = AdjustmentEntry.State
EXPORTED = 2000  # rows of the comparison in one workbook


@require_GET
@requires("basis.view")
def side_by_side(request: SignedInRequest) -> HttpResponse:
    region = asked.choice(request.GET, "region", set(Region.objects.values_list("code", flat=True)))
    beside: dict[queries.Key, queries.SideBySide] = {}
    table = PageTable(request, _columns(beside), queries.rates(region), sort="-period")
    shown = list(table.all_rows[:EXPORTED]) if table.exporting else list(table.page)
    beside |= queries.side_by_side(_key(row) for row in shown)
    if table.exporting:
        return table.response(_("两个口径的增速"))
    context = {
        "tab": "basis",
        "table": table,
        "region": region,
        "regions": Region.objects.order_by("order").values_list("code", "name"),
        "rows": [
            (row, beside.get(_key(row)), BASES[row.basis], _method(beside.get(_key(row)))) for row in shown
        ],
    }
    return render(request, "fiscal/basis.html", context)


def _columns(beside: dict[queries.Key, queries.SideBySide]) -> list[TableColumn]:
    """`beside` is filled before the rows are written."""

    def natural(row: Observation) -> float | None:
        one = beside.get(_key(row))
        return one.natural.value if one and one.natural else None

    def apart(row: Observation) -> float | None:
        one = beside.get(_key(row))
        return one.apart if one else None

    return [
        TableColumn("indicator", _("指标"), value=_name),
        TableColumn("region__name", _("地区"), sortable=False),
        TableColumn("period", _("期间")),
        TableColumn("natural", _("自然口径"), kind="percent", sortable=False, value=natural),
        TableColumn("basis", _("另一口径"), value=lambda row: BASES[row.basis]),
        TableColumn("value", _("公布增速"), kind="percent"),
        TableColumn("apart", _("相差（百分点）"), kind="number", sortable=False, value=apart),
        TableColumn("method", _("算法"), sortable=False, value=lambda row: _method(beside.get(_key(row)))),
    ]


def _method(one: queries.SideBySide | None) -> str:
    if one is None:
        return ""
    return method_word(one.method) if one.by else one.question


def _name(row: Observation | AdjustmentEntry) -> str:
    item = catalogue().get(row.indicator)
    return item.name if item else row.indicator


def _unit(row: AdjustmentEntry) -> str:
    item = catalogue().get(row.indicator)
    return item.unit if item else ""


def _key(row: Observation) -> queries.Key:
    return row.region_id, row.indicator, row.period


@require_GET
@requires("basis.view")
def one(request: SignedInRequest, region: str, code: str, period: str) -> HttpResponse:
    found = _found(region, code, period)
    methods = []
    if found.fit is not None:
        methods = [
            (method_word(method), found.fit.rates.get(method), method in found.fit.fitting)
            for method in actions.ANSWERS
        ]
    published = found.adjusted.value if found.adjusted else None
    context = {
        "tab": "basis", "one": found, "methods": methods, "method": method_word(found.method),
        "basis": BASES[found.adjusted.basis] if found.adjusted else "",
        "chart": charts.bridge(found.steps, published) if found.steps else None,
        "kinds": AdjustmentEntry.Kind.choices,
        "answers": [(str(m), method_word(m)) for m in actions.ANSWERS],
        "off": None if published is None or found.follows is None else found.follows - published,
    }  # fmt: skip
    return render(request, "fiscal/basis_one.html", context)


@require_GET
@requires("basis.view")
def ledger(request: SignedInRequest) -> HttpResponse:
    state = asked.choice(request.GET, "state", set(State.values))
    columns = [
        TableColumn("indicator", _("指标"), value=_name),
        TableColumn("region__name", _("地区")),
        TableColumn("period", _("期间")),
        TableColumn("kind", _("类别"), value=lambda row: row.get_kind_display()),
        TableColumn("label", _("事项")),
        TableColumn("this_year", _("本年"), kind="number", decimals=4),
        TableColumn("last_year", _("上年"), kind="number", decimals=4),
        TableColumn("unit", _("单位"), sortable=False, value=_unit),
        TableColumn("paper", _("依据文件")),
        TableColumn("paper_on", _("文件日期"), kind="date"),
        TableColumn("state", _("状态"), value=lambda row: row.get_state_display()),
        TableColumn("proposed_by__name", _("提出人")),
        TableColumn("decided_by__name", _("审批人")),
    ]
    table = PageTable(request, columns, queries.ledger(state), page_size=50)
    if table.exporting:
        return table.response(_("口径调整台账"))
    context = {
        "tab": "ledger", "table": table, "state": state, "states": State.choices,
        "rows": [(row, columns[0].of(row), columns[7].of(row)) for row in table.page],
    }  # fmt: skip
    return render(request, "fiscal/ledger.html", context)


@require_POST
@requires("basis.propose")
def propose(request: SignedInRequest, region: str, code: str, period: str) -> HttpResponse:
    found, post = _found(region, code, period), request.POST
    with telling(request):
        this, last = typed_amount(post.get("this_year", "")), typed_amount(post.get("last_year", ""))
        if this is None:
            raise Refused("bad_value", _("请写明本年金额，没有影响的写0。"))
        draft = actions.AdjustmentDraft(
            found.region,
            code,
            period,
            post.get("kind", ""),
            post.get("label", ""),
            this[0],
            last[0] if last else None,
            this[1],
            last[1] if last else 4,
            post.get("paper", ""),
            typed_day(post.get("paper_on", "")),
        )
        actions.propose(draft=draft, by=request.user)
        messages.success(request, _("已提出，等待另一人审批。"))
    return redirect("fiscal:basis_one", region, code, period)


@require_POST
@requires("basis.approve")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(AdjustmentEntry.objects.select_related("region"), pk=pk)
    approve = request.POST.get("decision") == "approve"
    do(
        request,
        lambda: actions.decide(
            entry=entry, approve=approve, reason=request.POST.get("reason", ""), by=request.user
        ),
        _("已批准。") if approve else _("已登记不批准。"),
    )
    return redirect("fiscal:basis_one", entry.region.code, entry.indicator, entry.period)


@require_POST
@requires("basis.propose", "basis.approve")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(AdjustmentEntry.objects.select_related("region"), pk=pk)
    reason = request.POST.get("reason", "")
    do(request, lambda: actions.withdraw(entry=entry, reason=reason, by=request.user), _("已撤销。"))
    return redirect("fiscal:basis_one", entry.region.code, entry.indicator, entry.period)


@require_POST
@requires("basis.approve")
def answer(request: SignedInRequest, region: str, code: str, period: str) -> HttpResponse:
    found, post = _found(region, code, period), request.POST
    do(
        request,
        lambda: actions.answer_method(
            region=found.region, indicator=code, period=period, method=post.get("method", ""),
            paper=post.get("paper", ""), by=request.user,
        ),
        _("已记下财政部门的答复。"),
    )  # fmt: skip
    return redirect("fiscal:basis_one", region, code, period)


def _found(region: str, code: str, period: str) -> queries.SideBySide:
    place = get_object_or_404(Region, code=region)
    found = queries.one(place, code, period)
    if found is None:
        raise Http404
    return found
