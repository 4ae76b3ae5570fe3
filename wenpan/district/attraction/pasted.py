"""Lines of the fast entry: one deal a line, cells parted by tabs as a spreadsheet copies them.

项目名称 · 投资方 · 阶段(线索, 在谈) · 日期 · 投资额(万元, 或写明单位) · 进展. Only the name is needed. With a
copied header line the columns may stand in any order, others among them are passed over, and its unit holds
for amounts without one. Who types a line may part its cells with ； instead. Refused names the line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from wenpan.district.attraction.deal_actions import QuickDeal
from wenpan.district.ground.refused import Refused
from wenpan.documents.words.days import read_day

_STAGES = {"": "talk", "在谈": "talk", "洽谈": "talk", "线索": "lead"}
_MOST = 300
_ORDER = ("name", "investor", "stage", "day", "amount", "progress")
_HEADS = {
    "name": ("项目名称", "名称", "项目"),
    "investor": ("投资方", "投资方名称", "投资主体", "企业名称"),
    "stage": ("阶段", "状态", "项目阶段"),
    "day": ("日期", "时间", "洽谈时间", "线索时间"),
    "amount": ("投资额", "投资总额", "总投资", "总投资额", "计划总投资", "协议投资"),
    "progress": ("进展", "项目进展", "招商进度", "备注"),
}
_UNIT = re.compile(r"[（(]\s*([^（()）]*元)\s*[）)]")
_BARE = re.compile(r"^[\d,.]+$")


def pasted_lines(text: str) -> list[QuickDeal]:
    rows = [(n, cells) for n, cells in enumerate(_rows(text), 1) if any(cells)]
    order: Sequence[str] = _ORDER
    unit = ""
    if rows and (named := _header(rows[0][1])):
        order, unit = named
        rows = rows[1:]
    if len(rows) > _MOST:
        raise Refused("bad_value", _("一次最多登记%(n)d个，更多的请传工作簿。") % {"n": _MOST})
    return [_line(number, dict(zip(order, cells, strict=False)), unit) for number, cells in rows]


def _rows(text: str) -> list[list[str]]:
    """The cells of each line. A cell with a line break comes from a spreadsheet within quotes."""
    if text.count('"') % 2:
        split = [line.split("\t") for line in text.splitlines()]
    else:
        split = list(csv.reader(text.splitlines(keepends=True), delimiter="\t"))
    typed = [re.split("[；;]", row[0]) if len(row) == 1 else row for row in split]
    return [[" ".join(cell.replace('"', "").split()) for cell in row] for row in typed]


def _header(cells: Sequence[str]) -> tuple[list[str], str] | None:
    """(what each column holds, the unit of the amounts) of a header line; None for a line of values."""
    known = {word: key for key, words in _HEADS.items() for word in words}
    found = [known.get(_UNIT.sub("", cell).strip(), "") for cell in cells]
    if found.count("name") != 1 or (len(found) > 1 and sum(map(bool, found)) < 2):
        return None
    units = [hit[1] for cell, key in zip(cells, found, strict=True) if key == "amount"
             if (hit := _UNIT.search(cell))]  # fmt: skip
    if found == list(_ORDER[: len(found)]):  # the head of the first columns only
        found = list(_ORDER)
    return found, units[0] if units else ""


def _line(number: int, row: dict[str, str], unit: str) -> QuickDeal:
    stage, day, amount = row.get("stage", ""), row.get("day", ""), row.get("amount", "")
    if stage not in _STAGES:
        raise Refused(
            "bad_value",
            _("第%(n)d行的阶段写的是“%(stage)s”，只能是线索或在谈；签约以后的阶段要有佐证，请在项目页登记。")
            % {"n": number, "stage": stage[:20]},
        )
    read = read_day(day) if day else None
    if day and read is None:
        raise Refused("bad_value", _("第%(n)d行的日期“%(day)s”读不出来。") % {"n": number, "day": day[:20]})
    if unit and _BARE.match(amount):
        amount += unit
    return QuickDeal(
        row.get("name", ""), row.get("investor", ""), _STAGES[stage], read.on if read else None, amount,
        row.get("progress", ""),
    )  # fmt: skip
