"""Told: what a table must say once, with all its cells, instead of once a cell."""

from __future__ import annotations

from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import Severity

_MOST = 40  # addresses are what a person looks for; a finding keeps 400 characters
_TEXTS = {
    "cells.text_number": (
        Severity.NOTE, "以文本存放的数字, 已按数字读入", "数字", "不必处理; 以后可把单元格格式改为数值",
    ),
    "units.unknown": (Severity.SOFT, "不认识的计量单位", "如 亿元、万元、万千瓦时、%", "请核对单位的写法"),
    "units.missing": (
        Severity.SOFT, "没有写明单位, 是绝对额还是增速、是万元还是亿元不明确, 没有读入",
        "单位写在表头、计量单位列或表上方",
        "请在“各列是什么”里说明这一列的计量和单位",
    ),
    "units.two": (
        Severity.SOFT, "行和列写的是两个单位, 没有读入", "一个数只有一个单位",
        "请在“各列是什么”里说明这一列的单位",
    ),
    "indicators.two": (
        Severity.SOFT, "行和列写的是两个指标, 没有读入", "一个数只属于一个指标",
        "请在“各列是什么”里说明这一列是什么",
    ),
    "sections.unclear": (
        Severity.SOFT, "分段标题说的不是这张表各列写的数, 下面的行没有读入", "分段标题只写指标类别",
        "请在“各列是什么”里说明, 或分成几张表报",
    ),
    "period.year_only": (
        Severity.SOFT, "只写了年份, 是全年还是同期不明确, 没有读入", "如 2021年1—9月、2021年全年",
        "请在“各列是什么”里说明这一列的期间",
    ),
    "measure.unclear": (
        Severity.SOFT, "口径没有写明白, 没有读入", "如 累计增速(%)、当月(亿元)",
        "请在“各列是什么”里说明这些行是什么",
    ),
    "cells.two_readings": (
        Severity.SOFT, "有两种读法, 没有读入", "一个明确的数", "请向报数单位核实是多少",
    ),
    "period.earlier": (
        Severity.NOTE, "错月或按季公布的指标", "指标名称后注明期间, 如(1—8月)",
        "不必处理; 期间不对时请在指标名称后注明",
    ),
    "period.no_scope": (
        Severity.SOFT, "只写了年月或季度, 是当月(当季)还是累计不明确, 没有读入",
        "如 2022年9月、2022年1—9月",
        "请在“各列是什么”里说明这一列是当月还是累计",
    ),
    "notes.unclear": (
        Severity.SOFT, "表下的注、备注或批注可能改变了这些行的口径, 没有读入", "表内数字口径一致, 或分列写明",
        "请在“各列是什么”里说明, 或把这几行另列",
    ),
    "period.later": (
        Severity.SOFT, "这一列写的期间比这张表的月份晚, 不是已经公布的数, 没有读入", "不晚于表的月份",
        "请在“各列是什么”里说明这一列是什么",
    ),
    "period.ambiguous": (
        Severity.HARD, "期间可能是1月, 也可能是10月(数字末尾的0会丢)", "如 2022-10 或 2022年10月",
        "请把期间列改为文本后重填",
    ),
    "period.unreadable": (Severity.HARD, "读不出期间", "如 2022-09、2022年1—9月", "请写明年月"),
}  # fmt: skip


class Told:
    """Collects places by check; `count` grows with everything told, so that a cache can see it."""

    def __init__(self) -> None:
        self.count = 0
        self._places: dict[str, list[tuple[str, str]]] = {}

    def add(self, check: str, cell: str, text: str, *, once: bool = False) -> None:
        """`once`: the same text is not repeated for other cells."""
        self.count += 1
        places = self._places.setdefault(check, [])
        if not (once and any(text == t for _, t in places)):
            places.append((cell, text))

    def report(self, reading: Reading, sheet: str) -> None:
        for check, places in self._places.items():
            severity, found, expected, advice = _TEXTS[check]
            most = _MOST if len(places) <= _MOST else 8
            short = len(places) > 8  # then only the addresses, of all of them
            shown = "、".join(
                cell if (short and most == _MOST) or not text else f"{cell} {text}"
                for cell, text in places[:most]
            )
            more = f" 等{len(places)}处" if len(places) > most else ""
            reading.add(check, severity, f"{found}: {shown}{more}", expected, advice, sheet, places[0][0])
