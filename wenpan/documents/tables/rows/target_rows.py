"""Targets: the promises of a year, as target tables write them: 增长6%以上, ≥6, 37.1亿元, 下降3%.

A comparison is part of a target: "以上" is at least, "以内" and "不高于" at most. What names no
number (与全市同步, 正增长) is asked for, never turned into one. No target names an enterprise: there
is no place for it in a `TargetFigure`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from wenpan.documents.spreadsheets import cells
from wenpan.documents.spreadsheets.cells import read_cell
from wenpan.documents.spreadsheets.workbook import CellValue, address
from wenpan.documents.tables.columns import HeaderColumn
from wenpan.documents.tables.layout.header_table import HeaderTable
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.reading import Context, Reading, TargetFigure
from wenpan.documents.tables.rows.cell_target import Facts
from wenpan.documents.tables.rows.figure_rows import RowReader
from wenpan.documents.words import periods as periods_zh
from wenpan.documents.words.units import canonical, factor, normal
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.quality.finding import Severity
from wenpan.economy.time.periods import Month

_AT_LEAST = ("≥", ">=", "不低于", "不少于", "以上", "不小于", "确保", "力争")
_AT_MOST = ("≤", "<=", "不高于", "不超过", "以内", "以下", "不大于", "控制在")
_ABOUT = ("左右", "约", "大约")
_DOWN = ("下降", "减少", "降低", "压减", "降")
_UP = ("增长", "增加", "提高", "上升", "增")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_RANGE = re.compile(r"\d\s*%?\s*(?:-|~|至|到)\s*\d")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号|《[^》]{2,60}》(?:\([^)]{0,40}\))?")


@dataclass(frozen=True, slots=True)
class Promise:
    """A target's words as values. `unit` "%" or a unit or ""; `growth` None: the words do not say."""

    value: Decimal
    unit: str
    comparison: str
    growth: bool | None
    about: bool = False


def read_promise(text: str, direction: str = "up") -> Promise | None:
    """What a target's text promises; None if it names no number, or a range of two.

    `direction` is the indicator's: without words, up means at least, down means at most.
    """
    plain = re.sub(r"[—–−‐―－～]", "-", normal(text))
    numbers = list(_NUMBER.finditer(plain))
    ranged = bool(_RANGE.search(re.sub(r"\d{4}年", "", plain)))
    if len(numbers) != 1 or ranged:
        return None
    number = numbers[0]
    value = Decimal(number[0].replace(",", ""))
    after = plain[number.end() :]
    unit = next((u for n in range(len(after), 0, -1) if (u := canonical(after[:n]))), "")
    down = any(w in plain[: number.start()] for w in _DOWN)
    at_most, at_least = (any(w in plain for w in words) for words in (_AT_MOST, _AT_LEAST))
    if down and value < 0:
        return None
    if down:
        # 降幅不超过3% bounds the fall: the growth is at least -3. 下降3%以上 asks for more fall.
        value = -value
        at_most, at_least = at_least, at_most
    growth = (
        True if down or unit in ("%", "百分点") or any(w in plain for w in _UP) else (False if unit else None)
    )
    comparison = "<=" if at_most else ">=" if at_least or direction == "up" else "<="
    return Promise(
        value, "%" if unit == "百分点" else unit, comparison, growth, any(w in plain for w in _ABOUT)
    )


