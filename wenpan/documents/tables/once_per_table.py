"""Told: what a table must say once, with all its cells, instead of once a cell."""

from __future__ import annotations

from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import Severity

_MOST = 8
_TEXTS = {
    "cells.text_number": (
        Severity.NOTE, "以文本存放的数字, 已按数字读入", "数字", "不必处理; 以后可把单元格格式改为数值",
    ),
    "units.unknown": (Severity.SOFT, "不认识的计量单位", "如 亿元、万元、万千瓦时、%", "请核对单位的写法"),
    "units.missing": (
        Severity.SOFT, "表里没有写单位, 按目录的单位读入",
        "单位写在表头或计量单位列", "请核实单位无误, 并说明依据",
    ),
    "period.earlier": (
        Severity.NOTE, "错月或按季公布的指标", "指标名称后注明期间, 如(1—8月)",
        "不必处理; 期间不对时请在指标名称后注明",
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
            shown = "、".join(f"{cell} {text}" if text else cell for cell, text in places[:_MOST])
            more = f" 等{len(places)}处" if len(places) > _MOST else ""
            reading.add(check, severity, f"{found}: {shown}{more}", expected, advice, sheet, places[0][0])
