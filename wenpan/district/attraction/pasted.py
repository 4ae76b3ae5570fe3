"""Lines of the fast entry: one deal a line, cells parted by tabs as a spreadsheet copies them.

项目名称 · 投资方 · 阶段(线索, 在谈) · 日期 · 投资额(万元, 或写明单位) · 进展. Only the name is needed; a
copied header line is passed over. Refused names the line.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.district.attraction.deal_actions import QuickDeal
from wenpan.district.ground.refused import Refused
from wenpan.documents.words.days import read_day

_STAGES = {"": "talk", "在谈": "talk", "洽谈": "talk", "线索": "lead"}
_MOST = 300


def pasted_lines(text: str) -> list[QuickDeal]:
    rows = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if rows and rows[0][1].split("\t")[0].strip() in ("项目名称", "名称"):
        rows = rows[1:]
    if len(rows) > _MOST:
        raise Refused("bad_value", _("一次最多登记%(n)d个，更多的请传工作簿。") % {"n": _MOST})
    return [_line(number, line) for number, line in rows]


def _line(number: int, text: str) -> QuickDeal:
    cells = [cell.strip().strip('"') for cell in text.split("\t")] + [""] * 6
    name, investor, stage, day, amount, progress = cells[:6]
    if stage not in _STAGES:
        raise Refused(
            "bad_value",
            _("第%(n)d行的阶段写的是“%(stage)s”，只能是线索或在谈；签约以后的阶段要有佐证，请在项目页登记。")
            % {"n": number, "stage": stage[:20]},
        )
    read = read_day(day) if day else None
    if day and read is None:
        raise Refused("bad_value", _("第%(n)d行的日期“%(day)s”读不出来。") % {"n": number, "day": day[:20]})
    return QuickDeal(name, investor, _STAGES[stage], read.on if read else None, amount, progress)
