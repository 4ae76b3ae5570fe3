"""The monthly workbooks, as districts pass them around: the home district's table and the city's.

Pure: printed figures → a file name and bytes. Layouts differ by year, as they do in life: the city's
table had one-row headers with units in 2019, text with thousands separators in 2020, merged two-row
headers since; the home table had ranks in brackets behind the growth in 2021, in a column of their own since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.story.publication import Printed
from wenpan.demo.story.world import CITY, HOME, REGIONS
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.time.periods import Month, Period

LATE_MARK, NOT_ASSESSED_MARK = "…", "-"
ADJUSTED = "扣除留抵退税"


@dataclass(frozen=True)
class FileNames:
    """What the files call things."""

    city: str
    home: str
    regions: Mapping[str, str]


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


def span(period: Period) -> str:
    """1—9月, as titles print it; the survey's first period is 1—2月."""
    return f"1—{period.end.month}月" if period.end.month > 1 else "1月"


def earlier(period: Period, month: Month) -> str:
    """(1—8月) behind the name of what is published later than the rest; with its year where that differs."""
    if period.end == month:
        return ""
    year = f"{period.end.year}年" if period.end.year != month.year else ""
    return f"({year}{span(period)})"


def month_title(month: Month) -> str:
    return f"{month.year}年{span(month)}"


# ── the home district: 主要经济指标完成情况表 ────────────────────────────────────────────────────────────


def home_table(
    month: Month, printed: Sequence[Printed], catalogue: Mapping[str, Indicator], names: FileNames
) -> File:
    brackets = month.year < 2022
    title = f"{names.home}{month_title(month)}主要经济指标完成情况表"
    return File(f"{title}.xlsx", workbook([home_sheet(month, printed, catalogue, names, brackets=brackets)]))


def home_sheet(
    month: Month,
    printed: Sequence[Printed],
    catalogue: Mapping[str, Indicator],
    names: FileNames,
    *,
    brackets: bool,
) -> PrintedSheet:
    months = span(month) if month.month > 1 else "1月累计"
    top = ["序号", "指标名称", "计量单位", months, months, *([] if brackets else [months]), "当月"]
    below = [
        "序号",
        "指标名称",
        "计量单位",
        "累计完成",
        "同比增长(%)",
        *([] if brackets else ["全市位次"]),
        "增长(%)",
    ]
    sheet = PrintedSheet(
        name=f"{month.month}月",
        title=f"{names.home}{month_title(month)}主要经济指标完成情况表",
        subtitle=f"填报单位: {names.home}统计局",
        head=[top, below],
        notes=[
            "注: 1. 规模以上服务业、其他营利性服务业错月公布; 地区生产总值、居民收入、建筑业为季度数.",
            "    2. 增速按可比口径计算, 不能由绝对额直接推算; 括号内为全市位次.",
        ],
        number_formats={3: "#,##0.00", 4: "0.0", 6 - brackets: "0.0"},
    )
    for i, ((code, basis), figures) in enumerate(_rows_of(printed).items(), start=1):
        sheet.rows.append([i, *_home_row(catalogue[code], basis, figures, month, brackets)])
    return sheet


def _rows_of(printed: Sequence[Printed]) -> dict[tuple[str, str], list[Printed]]:
    rows: dict[tuple[str, str], list[Printed]] = defaultdict(list)
    for p in printed:
        rows[p.indicator, p.basis].append(p)
    return rows


def _home_row(
    indicator: Indicator, basis: str, figures: list[Printed], month: Month, brackets: bool
) -> list[Cell]:
    own = {p.measure: p for p in figures if p.region == HOME}
    level = own.get(Measure.YTD) or own.get(Measure.BALANCE)
    growth = own.get(Measure.YTD_GROWTH) or own.get(Measure.BALANCE_GROWTH)
    monthly = own.get(Measure.MONTH_GROWTH)
    rank = rank_of(HOME, [p for p in figures if growth and p.measure == growth.measure], indicator)
    name = indicator.name + ("" if basis == indicator.basis else f"({ADJUSTED})")
    if growth:
        name += earlier(growth.period, month)
    shown = _cell(growth)
    if brackets:
        placed: list[Cell] = [f"{shown:.1f}({rank})" if isinstance(shown, float) and rank else shown]
    else:
        placed = [shown, f"({rank})" if rank else NOT_ASSESSED_MARK]
    unit = indicator.unit if level else "%"
    return [name, unit, _cell(level), *placed, _cell(monthly)]


