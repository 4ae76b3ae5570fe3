"""财政: revenue, budgets, treasury and funds, special bonds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.fiscal.basis.amounts import typed_amount
from wenpan.district.fiscal.basis.queries import SideBySide
from wenpan.district.fiscal.basis.words import method_word
from wenpan.district.fiscal.bonds import charts as bond_charts
from wenpan.district.fiscal.bonds import queries as bonds
from wenpan.district.fiscal.budgets import actions as budget_actions
from wenpan.district.fiscal.budgets import queries as budget_queries
from wenpan.district.fiscal.models import BudgetVersion, FiscalReport, RevenueRow
from wenpan.district.fiscal.models.reports import OF_TEXT
from wenpan.district.fiscal.page import charts, queries
from wenpan.district.fiscal.reports import queries as reports
from wenpan.district.fiscal.treasury import queries as treasury
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do, telling
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.figures.indicators import BASES


@require_GET
@requires("fiscal.view")
def overview(request: SignedInRequest) -> HttpResponse:
    page = queries.fiscal_page(asked.month(request.GET, "month"))
    side = asked.choice(request.GET, "side", {"all", "tax", "collector"}, "all")
    rows = [row for row in page.rows if side == "all" or (row.side == "collector") is (side == "collector")]
    table = PageTable(request, _revenue_columns(), rows, page_size=200)
    if table.exporting:
        return table.response(f"财政收入{page.month}")
    months, matrix = queries.by_month(page.month.year) if page.month else ([], [])
    rest = page.year_end.quantiles if page.year_end else ()
    chart = charts.by_quarter(page.quarters, rest, page.month.month if page.month else 12)
    context = {
        "tab": "overview",
        "page": page,
        "table": table,
        "rows": rows,
        "side": side,
        "adjusted_told": any(row.ytd_growth_adjusted is not None for row in rows),
        "report_of_text": bool(rows) and rows[0].sheet.startswith(OF_TEXT),
        "rates": [_rate_line(one) for one in page.rates],
        "quarters": [(charts.months_of(line), line) for line in page.quarters],
        "chart": chart if page.quarters else None,
        "matrix": matrix,
        "matrix_months": months,
    }
    return render(request, "fiscal/overview.html", context)


def _rate_line(one: SideBySide) -> tuple[SideBySide, str, str]:
    """With the other basis in words, and the method or the question."""
    basis = BASES[one.adjusted.basis] if one.adjusted else ""
    return one, basis, method_word(one.method) if one.by else one.question


def _revenue_columns() -> list[TableColumn]:
    def amount(key: str, label: Any) -> TableColumn:
        return TableColumn(key, label, kind="amount", decimals=0, unit=_("万元"), sortable=False)

    def rate(key: str, label: Any) -> TableColumn:
        return TableColumn(key, label, kind="percent", sortable=False)

    return [
        TableColumn("name", _("预算科目"), sortable=False),
        amount("budget", _("预算")),
        amount("ytd", _("累计")),
        amount("ytd_last", _("上年同期")),
        amount("ytd_change", _("增减额")),
        rate("ytd_growth", _("增减率")),
        rate("ytd_growth_adjusted", _("同口径增减率")),
        amount("month", _("当月")),
        amount("month_last", _("上年同月")),
        rate("month_growth", _("当月增减率")),
        rate("progress", _("为预算")),
    ]


@require_GET
@requires("fiscal.view")
def budgets(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    page = queries.fiscal_page(asked.month(request.GET, "month"))
    year = asked.year(request.GET, "year") or (page.month.year if page.month else today.year)
    of_year = page.month is not None and page.month.year == year
    lines = budget_queries.progress(
        year, page.month.month if page.month else 12, page.done if of_year else None
    )
    rows = BudgetVersion.objects.select_related("recorded_by", "withdrawn_by").order_by(
        "-year", "number", "pk"
    )
    columns = [
        TableColumn("year", _("年度"), kind="number", decimals=0),
        TableColumn("number", _("版本"), value=lambda row: budget_queries.name_of(row.number)),
        TableColumn("revenue", _("一般公共预算收入"), kind="amount", decimals=2, unit=_("万元")),
        TableColumn("tax", _("税收收入"), kind="amount", decimals=2, unit=_("万元")),
        TableColumn("non_tax", _("非税收入"), kind="amount", decimals=2, unit=_("万元")),
        TableColumn("body", _("决定机关")),
        TableColumn("document", _("决定文件")),
        TableColumn("decided_on", _("决定日期"), kind="date"),
        TableColumn("withdrawn_reason", _("撤销")),
    ]
    table = PageTable(request, columns, rows)
    if table.exporting:
        return table.response("预算版本")
    held = reports.current(FiscalReport.Kind.BUDGET, str(year))
    context = {
        "tab": "budgets",
        "year": year,
        "page": page,
        "lines": lines,
        "table": table,
        "held": held,
        "budget_rows": list(RevenueRow.objects.filter(report=held).order_by("number")) if held else [],
        "newest": max((line.version.pk for line in lines), default=0) if lines else 0,
    }
    return render(request, "fiscal/budgets.html", context)


@require_POST
@requires("budget.set")
def set_budget(request: SignedInRequest) -> HttpResponse:
    post = request.POST
    with telling(request):
        year = asked.integer(post, "year", least=2000, most=2099)
        revenue, tax, non_tax = (_whole(post.get(name, "")) for name in ("revenue", "tax", "non_tax"))
        if year is None or revenue is None:
            raise Refused("bad_value", _("请写明年度和一般公共预算收入。"))
        budget_actions.set_budget(
            year=year,
            revenue=revenue,
            tax=tax,
            non_tax=non_tax,
            body=post.get("body", ""),
            document=post.get("document", ""),
            decided_on=typed_day(post.get("decided_on", "")),
            by=request.user,
        )
        messages.success(request, _("已登记这一版预算。"))
    return redirect("fiscal:budgets")


def _whole(text: str) -> Decimal | None:
    typed = typed_amount(text)
    return typed[0] if typed else None


@require_POST
@requires("budget.set")
def withdraw_budget(request: SignedInRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(BudgetVersion, pk=pk)
    reason = request.POST.get("reason", "")
    do(
        request,
        lambda: budget_actions.withdraw_budget(version=version, reason=reason, by=request.user),
        _("已撤销。"),
    )
    return redirect("fiscal:budgets")


@require_GET
@requires("fiscal.view")
def funds(request: SignedInRequest) -> HttpResponse:
    """Treasury cash and what is due, and what projects want against what they have."""
    day = asked.day(request.GET, "day")
    found = treasury.treasury(str(day) if day else "")
    report, projects = treasury.project_funds()
    what = asked.choice(request.GET, "table", {"due", "funds"}, "due")
    table = PageTable(
        request,
        _due_columns() if what == "due" else _fund_columns(),
        treasury.due_list(str(day) if day else "") if what == "due" else projects,
        sort="-amount" if what == "due" else "",
    )
    if table.exporting:
        return table.response(_("待拨付清单") if what == "due" else _("项目资金缺口"))
    told = [one for one in projects if one.wanted is not None]
    context = {
        "tab": "funds",
        "found": found,
        "day": day,
        "table": table,
        "what": what,
        "report": report,
        "totals": [found.total(name) for name in ("cash", "expected", "due", "due_before")],
        "wanted": sum((one.wanted or Decimal(0) for one in told), Decimal(0)) if told else None,
        "had": sum((one.had for one in told), Decimal(0)) if told else None,
        "told": len(told),
        "projects": len(projects),
        "sources": _source_words(),
    }
    return render(request, "fiscal/funds.html", context)


def _due_columns() -> list[TableColumn]:
    return [
        TableColumn("name", _("项目")),
        TableColumn("nature_word", _("资金性质")),
        TableColumn("payer", _("预算单位")),
        TableColumn("amount", _("金额"), kind="amount", decimals=2, unit=_("万元")),
    ]


def _source_words() -> dict[str, str]:
    return {
        "central": _("中央预算内"),
        "province": _("省预算内"),
        "bond": _("专项债券"),
        "own": _("其他"),
    }


def _fund_columns() -> list[TableColumn]:
    words = _source_words()

    def of(source: str) -> TableColumn:
        return TableColumn(
            source,
            words[source],
            kind="amount",
            decimals=2,
            unit=_("万元"),
            sortable=False,
            value=lambda one: dict(one.sources).get(source),
        )

    return [
        TableColumn("name", _("项目")),
        TableColumn("code", _("项目代码")),
        TableColumn("wanted", _("本年资金需求"), kind="amount", decimals=2, unit=_("万元")),
        TableColumn("had", _("已到位"), kind="amount", decimals=2, unit=_("万元")),
        TableColumn("short", _("缺口"), kind="amount", decimals=2, unit=_("万元")),
        *(of(source) for source in words),
        TableColumn("paid", _("已支付"), kind="amount", decimals=2, unit=_("万元")),
    ]


@require_GET
@requires("fiscal.view")
def bond_list(request: SignedInRequest) -> HttpResponse:
    words = _bond_states()
    state = asked.choice(request.GET, "state", set(words))
    whole = bonds.bond_page(asked.words(request.GET, "rules", 40), _key(request))
    shown = [line for line in whole.lines if not state or line.state == state]
    columns = [
        TableColumn("row__name", _("项目")),
        TableColumn("row__batch", _("批次")),
        TableColumn("row__issued_on", _("发行日期"), kind="date"),
        TableColumn("standing__months", _("已满月数"), kind="number", decimals=0),
        *(
            TableColumn(f"row__{rung}", word, kind="amount", decimals=2, unit=_("万元"))
            for rung, word in bond_charts.rung_words().items()
        ),
        TableColumn("standing__required", _("应支出%"), kind="percent", value=_required),
        TableColumn("standing__share", _("已支出%"), kind="percent", value=_spent_share),
        TableColumn("state", _("状态"), value=lambda line: words[line.state]),
    ]
    table = PageTable(request, columns, shown, sort="-standing__months")
    if table.exporting:
        return table.response(_("专项债券"))
    context = {
        "tab": "bonds",
        "whole": whole,
        "table": table,
        "state": state,
        "words": words,
        "tallies": [(code, word, whole.count(code)) for code, word in words.items()],
        "chart": bond_charts.ladder(whole.ladder) if whole.report else None,
        "rungs": bond_charts.rung_words(),
        "days": reports.keys(FiscalReport.Kind.BONDS),
    }
    return render(request, "fiscal/bonds.html", context)


def _required(line: bonds.BondLine) -> float:
    return 100 * line.standing.required


def _spent_share(line: bonds.BondLine) -> float | None:
    return None if line.standing.share is None else 100 * line.standing.share


def _key(request: SignedInRequest) -> str:
    day = asked.day(request.GET, "day")
    return str(day) if day else ""


def _bond_states() -> dict[str, str]:
    return {
        bonds.FAILING: _("未达序时"),
        bonds.WARNING: _("预警名单"),
        bonds.RECOVER: _("应收回调整"),
        bonds.FINE: _("达到"),
        bonds.UNKNOWN: _("未报支出"),
        bonds.NOT_ASKED: _("不在考核范围"),
    }
