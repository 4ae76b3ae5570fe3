"""督办计分: units of a month, the lines of one with the events they rest on, appeals and their decision."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can, own_unit_only, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.supervision.models import Appeal
from wenpan.district.supervision.scoring import actions as appealing
from wenpan.district.supervision.scoring import queries
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.loading import RuleError

SIGHT = ("score.view", "score.appeal", "desk.use")


def _month(text: str) -> Month:
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404 from error


def _chosen(request: HttpRequest) -> Month | None:
    """The month asked for; else the newest that is over, else this one; None: there is none yet."""
    if asked := request.GET.get("month"):
        return _month(asked)
    known, today = queries.months(), timezone.localdate()
    over = [month for month in known if month.index < Month(today.year, today.month).index]
    return next(iter(over or known), None)


def _sheet(month: Month) -> queries.MonthSheet:
    today = timezone.localdate()
    if month.index > Month(today.year, today.month).index:
        raise Http404
    try:
        return queries.sheet(month, on=today)
    except RuleError as error:  # before the first dated set of rules
        raise Http404 from error


@require_GET
@requires(*SIGHT)
def listing(request: SignedInRequest) -> HttpResponse:
    month = _chosen(request)
    user: User = request.user
    if month is None:
        return render(request, "supervision/scores_none.html", {})
    if own_unit_only(user) or not can(user, "score.view"):
        code = user.unit_code
        if not code:
            return render(request, "supervision/scores_none.html", {})
        return redirect("supervision:score", str(month), code)
    sheet = _sheet(month)
    rows = queries.named_scores(sheet, queries.struck(month))
    table = PageTable(request, _columns(), rows, page_size=100)
    if table.exporting:
        return table.response(_("%(month)s督办计分") % {"month": month.label})
    decides = can(user, "score.decide")
    context = {
        "month": month,
        "months": queries.months(),
        "table": table,
        "sheet": sheet,
        "few": sum(row.unit_score.rank is None for row in rows),
        "waiting": _waiting() if decides else [],
        "rules": sheet.rules,
    }
    return render(request, "supervision/scores.html", context)


def _columns() -> list[TableColumn]:
    return [
        TableColumn("mark__rank", _("名次"), kind="number", decimals=0),
        TableColumn("name", _("单位")),
        TableColumn("mark__score", _("得分"), kind="number"),
        TableColumn("mark__utility", _("功效分"), kind="number"),
        TableColumn("mark__matters", _("本月事项"), kind="number", decimals=0),
        TableColumn("mark__plus", _("加分"), kind="number"),
        TableColumn("mark__minus", _("扣分"), kind="number"),
        TableColumn("lines", _("条数"), kind="number", decimals=0),
    ]


def _waiting() -> list[dict[str, Any]]:
    """Open appeals with the line that each is about."""
    found = []
    sheets: dict[str, queries.MonthSheet] = {}
    for appeal in queries.waiting():
        sheet = sheets.setdefault(appeal.month, _sheet(parse_month(appeal.month)))
        line = next((one for one in sheet.lines if one.key == appeal.line), None)
        words = queries.words_of(sheet.rules, line.rule) if line else ""
        found.append({"appeal": appeal, "line": line, "rule": words})
    return found


@require_GET
@requires(*SIGHT)
def unit(request: SignedInRequest, month: str, code: str) -> HttpResponse:
    """One unit's month, line by line; its own people see their own only."""
    chosen = _month(month)
    queries.require_sight(request.user, code)
    found = get_object_or_404(Unit, code=code)
    sheet = _sheet(chosen)
    rows = queries.lines_of_unit(sheet, code)
    table = PageTable(request, _line_columns(), rows, page_size=100)
    if table.exporting:
        return table.response(_("%(unit)s%(month)s计分") % {"unit": found.short_name, "month": chosen.label})
    marked = queries.named_scores(sheet, queries.struck(chosen))
    user: User = request.user
    today, until = timezone.localdate(), queries.appeal_until(sheet)
    own = own_unit_only(user)
    context = {
        "month": chosen,
        "months": queries.months(),
        "unit": found,
        "own": own,
        "marked": next((one for one in marked if one.unit_score.unit == code), None),
        "ranked": sum(one.unit_score.rank is not None for one in marked),
        "table": table,
        "basis": queries.basis([row.line for row in table.page]),
        "sheet": sheet,
        "rules": sheet.rules,
        "until": until,
        "may_appeal": can(user, "score.appeal") and own and sheet.over_on(today) and today <= until,
        "may_decide": can(user, "score.decide"),
    }
    return render(request, "supervision/score.html", context)


def _line_columns() -> list[TableColumn]:
    return [
        TableColumn("line__day", _("日期"), kind="date"),
        TableColumn("rule", _("规则")),
        TableColumn("line__number", _("编号")),
        TableColumn("line__words", _("情况")),
        TableColumn("line__points", _("分值"), kind="number"),
        TableColumn("state", _("申诉"), sortable=False, value=_appeal_words),
    ]


def _appeal_words(row: queries.ScoreLine) -> str:
    return str(row.appeal.get_state_display()) if row.appeal else ""


@require_POST
@requires("score.appeal")
def appeal(request: SignedInRequest, month: str) -> HttpResponse:
    user: User = request.user
    chosen, line, reason = _month(month), request.POST.get("line", ""), request.POST.get("reason", "")
    do(
        request,
        lambda: appealing.appeal(month=chosen, line=line, reason=reason, by=user),
        _("申诉已提交，由督查办负责人复核。"),
    )
    code = user.unit_code
    return redirect("supervision:score", month, code) if code else redirect("supervision:scores")


@require_POST
@requires("score.decide")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Appeal.objects.select_related("unit"), pk=pk)
    upheld, words = request.POST.get("upheld") == "yes", request.POST.get("words", "")
    do(
        request,
        lambda: appealing.decide(appeal=found, upheld=upheld, words=words, by=request.user),
        _("已复核。"),
    )
    return redirect("supervision:score", found.month, found.unit.code)


routes: list[URLPattern] = [
    path("scores/", listing, name="scores"),
    path("scores/<str:month>/appeal/", appeal, name="score_appeal"),
    path("scores/<str:month>/<str:code>/", unit, name="score"),
    path("appeals/<int:pk>/", decide, name="score_decide"),
]
