"""What a table of ratings would change: the same plan for the preview and for the acceptance. Reads only.

The register is named by the table's title. A day may be written 2021-03-31 or 2021年3月31日; a month stands
for its last day. What is no day is a finding; an amount without its unit is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.district.intake.handlers import Change
from wenpan.district.projects.models import Rating
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.periods import find_period
from wenpan.economy.judging.light_words import name_of
from wenpan.economy.quality.finding import CheckFinding, Severity

KIND = "project_ratings"
FIELDS = ("name", "department", "category", "word", "light", "rated_by", "start", "finish", "cost", "unit")
_LIMITS = {"name": 200, "department": 120, "category": 80, "word": 20, "rated_by": 40, "unit": 20}
_DAY = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_ABROAD = {"amber": "YELLOW"}


@dataclass(frozen=True)
class RatingLine:
    """One rating beside the version that holds."""

    record: Record
    register: str
    code: str
    on: date
    values: dict[str, Any]
    current: Rating | None

    @property
    def kind(self) -> str:
        if self.current is None:
            return "new"
        same = all(getattr(self.current, name) == value for name, value in self.values.items())
        return "unchanged" if same else "revised"

    @property
    def change(self) -> Change:
        old = "" if self.current is None else rating_words({n: getattr(self.current, n) for n in FIELDS})
        return Change(
            f"{self.code} {self.values['name']} · {self.on}",
            f"{self.record.sheet}!{self.record.cell('word')}",
            old,
            rating_words(self.values),
            self.kind,  # type: ignore[arg-type]
            row=self.values["name"],
            column=str(self.on),
        )


def rating_words(values: Mapping[str, Any]) -> str:
    finish = f" 计划完工{values['finish']}" if values["finish"] else ""
    cost = f" {values['cost']:g}{values['unit']}" if values["cost"] is not None else ""
    return f"{values['word'] or '无评级'}{finish}{cost}"


def register_of(reading: Reading) -> str:
    """The name of the register, without the words that only say what kind of table it is."""
    return re.sub(r"(?:评级|通报)表?$", "", reading.title.strip())[:80] or reading.title[:80]


def rating_changes(reading: Reading) -> tuple[list[RatingLine], list[CheckFinding]]:
    findings: list[CheckFinding] = []
    register = register_of(reading)
    held = {(r.code, r.on): r for r in Rating.objects.filter(register=register, superseded_at__isnull=True)}
    lines = []
    for record in reading.records:
        on = _day(record, "day", Severity.HARD, findings)
        values = _values(record, findings)
        if record["code"] and on and values["name"]:
            code = str(record["code"])[:40]
            lines.append(RatingLine(record, register, code, on, values, held.get((code, on))))
    return lines, findings


def _light(word: str) -> str:
    """What the register's own colour means here; "" where it says nothing of red, yellow or green."""
    name = _ABROAD.get(word.lower()) or name_of(word)
    return "" if name == "UNKNOWN" else name


def _values(record: Record, findings: list[CheckFinding]) -> dict[str, Any]:
    values: dict[str, Any] = {name: str(record[name] or "")[:size] for name, size in _LIMITS.items()}
    values["light"] = record["light"] or _light(values["word"])
    values["start"] = _day(record, "start", Severity.SOFT, findings)
    values["finish"] = _day(record, "finish", Severity.SOFT, findings)
    values["cost"] = None if record["cost"] is None else float(record["cost"])
    if values["cost"] is not None and not values["unit"]:
        values["cost"] = None
        what = f"总费用{record['cost']}没有写明金额单位"
        ask = ("如 万元、百万英镑", "请在“金额单位”列写明; 程序不猜")
        findings.append(_finding(record, "cost", "ratings.unit_missing", Severity.HARD, what, *ask))
    return {name: values[name] for name in FIELDS}


def _day(record: Record, name: str, severity: Severity, findings: list[CheckFinding]) -> date | None:
    text = str(record[name] or "").strip()
    if not text:
        return None
    if (found := day(text)) is None:
        ask = ("如 2021-03-31", "请核实确切日期; 未定的请留空")
        findings.append(
            _finding(record, name, "ratings.not_a_day", severity, f"写的是“{text}”, 不是日期", *ask)
        )
    return found


def day(text: str) -> date | None:
    """A day, or the last day of a month; None for anything else."""
    if exact := _DAY.match(text):
        try:
            return date(*(int(g) for g in exact.groups()))
        except ValueError:
            return None
    found = find_period(text)
    if found and found.year and not found.ambiguous and re.fullmatch(r"\d{4}[-./年]\d{1,2}月?", text):
        return date(found.year, found.month, monthrange(found.year, found.month)[1])
    return None


def _finding(
    record: Record, name: str, check: str, severity: Severity, what: str, expected: str, advice: str
) -> CheckFinding:
    subject = str(record["name"] or record["code"] or "")
    return CheckFinding(check, severity, what, expected, advice, record.sheet, record.cell(name), subject)
