"""The cells of one row of a register, each read by the register's own habits.

Pure. 2019-03-31, 31/03/2019 and 31.03.19 are dates where the register writes the day first; £25.80, Ł9.60m
and 1,060.97 are amounts; "Exempt under Section 43" is no amount of 43.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wenpan.documents.spreadsheets.workbook import Sheet, address
from wenpan.economy.quality.finding import CheckFinding, Severity

from .kind import RegisterKind

_ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]00:00(?::00)?)?$")
_SHORT = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$")
_NUMBER = re.compile(r"^([\d,]+(?:\.\d+)?)\s*m?$")
_CENTURY = 70  # 31.03.69 is 2069, 31.03.70 is 1970
LABELS = {"start": "开工日期", "finish": "完工日期", "budget": "年度预算", "forecast": "年度预测",
          "cost": "全周期费用", "rating": "评级", "own_rating": "自评"}  # fmt: skip


# check -> severity, what was found, what is expected, what to do
MESSAGES: dict[str, tuple[Severity, str, str, str]] = {
    "row": (Severity.HARD, "没有报告年度或项目名称, 这一行没有读入", "报告年度和项目名称", "请补填"),
    "finish_before_start": (Severity.SOFT, "完工{finish}早于开工{start}", "完工不早于开工", "请核实"),
    "rating_unknown": (Severity.SOFT, "“{label}”写的是“{said}”", "{scale}", "请核实; 按没有评级处理"),
    "not_a_date": (
        Severity.SOFT,
        "“{label}”写的是“{said}”, 不是日期",
        "如 2019-03-31",
        "请核实确切日期; 按没有日期处理",
    ),
    "mangled_sign": (Severity.NOTE, "“{said}”的货币符号是乱码", "{read}", "按{currency}读入, 请核实"),
    "not_a_number": (
        Severity.SOFT,
        "“{label}”写的是“{said}”, 不是金额",
        "数字, 单位{unit}",
        "请核实; 按没有数处理",
    ),
    "exempt": (Severity.SOFT, "“{label}”不公布: “{said}”", "", "没有数, 不是0"),
    "not_given": (Severity.SOFT, "“{label}”写的是“{said}”", "", "没有数, 不是0"),
    "alike": (
        Severity.SOFT,
        "名称与上一期不完全相同, 按相近名称和同一开工日期认作{code}",
        "同一个项目",
        "请核实",
    ),
    "name_twice": (
        Severity.SOFT,
        "同一期里同名的项目不止一个",
        "一个项目一行",
        "请核实; 不与其他期的同名项目相连",
    ),
}


def message(check: str, sheet: Sheet, row: int, column: int, subject: str, **facts: object) -> CheckFinding:
    severity, *texts = MESSAGES[check]
    found, expected, advice = (text.format_map(facts) for text in texts)
    place = address(row, column)
    return CheckFinding(f"register.{check}", severity, found, expected, advice, sheet.name, place, subject)


@dataclass(frozen=True)
class Entry:
    """What one report said of one project. `rating`: the word, "" where none is given; `rated_by`:
    "authority" or "self"."""

    row: int  # 1 is the first
    year: int
    on: date
    code: str
    name: str
    department: str
    category: str
    rating: str
    light: str
    rated_by: str
    start: date | None
    finish: date | None
    budget: float | None
    forecast: float | None
    cost: float | None
    linked: str = ""  # how it was found in the report before: "name", "alike" or ""


def day(text: str, *, day_first: bool = True) -> date | None:
    """None for anything that is not exactly one day."""
    if iso := _ISO.match(text):
        y, m, d = (int(g) for g in iso.groups())
    elif short := _SHORT.match(text):
        one, two, y = (int(g) for g in short.groups())
        d, m = (one, two) if day_first else (two, one)
        y = y if y > 99 else y + (2000 if y < _CENTURY else 1900)
    else:
        return None
    try:
        return date(y, m, d)
    except ValueError:
        return None


def amount(text: str, kind: RegisterKind) -> float | None:
    """The number in the register's unit; None for anything that is not exactly one amount."""
    minus = text.startswith("-")
    plain = text[minus:]
    for sign in (*kind.signs, *kind.mangled_signs):
        plain = plain.removeprefix(sign)
    found = _NUMBER.match(plain.strip())
    if not found or not any(c.isdigit() for c in found[1]):
        return None
    return float(found[1].replace(",", "")) * (-1 if minus else 1)


