"""The speech's table: its lines, each with one condition for the stored numbers and one for its list.

The two conditions of a line must say the same; a test opens every number's list and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.projects.base import policy

STORED = {"band": _("规模"), "unit": _("镇街"), "department": _("主管部门")}
GROUPS = {**STORED, "owner": _("建设单位")}  # owners are counted when the page is drawn
SUMS = ("planned_total", "remaining", "this_year")


@dataclass(frozen=True)
class TableLine:
    """`where`: over the columns of the stock; `listed`: over Standing."""

    code: str
    label: str | Promise
    where: pl.Expr
    listed: Q
    indent: bool = False
    lower_is_better: bool = False


def lines() -> tuple[TableLine, ...]:
    """The limits of size come from the rules, hence a function."""
    one, ten = policy.limits()["large"]
    in_library = Q(in_library=True)
    going = in_library & Q(finished=False)

    def flag(name: str, label: str | Promise, **more: Any) -> TableLine:
        return TableLine(name, label, pl.col(name), in_library & Q(**{name: True}), **more)

    def larger(code: str, label: Promise, limit: float) -> TableLine:
        return TableLine(
            code,
            label,
            ~pl.col("finished") & (pl.col("planned_total") >= limit),
            going & Q(project__planned_total__gte=limit),
            indent=True,
        )

    estate = Q(project__band="estate")
    return (
        flag("entered_this_year", _("本年新入库")),
        TableLine("library", _("在库项目"), pl.lit(True), in_library),
        TableLine("going", _("有余量在建"), ~pl.col("finished"), going),
        larger("large_1", _("亿元以上"), one),
        larger("large_10", _("10亿元以上"), ten),
        TableLine(
            "leading",
            _("龙头项目"),
            ~pl.col("finished") & pl.col("leading"),
            going & Q(project__leading=True),
            indent=True,
        ),
        flag("zero_this_year", _("本年零投资"), lower_is_better=True),
        flag("stopped", _("停滞"), lower_is_better=True),
        flag("long_stopped", _("停工超过一年、仍有余量"), indent=True, lower_is_better=True),
        flag("overdue", _("计划竣工已过、仍有余量"), lower_is_better=True),
        flag("finished", _("完工")),
        flag("no_remainder", _("无余量"), indent=True),
        flag("withdrawal", _("退库候选（附依据）"), lower_is_better=True),
        TableLine(
            "estate_no_remainder",
            _("房地产：无余量"),
            (pl.col("band") == "estate") & pl.col("no_remainder"),
            in_library & estate & Q(no_remainder=True),
        ),
        TableLine(
            "estate_stopped",
            _("房地产：停滞"),
            (pl.col("band") == "estate") & pl.col("stopped"),
            in_library & estate & Q(stopped=True),
            lower_is_better=True,
        ),
    )


def line_of(code: str) -> TableLine | None:
    return next((line for line in lines() if line.code == code), None)


Numbers = dict[str, list[float]]  # line -> count, planned total, remaining, this year


def summary(stock: pl.DataFrame) -> dict[str, dict[str, Numbers]]:
    """{"": {"": all}, "band": {…}, "unit": {…}, "department": {…}} of those in the library."""
    found = {"": {"": _numbers(stock)}}
    for group in STORED:
        parts = stock.with_columns(pl.col(group).fill_null("")).partition_by(group, as_dict=True)
        found[group] = {str(key[0]): _numbers(part) for key, part in sorted(parts.items())}
    return found


def _numbers(part: pl.DataFrame) -> Numbers:
    wanted = []
    for line in lines():
        wanted.append(
            line.where.cast(pl.Float64).sum().alias(line.code)
            if line.code != "library"
            else pl.len().cast(pl.Float64).alias(line.code)
        )
        wanted += [
            pl.when(line.where).then(pl.col(s)).otherwise(0.0).sum().alias(f"{line.code}.{s}") for s in SUMS
        ]
    row = part.select(wanted).row(0, named=True)
    return {
        line.code: [row[line.code], *(round(row[f"{line.code}.{s}"], 2) for s in SUMS)] for line in lines()
    }


def listed(code: str) -> Q:
    """The condition of a line's list; everything for an unknown code."""
    line = line_of(code)
    return line.listed if line else Q()


GROUP_FIELDS: Mapping[str, str] = {
    "band": "project__band",
    "unit": "project__unit__code",
    "department": "project__department__code",
}
