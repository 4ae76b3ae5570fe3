"""The cells of one record's row, each read by the type of its column.

Pure. What a cell does not say exactly (待定, 2022年下半年, 1.2亿 in a column of 万元) is a finding; a
value that cannot be read stays None and is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wenpan.documents.spreadsheets.cells import MISSING, NOT_ASSESSED, NUMBER, TEXT, cell_text, read_cell
from wenpan.documents.spreadsheets.workbook import CellValue
from wenpan.documents.spreadsheets.xlsx_package import letters
from wenpan.documents.tables.reading import Context, Reading
from wenpan.documents.tables.records.shape import RecordColumn, RecordTable
from wenpan.documents.words import periods
from wenpan.documents.words.days import read_day, read_moment
from wenpan.documents.words.units import factor, normal
from wenpan.economy.funnel.money import Money, MoneyError, read_money
from wenpan.economy.quality.finding import Severity

_VAGUE = re.compile(r"季度|半年|全年|上旬|中旬|下旬|左右|前$|后$|[-—~至].*月")
_AFTER_NUMBER = re.compile(r"^[+-]?[\d,.]+")
_NO_DAY = ("-", "—", "/", "无", "未签约", "未注册", "未开工", "未竣工", "未投产", "待定")
_ROUNDED = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{2}$|^\d{12,}0{4,}$")  # 3.60102E+17
_BARE = re.compile(r"^([\d,.]+)([亿万])$")


class Row:
    """Reads the cells of one row and adds findings at their addresses."""

    def __init__(self, table: RecordTable, context: Context, reading: Reading, number: int) -> None:
        self.table, self.context, self.reading, self.number = table, context, reading, number
        self.joint: dict[str, tuple[str, ...]] = {}

    def value(self, index: int, column: RecordColumn, cell: CellValue) -> Any:
        if cell is None and (self._error(index, column.label) or not column.required):
            return None
        said = clean(cell)
        value = getattr(self, f"_{column.type}")(index, column, cell, said) if said else None
        if value is None and column.required and not said:
            self._add(
                "required", Severity.HARD, index, f"“{column.label}”没有填", column.label, "请补填后再传"
            )
        return value

    def cell_of_series(self, index: int, row: Sequence[CellValue]) -> Any:
        cell = row[index] if index < len(row) else None
        if cell is None and self._error(index, "月份列"):
            return None
        if self.table.kind.series == "text":
            return clean(cell) or None
        if isinstance(cell, float) and self.table.units[index] == self.table.kind.series_unit:
            return cell  # half a million cells: the plain case first
        column = RecordColumn("series", "月份列", "amount", unit=self.table.kind.series_unit)
        return self._amount(index, column, cell, clean(cell)) if clean(cell) else None

    def _add(
        self, check: str, severity: Severity, index: int, found: str, expected: str, advice: str
    ) -> None:
        subject = next((str(v) for v in self._names()), "")
        self.reading.add(
            f"records.{check}",
            severity,
            found,
            expected,
            advice,
            self.table.sheet.name,
            f"{letters(index)}{self.number}",
            subject,
        )

    def _error(self, index: int, label: str) -> bool:
        """A formula in the cell gave an error: it is told, and the cell is no blank."""
        errors = self.table.sheet.errors
        said = errors.get(f"{letters(index)}{self.number}") if errors else None
        if said:
            self._add(
                "error", Severity.HARD, index, f"公式出错: {said}", label, "请改好公式, 或粘贴为数值后再传"
            )
        return bool(said)

    def _names(self) -> Iterator[CellValue]:
        row = self.table.sheet.rows[self.number - 1]
        return (row[i] for i, c in self.table.columns.items() if c.key == "name" and i < len(row) and row[i])

    def _text(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> str | None:
        rounded = (isinstance(cell, float) and abs(cell) >= 1e15) or _ROUNDED.match(said)
        if column.key == "code" and rounded:
            self._add(
                "code_digits", Severity.HARD, index, "编号是按数字存的, 末几位已经丢失",
                "按文本存的编号, 如 2107-360102-04-01",
                "请向报送单位核实完整的编号; 程序不补末几位的0",
            )  # fmt: skip
            return None
        return _in_one_line(said) if column.key in _ONE_LINE else said

    def _amount(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> Decimal | None:
        stated = self.table.units.get(index) or column.unit
        bare = _BARE.match(normal(said))
        read = read_cell(f"{bare[1]}{bare[2]}元" if bare else cell)
        if read.kind in (MISSING, NOT_ASSESSED):
            return None
        if read.kind != NUMBER or read.value is None:
            self._add(
                "not_a_number",
                Severity.HARD,
                index,
                f"“{said}”不是金额",
                f"{column.label}, 单位{stated}",
                "请核实后填写数字",
            )
            return None
        own = read.unit or stated
        times = factor(own, column.unit)
        if times is None:
            self._add(
                "unit_unknown", Severity.HARD, index, f"“{said}”的单位不是金额单位", column.unit, "请核实单位"
            )
            return None
        if read.unit and read.unit != stated:
            self._add(
                "unit_mixed",
                Severity.SOFT,
                index,
                f"本列单位是{stated}, 这一格写的是“{said}”",
                f"与本列一致的{stated}",
                "请核实这一格的单位; 按格内写明的单位换算",
            )
        return read.value * times

    def _money(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> Money | None:
        """With its own unit and currency: 1.2亿 stands beside 3000 and 500万美元."""
        if read_cell(cell).kind in (MISSING, NOT_ASSESSED):
            return None
        stated = self.table.units.get(index, "")
        try:
            money = read_money(cell, stated)
        except MoneyError as error:
            self._add(
                "not_money", Severity.HARD, index, str(error), f"{column.label}, 如 3000万元",
                "请核实后填写数字, 并在表头或格内写明单位",
            )  # fmt: skip
            return None
        own = _AFTER_NUMBER.sub("", normal(said))
        if own and stated and own != stated:
            words = f"本列单位是{stated}, 这一格写的是“{said}”, 按{money}读入"
            self._add(
                "unit_mixed", Severity.SOFT, index, words, f"与本列一致的{stated}", "请核实这一格的单位"
            )
        return money

    def _day(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> date | None:
        if normal(said) in _NO_DAY:
            return None
        found = read_day(cell)
        if found is None:
            severity = Severity.HARD if column.required else Severity.SOFT
            self._add(
                "day_unread", severity, index, f"“{column.label}”写的是“{said}”", "日期, 如 2022-09-30",
                "请核实确切日期; 未定时请留空",
            )  # fmt: skip
            return None
        if found.month_only:
            words = f"“{column.label}”只写到月份“{said}”, 按当月最后一日{found.on}记"
            self._add(
                "day_of_month", Severity.SOFT, index, words, "日期, 如 2022-09-30", "有确切日期的请补填"
            )
        return found.on

    def _moment(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> datetime | None:
        if normal(said) in _NO_DAY:
            return None
        found = read_moment(cell)
        if found is None:
            self._add(
                "moment_unread", Severity.HARD, index, f"“{column.label}”写的是“{said}”",
                "日期和时间, 如 2022-09-30 14:05", "请核实确切时间; 没有的请留空",
            )  # fmt: skip
        return found

    def _number(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> Decimal | None:
        read = read_cell(cell)
        if read.kind == TEXT:
            self._add(
                "not_a_number", Severity.HARD, index, f"“{said}”不是数", column.label, "请核实后填写数字"
            )
        return read.value

    def _month(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> str | None:
        if normal(said) in ("-", "—", "/", "无", "未开工", "未竣工"):
            return None
        found = periods.period_of(cell)
        vague = isinstance(cell, str) and _VAGUE.search(normal(said))
        if found and found.year and not found.ambiguous and not vague:
            return f"{found.year}-{found.month:02d}"
        severity = Severity.HARD if column.required else Severity.SOFT
        self._add(
            "date_as_text",
            severity,
            index,
            f"“{column.label}”写的是“{said}”",
            "年月, 如 2022-09",
            "请核实确切年月; 未定时请留空并在入账时说明",
        )
        return None

    def _choice(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> str | None:
        text = normal(said)
        for code, words in column.choices.items():
            if text == code or text in words:
                return code
        near = next((code for code, words in column.choices.items() if any(w in text for w in words)), None)
        if near is None:
            names = "、".join(words[0] for words in column.choices.values())
            severity = Severity.HARD if column.required else Severity.SOFT
            self._add(
                "choice_unknown",
                severity,
                index,
                f"“{column.label}”写的是“{said}”",
                names,
                "请核实后改为其中之一",
            )
        return near

    def _unit(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> str | None:
        known = self.context.units
        if code := known.get(normal(said)) or known.get(said):
            return code
        names = [name for name in re.split(r"[、,，;；/\n]|(?<=[局委办镇])和", said) if name.strip()]
        codes = [known.get(normal(name)) for name in names]
        if len(names) > 1 and all(codes):
            return self._joint(index, column, said, tuple(c for c in codes if c))
        self._add(
            "unit_not_registered",
            Severity.HARD if column.required else Severity.SOFT,
            index,
            f"“{column.label}”写的是“{said}”",
            "已登记的镇街、园区或部门",
            "请核实名称; 新设或更名的单位请管理员登记后再传",
        )
        return None

    def _joint(self, index: int, column: RecordColumn, said: str, codes: tuple[str, ...]) -> str | None:
        """Of several departments the first leads; several towns do not say where a project lies."""
        self.joint[column.key] = codes
        if column.key == "unit":
            severity = Severity.HARD if column.required else Severity.SOFT
            found = f"“{column.label}”写了几个: “{said}”, 没有读入"
            self._add("unit_joint", severity, index, found, "一个镇街", "请核实项目主要在哪个镇街")
            return None
        found = f"“{column.label}”写了几个单位, 按第一个单位牵头读入: “{said}”"
        self._add("unit_joint", Severity.NOTE, index, found, "", "")
        return codes[0]

    def _yes_no(self, index: int, column: RecordColumn, cell: CellValue, said: str) -> bool:
        return normal(said).lower() in ("是", "有", "√", "✓", "y", "yes", "1", "true")


_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff、（(）)])[ \t]*\r?\n[ \t]*(?=[\u4e00-\u9fff（(）)])")
_LINE = re.compile(r"[ \t]*\r?\n[ \t]*")


_ONE_LINE = ("code", "name", "owner", "investor", "company")


def _in_one_line(text: str) -> str:
    """A name that was broken over two lines of its cell: one name; between other words a blank."""
    return _LINE.sub(" ", _BROKEN.sub("", text)) if "\n" in text and len(text) < 80 else text


def clean(cell: CellValue) -> str:
    """The text of a cell; blanks and 未报 are empty."""
    if cell is None or cell == "":
        return ""
    text = cell_text(cell)
    said_missing = isinstance(cell, str) and read_cell(cell).kind == MISSING  # a number never says so
    return "" if said_missing else text