class Cells:
    """Reads one row and adds findings at its addresses."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Mapping[str, int],
        number: int,
        kind: RegisterKind,
        findings: list[CheckFinding],
    ) -> None:
        self.sheet, self.columns, self.number, self.kind, self.findings = (
            sheet,
            columns,
            number,
            kind,
            findings,
        )

    def entry(self) -> Entry | None:
        """None for a blank row and for one without year or name, which is then a hard finding."""
        if not any(self.text(name) for name in self.columns):
            return None
        year = re.match(r"^(\d{4})(?:\.0)?$", self.text("report_year"))
        if not year or not self.text("name"):
            self._say("report_year" if not year else "name", "row")
            return None
        word, by = self._rating()
        start, finish = self._day("start"), self._day("finish")
        if start and finish and finish < start:
            self._say("finish", "finish_before_start", start=start, finish=finish)
        return Entry(
            self.number + 1,
            int(year[1]),
            self.kind.as_of(int(year[1])),
            "",
            self.text("name"),
            self.text("department"),
            self.text("category"),
            word,
            self.kind.scale.get(word, ""),
            by,
            start,
            finish,
            self._amount("budget"),
            self._amount("forecast"),
            self._amount("cost"),
        )

    def text(self, name: str) -> str:
        at = self.columns.get(name)
        row = self.sheet.rows[self.number]
        value = row[at] if at is not None and at < len(row) else None
        if isinstance(value, datetime | date):
            return f"{value:%Y-%m-%d}"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else " ".join(str(value).split())

    def _rating(self) -> tuple[str, str]:
        words = {word.lower(): word for word in self.kind.scale}
        for name, by in (("rating", "authority"), ("own_rating", "self")):
            said = self.text(name)
            if said.lower() in words:
                return words[said.lower()], by
            if said and not self._kept_back(name, said):
                self._say(name, "rating_unknown")
        return "", ""

    def _day(self, name: str) -> date | None:
        said = self.text(name)
        found = day(said, day_first=self.kind.day_first)
        if said and found is None and not self._kept_back(name, said):
            self._say(name, "not_a_date")
        return found

    def _amount(self, name: str) -> float | None:
        said = self.text(name)
        found = amount(said, self.kind)
        if found is not None and said.removeprefix("-").startswith(self.kind.mangled_signs):
            self._say(name, "mangled_sign", read=f"{''.join(self.kind.signs[:1])}{found:g}")
        elif said and found is None and not self._kept_back(name, said):
            self._say(name, "not_a_number")
        return found

    def _kept_back(self, name: str, said: str) -> bool:
        """Exempt from publication, or said not to be given: no value, and said so."""
        low = said.lower()
        if any(word in low for word in self.kind.exempt):
            self._say(name, "exempt")
            return True
        if any(low == word or low.startswith(f"{word} ") for word in self.kind.not_given):
            self._say(name, "not_given")
            return True
        return False

    def _say(self, name: str, check: str, **more: object) -> None:
        kind = self.kind
        facts = {"label": LABELS.get(name, ""), "said": self.text(name)[:60], "scale": "、".join(kind.scale),
                 "currency": kind.currency, "unit": kind.unit}  # fmt: skip
        column = self.columns.get(name, 0)
        self.findings.append(
            message(check, self.sheet, self.number, column, self.text("name"), **facts, **more)
        )
