"""A teaching that a person typed: does it make sense, and how does it differ from another?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.ground.refused import Difference, Refused
from wenpan.documents.tables.explained import FIGURE, ExplainedTable
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS
from wenpan.rules import catalogue, workbook_kinds

TAKEN = ("figure", "value", "target", "field")
ROLES = {
    "indicator": gettext_lazy("指标名称"),
    "region": gettext_lazy("地区"),
    "figure": gettext_lazy("数据"),
    "value": gettext_lazy("数值"),
    "target": gettext_lazy("目标"),
    "rank": gettext_lazy("位次"),
    "unit": gettext_lazy("计量单位"),
    "period": gettext_lazy("期间"),
    "measure": gettext_lazy("计量"),
    "basis": gettext_lazy("口径"),
    "document": gettext_lazy("依据文件"),
    "field": gettext_lazy("项目字段"),
    "ignore": gettext_lazy("不用"),
}


def must_make_sense(teaching: Mapping[str, Any], table: ExplainedTable, *, others: bool) -> None:
    """Raises Refused for a teaching that could bring nothing, or a figure of unknown measure.

    `others`: the file holds other tables, so that this one may be left out as a whole.
    """
    kind = workbook_kinds().get(str(teaching.get("kind")))
    if kind is None:
        raise Refused("bad_value", _("请选定表种。"))
    letters = {str(column.index): column.letter for column in table.columns}
    columns: Mapping[str, Mapping[str, str]] = teaching["columns"]
    taken = {i: c for i, c in columns.items() if c.get("role") in TAKEN}
    if not taken and not others:
        raise Refused("bad_value", _("至少要有一列是数据。"))
    by_row = {str(c.index) for c in table.columns if c.understood == FIGURE and not c.measure}
    figures = {i: c for i, c in taken.items() if c["role"] == "figure" and i not in by_row}
    if kind.produces == "figures" and (
        bare := [letters[i] for i, c in figures.items() if not c.get("measure")]
    ):
        raise Refused(
            "bad_value", _("请选定 %(columns)s 列的计量（累计、累计增速…）。") % {"columns": "、".join(bare)}
        )
    if bare := [letters[i] for i, c in taken.items() if c["role"] == "field" and not c.get("field")]:
        raise Refused("bad_value", _("请选定 %(columns)s 列是哪个项目字段。") % {"columns": "、".join(bare)})


def is_left_out(teaching: Mapping[str, Any]) -> bool:
    """A table of which nothing is read."""
    columns = teaching.get("columns", {})
    return bool(columns) and all(column.get("role") == "ignore" for column in columns.values())


def differences(seen: Mapping[str, Any], now: Mapping[str, Any], table: ExplainedTable) -> list[Difference]:
    """Column by column, where two teachings of one table differ."""
    found = []
    if seen.get("kind") != now.get("kind"):
        names = {code: kind.name for code, kind in workbook_kinds().items()}
        said = [names.get(str(t.get("kind")), str(t.get("kind"))) for t in (seen, now)]
        found.append(Difference(_("表种"), *said))
    for column in table.columns:
        key = str(column.index)
        a, b = (in_words(t.get("columns", {}).get(key, {})) for t in (seen, now))
        if a != b:
            found.append(Difference(f"{column.letter} {column.header}".strip(), a, b))
    return found


def in_words(column: Mapping[str, str]) -> str:
    """What a column was said to be, for people."""
    known = catalogue()
    code = column.get("indicator", "")
    name = _("表题所说的指标") if code == "@title" else known[code].name if code in known else code
    words: Sequence[str] = [
        str(ROLES.get(column.get("role", ""), "—")),
        name,
        column.get("region", ""),
        column.get("period", ""),
        str(MEASURE_LABELS.get(column.get("measure", ""), "")),  # type: ignore[call-overload]
        str(BASES.get(column.get("basis", ""), "")),
        column.get("unit", ""),
        column.get("field", ""),
    ]
    return " · ".join(word for word in words if word)
