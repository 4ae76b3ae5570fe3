"""The kinds and their builders; a kind's variants are drawn with its own seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.table_kinds import exports, months, places
from benchmarks.table_kinds.case import Case, Verdict, judge

KINDS: dict[str, Callable[[Random, Case, bool], None]] = {
    "K0 control": months.control,
    "K1 beside": months.beside,
    "K1 others": months.other,
    "K2 fiscal": exports.fiscal,
    "K4 scopes": months.scopes,
    "K4 two lines": months.two_lines,
    "K5 title": places.title_indicator,
    "K5 title changes": places.titles_that_change,
    "K6 strangers": places.strangers,
    "K6 towns": places.towns,
    "K8 growth rows": places.growth_rows,
    "K8 rates in title": places.rates_in_title,
    "K12 sections": places.sections,
    "K8 pairs": months.pairs,
    "K9 no unit": places.no_unit,
    "K9 two units": places.two_units,
    "K10 index": places.index_numbers,
    "K11 merged": places.merged_body,
    "K12 stacked": exports.stacked,
    "K14 industry": places.gdp_by_industry,
    "K15 targets": exports.target_quarters,
    "K16 apart": months.apart,
    "K17 site": exports.site_export,
    "K17 terminal": exports.terminal,
    "K17 yearbook": exports.yearbook,
    "K17 months down": exports.months_down,
    "K19 cells": places.cells_of_all_sorts,
}


def verdicts(kind: str, count: int, aside: bool) -> Iterator[Verdict]:
    """Variants of one kind; the same ones every time."""
    for number in range(count):
        case = Case(kind)
        KINDS[kind](Random(f"{kind}{number}{aside}"), case, aside)
        yield judge(case)