def rank_of(region: str, figures: Sequence[Printed], indicator: Indicator) -> int | None:
    """Place among the districts that reported; equal values share the better place."""
    values = {p.region: p.value for p in figures if p.value is not None and p.region != CITY}
    if region not in values:
        return None
    sign = -1 if indicator.direction == "down" else 1
    return 1 + sum(sign * v > sign * values[region] for v in values.values())


def _cell(figure: Printed | None) -> Cell:
    if figure is None or not figure.assessed:
        return NOT_ASSESSED_MARK
    return LATE_MARK if figure.value is None else figure.value


# ── the city: 各区县主要经济指标 ────────────────────────────────────────────────────────────────────────


def city_table(
    month: Month,
    printed: Sequence[Printed],
    catalogue: Mapping[str, Indicator],
    names: FileNames,
    *,
    corrected: bool = False,
    without: frozenset[str] = frozenset(),
) -> File:
    """One sheet a group of indicators; the corrected edition holds only the indicators concerned."""
    title = f"{names.city}各区县{month_title(month)}主要经济指标" + ("(修订)" if corrected else "")
    groups: dict[str, list[Printed]] = defaultdict(list)
    for p in printed:
        if p.region not in without:
            groups[catalogue[p.indicator].group].append(p)
    sheets = [city_sheet(month, group, figures, catalogue, names, title) for group, figures in groups.items()]
    return File(f"{title}.xlsx", workbook(sheets))


def city_sheet(
    month: Month,
    group: str,
    printed: Sequence[Printed],
    catalogue: Mapping[str, Indicator],
    names: FileNames,
    title: str,
) -> PrintedSheet:
    columns = list(dict.fromkeys((p.indicator, p.measure, p.basis) for p in printed))
    values = {(p.region, p.indicator, p.measure, p.basis): p for p in printed}
    heads = [_city_head(catalogue[code], measure, basis) for code, measure, basis in columns]
    if month.year <= 2019:
        head = [["地区", *(name + what for name, what in heads)]]
    else:
        head = [["地区", *(name for name, _ in heads)], ["地区", *(what for _, what in heads)]]
    sheet = PrintedSheet(name=group, title=title, subtitle="资料来源: 宁澜市统计局", head=head)
    regions = [CITY, *(r for r in REGIONS if r != CITY)]
    for region in regions:
        if any(p.region == region for p in printed):
            label = "全市" if region == CITY else names.regions[region]
            cells = [_cell(values[region, *column]) for column in columns]
            shown = (
                _as_text(cell, values[region, *c], month) for cell, c in zip(cells, columns, strict=True)
            )
            sheet.rows.append([label, *shown])
    sheet.number_formats = {
        j: "0.0" if measure.is_growth else "#,##0" if catalogue[code].level_decimals == 0 else "#,##0.00"
        for j, (code, measure, _) in enumerate(columns, start=1)
    }
    sheet.notes = ["注: “…”为截至发布日尚未报送, “-”为不考核. 增速按可比口径计算."]
    late = {p.period for p in printed if p.period.end < month}
    sheet.notes += [f"注: 服务业错月公布, 为{p.end.year}年{span(p)}数." for p in late]
    return sheet


def _city_head(indicator: Indicator, measure: Measure, basis: str) -> tuple[str, str]:
    adjusted = ADJUSTED if basis == "refund_adjusted" else ""
    word = {
        Measure.YTD: f"累计({indicator.unit})",
        Measure.YTD_GROWTH: f"{adjusted}增长(%)",
        Measure.MONTH_GROWTH: "当月增长(%)",
        Measure.BALANCE: f"({indicator.unit})",
        Measure.BALANCE_GROWTH: "增长(%)",
        Measure.MONTH: f"当月({indicator.unit})",
    }[measure]
    return indicator.name, word


def _as_text(cell: Cell, figure: Printed, month: Month) -> Cell:
    """In 2020 levels were typed as text with thousands separators."""
    if month.year == 2020 and isinstance(cell, float) and not figure.measure.is_growth:
        return f"{cell:,.{figure.decimals}f}"
    return cell
