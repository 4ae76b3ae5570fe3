"""Compared: columns beside the figures that can be held against them: a gap to the city, a change against an
earlier month, last year's figure, the share of the city, the increase, what a district adds to the city's
growth, the share of a target or budget. They are evidence, never figures themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.grammar.path_words import CITY
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.words.units import normal, without_units

GAP, CHANGE, LAST_YEAR, SHARE, INCREMENT = "gap", "change", "last_year", "share", "increment"
PULL, CONTRIBUTION, PROGRESS = "pull", "contribution", "progress"
_TARGET = (
    r"(?:年初|年度|全年|本年|年|调整|变动|\d{4}年)*(?:预算|计划|目标|任务|目标任务|计划任务)(?:数|值|任务)?"
)
_OF_TARGET = re.compile(
    rf"^(?:占|为|完成|达)({_TARGET})(?:的)?(?:比例|比重|进度|百分比)?$|^({_TARGET})?(?:完成率|完成比例|完成进度|完成百分比|达成率|执行率|执行进度)$"
)
_OF_THE_CITY = re.compile(r"^(?:占|为)全市(?:总[量额])?(?:的)?(?:比重|比例|份额)?$")
# 低于全市, 较上月回落, 差距: how the number is signed differs from office to office.
_UNSIGNED = (
    "减收",
    "减少",
    "少增",
    "短收",
    "低",
    "慢",
    "落后",
    "差",
    "回落",
    "收窄",
    "放缓",
    "下降",
    "降",
    "缩小",
    "扩大",
    "距",
)


def compared_columns(table: HeaderTable) -> list[tuple[HeaderColumn, HeaderColumn]]:
    """Each such column with the figure column at its left to which it belongs."""
    figures = [c for c in table.by_role("figure") if c.region != CITY]
    pairs = []
    for column in table.columns:
        if column.beside == LAST_YEAR:
            left = [f for f in figures if f.index < column.index and not f.growth and _when(f, column)]
        elif column.beside in (SHARE, INCREMENT) and kind_of(column):
            left = [
                f
                for f in figures
                if f.index < column.index and not f.growth and _when(f, replace(column, unit="", growth=None))
            ]
        elif kind_of(column) == PROGRESS:
            left = [f for f in figures if f.index < column.index and not f.growth and f.scope != "month"]
        elif kind_of(column) in (PULL, CONTRIBUTION):
            left = [f for f in table.by_role("figure") if f.growth and f.region != CITY and not f.basis]
        elif column.beside in (GAP, CHANGE, "points") and kind_of(column):
            left = [f for f in figures if f.index < column.index and f.growth]
        else:
            continue
        if left and (not column.indicator or column.indicator == left[-1].indicator):
            pairs.append((column, left[-1]))
    return pairs


def kind_of(column: HeaderColumn) -> str:  # noqa: PLR0911 (one return a kind)
    """What the column compares with; "" where its words do not name it exactly."""
    if column.beside == LAST_YEAR:
        return LAST_YEAR
    if column.basis:
        return ""
    if column.region == CITY and column.beside in (CONTRIBUTION, "points") and not column.period:
        if "拉动" in column.header and column.unit in ("", "百分点", "%"):
            return PULL
        if "贡献率" in column.header and column.unit in ("", "%"):
            return CONTRIBUTION
    if column.beside == PROGRESS:
        return PROGRESS if _OF_TARGET.match(_plain(column)) and column.unit in ("", "%") else ""
    if column.beside == SHARE:
        return SHARE if _OF_THE_CITY.match(without_units(normal(column.path[-1]))) else ""
    if column.beside == INCREMENT:
        return "" if column.period or column.region or column.unit in ("%", "百分点") else INCREMENT
    if column.region and column.beside == GAP:
        return GAP
    return CHANGE if column.period and column.beside in (CHANGE, "points") and not column.region else ""


def target_beside(table: HeaderTable, column: HeaderColumn) -> HeaderColumn | None:
    """The column of the target or budget that a progress is said to be of; None where that is unclear."""
    found = _OF_TARGET.match(_plain(column))
    said = (found[1] or found[2] or "") if found else ""
    own = [
        c for c in table.columns if c.beside == "target" and not c.growth and c.unit not in ("%", "百分点")
    ]
    named = [c for c in own if said and said.removesuffix("数") in normal(c.path[-1])]
    fit = named or own
    return fit[0] if len(fit) == 1 and (named or not said or _same_kind(said, fit[0])) else None


def _same_kind(said: str, column: HeaderColumn) -> bool:
    """占预算% beside 年初预算数, 完成目标(%) beside 全年任务: one such column, in words of its own."""
    budget = "预算" in said
    adjusted = any(word in said for word in ("调整", "变动"))
    return budget == ("预算" in column.header) and not adjusted


def _plain(column: HeaderColumn) -> str:
    return without_units(normal(column.path[-1])).replace("%", "")


def is_signed(column: HeaderColumn) -> bool:
    """Whether the number is this minus that, by the words of the header."""
    return not any(word in column.header for word in _UNSIGNED)


def _when(figure: HeaderColumn, column: HeaderColumn) -> bool:
    """上年同期 beside a cumulative figure; 上年同月 beside that of the month; 上年全年 beside neither."""
    if "全年" in column.header or "年末" in column.header or column.growth or column.unit == "%":
        return False
    if any(word in column.header for word in ("同月", "当月", "本月")):
        return figure.scope == "month"
    return figure.scope != "month"
