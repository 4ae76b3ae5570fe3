"""指标 and 指标目录: one indicator in full, and the list of all of them."""

from __future__ import annotations

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.permissions import requires
from wenpan.district.indicators import charts, queries, sentences, words
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries.catalogue import catalogue_entries
from wenpan.district.indicators.queries.indicator import IndicatorPage, indicator_page, may_see
from wenpan.district.indicators.queries.shown import board_rows
from wenpan.district.ui.exports import xlsx_response
from wenpan.documents.numbers import full_width
from wenpan.economy.periods import parse_period


@requires("indicator.view")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    as_of = chosen_month(request)
    if code not in policy.catalogue():
        raise Http404(_("指标目录里没有这个指标。"))
    newest = queries.judged_months()
    year = as_of.year if as_of else newest[0].year if newest else timezone.localdate().year
    if not may_see(code, user=request.user, year=year):
        raise PermissionDenied(_("这项指标不由您的单位负责，也没有您单位的目标。"))
    try:
        page = indicator_page(code, as_of=as_of)
    except KeyError as error:
        raise Http404 from error
    if request.GET.get("export") == "xlsx":
        return _figures_workbook(page)
    return render(request, "indicators/indicator.html", _context(page))


def _context(page: IndicatorPage) -> dict[str, object]:
    rows = board_rows(page.all)
    main = next((row for row in rows if row.j is page.main), None)
    return {
        "page": page,
        "row": main,
        "others": [row for row in rows if row is not main],
        "forecast": full_width(sentences.forecast(page.main)) if page.main else "",
        "past_pace": full_width(sentences.past_pace(page.main)) if page.main else "",
        "history_chart": charts.history(page) if page.history else None,
        "rank_chart": charts.ranks(page) if any(rank for _p, rank, _n in page.ranks) else None,
        "parts_chart": charts.contributions(page.parts, page.item.short) if page.parts else None,
        "heat_months": [charts.axis_label(p) for p in page.heat.periods],
        "parts_period": words.ytd(parse_period(page.parts_period)) if page.parts_period else "",
        "rule_names": {code: rules.name for code, rules in policy.light_rules().items()},
    }


def _figures_workbook(page: IndicatorPage) -> HttpResponse:
    headers = [_("期间"), *(f"{c.label}({c.unit})" for c in page.columns)]
    formats = ["", *("0." + "0" * c.decimals if c.decimals else "0" for c in page.columns)]
    rows = ([row.label, *(cell.value for cell in row.cells)] for row in page.figures)
    return xlsx_response(f"{page.region_name}{page.item.name}", headers, rows, formats)


@requires("indicator.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:60]
    entries = catalogue_entries(user=request.user, q=q)
    groups = [(name, list(found)) for name, found in groupby(entries, key=lambda e: e.item.group)]
    return render(request, "indicators/catalogue.html", {"groups": groups, "q": q, "total": len(entries)})
