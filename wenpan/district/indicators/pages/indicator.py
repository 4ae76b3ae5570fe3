"""指标 and 指标目录: one indicator in full, and the list of all of them.

What a page shows of an indicator is kept in memory by the stamp of its figures, judgements, targets and
estimates: the next person gets the same numbers without drawing them again. What other rooms say beside
it depends on the person and is drawn each time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import charts, outlook_charts, sentences, words
from wenpan.district.indicators.pages import row_cache
from wenpan.district.indicators.pages.asked_for import asked_for
from wenpan.district.indicators.pages.board import KEEP
from wenpan.district.indicators.queries.board_rows import board_rows
from wenpan.district.indicators.queries.catalogue import catalogue_entries
from wenpan.district.indicators.queries.indicator import (
    Chosen,
    IndicatorPage,
    indicator_page,
    stamp,
)
from wenpan.district.indicators.queries.scorecard import one_sentence
from wenpan.district.indicators.queries.what_if import question
from wenpan.district.ui.exports import xlsx_response
from wenpan.documents.words.numbers import full_width
from wenpan.economy.forecast.scenario import AnnualForecast, Places, places
from wenpan.economy.time.periods import parse_period

NEWEST = 24  # periods in the table of all figures before one asks for all


@dataclass(frozen=True)
class IndicatorContent:
    """The page of an indicator but for its frame and what stands beside it."""

    owner_name: str
    has_target: bool
    verdict: str
    rest: str


@requires("indicator.view")
def indicator(request: SignedInRequest, code: str) -> HttpResponse:
    chosen = asked_for(request, code)
    if request.GET.get("export") == "xlsx":
        return _figures_workbook(indicator_page(chosen))
    content = _content(request, chosen)
    context = {
        "item": chosen.item,
        "as_of": chosen.as_of,
        "months": chosen.months,
        "owner_name": content.owner_name,
        "has_target": content.has_target,
        "verdict": mark_safe(content.verdict),  # noqa: S308  # our own template, drawn before
        "rest": mark_safe(content.rest),  # noqa: S308  # our own template, drawn before
    }
    return render(request, "indicators/indicator.html", context)


def _content(request: SignedInRequest, chosen: Chosen) -> IndicatorContent:
    everything = "all" in request.GET
    seen = f"{stamp(chosen)}|{get_language()}|{row_cache.rights(request)}|{everything}"
    key = "indicator:" + hashlib.sha256(seen.encode()).hexdigest()
    content: IndicatorContent | None = cache.get(key)
    if content is None:
        content = _draw(request, indicator_page(chosen), everything)
        cache.set(key, content, KEEP)
    return content


def _draw(request: HttpRequest, page: IndicatorPage, everything: bool) -> IndicatorContent:
    context = _context(page, everything)
    return IndicatorContent(
        owner_name=page.owner_name,
        has_target=bool(page.main and page.main.has_target),
        verdict=render_to_string("indicators/parts/verdict.html", context, request),
        rest=render_to_string("indicators/parts/indicator_rest.html", context, request),
    )


def _context(page: IndicatorPage, everything: bool) -> dict[str, object]:
    rows = board_rows(page.all)
    main = next((row for row in rows if row.j is page.main), None)
    ahead = places(AnnualForecast.from_kept(page.main.ahead)) if page.main else Places()
    return {
        "page": page,
        "row": main,
        "others": [row for row in rows if row is not main],
        "other_rates": page.other_rates,
        "forecast": full_width(sentences.forecast(page.main)) if page.main else "",
        "past_pace": full_width(sentences.past_pace(page.main)) if page.main else "",
        "history_chart": charts.history(page) if page.history else None,
        "rank_chart": charts.ranks(page) if any(rank for _p, rank, _n in page.ranks) else None,
        "parts_chart": charts.contributions(page.parts, page.item.short) if page.parts else None,
        "heat_rows": [(row, row_cache.heat_cells(row.cells, page.item.decimals)) for row in page.heat.rows],
        "other_heats": [
            (
                name,
                [(row, row_cache.heat_cells(row.cells, page.item.decimals)) for row in heat.rows],
                [charts.axis_label(p) for p in heat.periods],
            )
            for name, heat in page.other_heats
        ],
        "heat_months": [charts.axis_label(p) for p in page.heat.periods],
        "parts_period": words.ytd(parse_period(page.parts_period)) if page.parts_period else "",
        "rule_names": {code: rules.name for code, rules in policy.light_rules().items()},
        "item": page.item,
        "as_of": page.as_of,
        "j": page.main,
        "question": question(page.main),
        "places": ahead,
        "track": words.track_record(one_sentence(page.item.code, page.main.probability)) if page.main else "",
        "places_chart": outlook_charts.year_end_places(ahead) if ahead.chance else None,
        "figures": page.figures if everything else page.figures[:NEWEST],
        "more": len(page.figures) > NEWEST and not everything,
    }


def _figures_workbook(page: IndicatorPage) -> HttpResponse:
    headers = [_("期间"), *(f"{c.label}({c.unit})" for c in page.columns)]
    formats = ["", *("0." + "0" * c.decimals if c.decimals else "0" for c in page.columns)]
    rows = ([row.label, *(cell.value for cell in row.cells)] for row in page.figures)
    return xlsx_response(f"{page.region_name}{page.item.name}", headers, rows, formats)


@requires("indicator.view")
def catalogue(request: SignedInRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:60]
    entries = catalogue_entries(user=request.user, q=q)
    groups = [(name, list(found)) for name, found in groupby(entries, key=lambda e: e.item.group)]
    return render(request, "indicators/catalogue.html", {"groups": groups, "q": q, "total": len(entries)})