class TargetReader(RowReader):
    """Reads the rows of a target table; a row is an indicator, a column who set it or who carries it."""

    def __init__(
        self, table: HeaderTable, context: Context, names: Names, reading: Reading, filename: str
    ) -> None:
        super().__init__(table, context, names, reading, None)
        self.year = self._find_year(filename)
        self.document = self._find_document()

    def _find_year(self, filename: str) -> int | None:
        texts = [str(v) for row in self.sheet.rows[: self.table.last + 1] for v in row if isinstance(v, str)]
        for text in (*texts, self.sheet.name, filename):
            if year := periods_zh.find_year(text) or _bare_year(text):
                self.reading.period_from = "title"
                break
        else:
            year = int(self.context.period[:4]) if self.context.period else None
            self.reading.period_from = "person" if year else ""
        if year is None:
            self.reading.add(
                "period.missing",
                Severity.HARD,
                "标题、表头、表名和文件名里都没有写明年度",
                "如 2022年度目标",
                "请选定年度",
            )
            return None
        self.reading.period = str(Month(year, 12))
        return year

    def _find_document(self) -> str:
        for row in self.sheet.rows:
            for value in row:
                if isinstance(value, str) and (found := _DOCUMENT.search(value)):
                    return found[0]
        return ""

    def read_cells(self, r: int, facts: Facts, region: str, values: list[CellValue]) -> None:
        for column in self.data:
            value = values[column.index] if column.index < len(values) else None
            for part in _parts(value) if value is not None else ():
                self._target(r, facts, region, column, part)

    def _target(self, r: int, facts: Facts, region: str, column: HeaderColumn, value: CellValue) -> None:
        indicator = self.context.catalogue.get(facts.name.code or column.indicator)
        where = self.region_of(column, region)
        cell = read_cell(value, (r, column.index) in self.sheet.percent)
        if indicator is None or not where or self.year is None:
            return
        if cell.kind in (cells.MISSING, cells.NOT_ASSESSED):
            return
        a1 = address(r, column.index)
        promise = None
        if cell.kind not in (cells.DATE, cells.ERROR):
            promise = read_promise(cell.text, indicator.direction)
        if promise is None:
            self._unreadable(indicator, cell.text, a1)
            return
        growth = self._is_growth(promise, column, facts, indicator)
        balance = {Measure.BALANCE, Measure.BALANCE_GROWTH} & set(indicator.measures)
        measure = Measure(("balance" if balance else "ytd") + ("_growth" if growth else ""))
        multiplier = self._multiplier(promise, measure, facts, column, indicator, a1)
        if multiplier is None:
            return
        if promise.about:
            self.reading.add(
                "targets.about", Severity.NOTE,
                f"“{cell.text}”按不低于或不高于该数读入", "", "考核口径不同时请核实",
                self.sheet.name, a1, indicator.name,
            )  # fmt: skip
        self.reading.targets.append(
            TargetFigure(
                where, column.carrier, indicator.code, self.year, measure.value,
                facts.basis or column.basis or "natural", promise.comparison, promise.value * multiplier,
                cell.text, column.set_by or "district", facts.document or self.document, self.sheet.name, a1,
            )
        )  # fmt: skip

    def _multiplier(
        self,
        promise: Promise,
        measure: Measure,
        facts: Facts,
        column: HeaderColumn,
        indicator: Indicator,
        a1: str,
    ) -> Decimal | None:
        wanted = indicator.unit_of(measure)
        found = promise.unit or ("%" if measure.is_growth else self.placer.level_unit_of(facts, column))
        if not found or (found == "%" and not measure.is_growth):
            self.told.add("units.missing", a1, f"{indicator.short}({wanted})")
            return Decimal(1)
        multiplier = factor(found, wanted)
        if multiplier is None:
            self.reading.add(
                "units.mismatch", Severity.HARD,
                f"单位是“{found}”", f"能换算成“{wanted}”的单位", "请核对单位后改正",
                self.sheet.name, a1, indicator.name,
            )  # fmt: skip
        return multiplier

    def _is_growth(self, promise: Promise, column: HeaderColumn, facts: Facts, indicator: Indicator) -> bool:
        if promise.growth is not None:
            return promise.growth
        if column.growth is not None:
            return column.growth
        if facts.units or column.unit:
            return set(facts.units or (column.unit,)) <= {"%", "百分点"}
        return facts.growth if facts.growth is not None else self._headline_is_growth(indicator)

    def _headline_is_growth(self, indicator: Indicator) -> bool:
        return all(m.is_growth for m in indicator.measures) or self.placer.percent_everywhere

    def _unreadable(self, indicator: Indicator, text: str, a1: str) -> None:
        self.reading.add(
            "targets.no_number", Severity.SOFT, f"“{text}”没有写明一个数, 没有读入",
            "如 增长6%以上、37.1亿元、不高于2.5",
            "请向下达目标的单位核实, 写成一个数", self.sheet.name, a1, indicator.name,
        )  # fmt: skip

    def _has_numbers(self, values: list[CellValue]) -> bool:
        return any(
            c.index < len(values) and re.search(r"\d", str(values[c.index] or "")) is not None
            for c in self.data
        )


def _bare_year(text: str) -> int | None:
    found = re.search(r"(?<!\d)(20\d{2})(?!\d)", text)
    return int(found[1]) if found and "〔" not in text else None


def _parts(value: CellValue) -> list[CellValue]:
    """37.1亿元,增长6% are two promises in one cell; 1,234 is one number."""
    if not isinstance(value, str):
        return [value]
    return [p for p in re.split(r"[,，](?!\d{3}(?!\d))|[;；、\n]", value) if re.search(r"\d", p)] or [value]
