"""What a file of visits and receptions would add: one plan for preview and acceptance. Reads only.

What is there already (the same day, unit and guest) is unchanged: a ledger that is handed in every month
brings only what is new. A row without a unit is of whoever handed the file in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models import Deal, Reception
from wenpan.district.attraction.models.work import OCCASIONS
from wenpan.district.intake.handlers import Change
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.funnel.identity import core_name
from wenpan.economy.quality.finding import CheckFinding, Severity

_LIMITS = {"host": 120, "guest": 120, "place": 60, "result": 400, "promise": 200, "promise_by": 40}


@dataclass(frozen=True)
class ReceptionLine:
    """`known`: it is there already, and nothing is done."""

    record: Record
    values: dict[str, Any]
    known: bool

    @property
    def changes(self) -> Iterator[Change]:
        place = f"{self.record.sheet}!{self.record.cell('guest')}"
        words = "" if self.known else f"{dict(OCCASIONS)[self.values['kind']]} {self.values['result'][:60]}"
        yield Change(
            f"{self.values['on']} {self.values['guest']}", place, "", words,
            "unchanged" if self.known else "new", self.values["guest"], "拜访接待",
        )  # fmt: skip


def reception_changes(
    reading: Reading, today: date, own: Unit | None
) -> tuple[list[ReceptionLine], list[CheckFinding]]:
    """`own`: the unit of who hands the file in."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    deals = _Deals()
    held = {
        (on, unit, core_name(guest))
        for on, unit, guest in Reception.objects.filter(withdrawn_at=None).values_list("on", "unit", "guest")
    }
    lines, findings = [], list[CheckFinding]()
    for record in reading.records:
        if not record["met_on"] or not record["guest"]:
            continue
        values = _values(record, units.get(record["unit"], own))
        said = list(_questions(record, values, today))
        deal, found = deals.of(record)
        values["deal"] = deal
        findings += said + found
        if any(f.severity is Severity.HARD for f in (*said, *found)):
            continue
        key = (values["on"], values["unit"].pk, core_name(values["guest"]))
        lines.append(ReceptionLine(record, values, key in held))
        held.add(key)
    return lines, findings


class _Deals:
    def __init__(self) -> None:
        rows = Deal.objects.filter(retracted=False, duplicate_of=None)
        self.by_code, self.by_name = {}, dict[str, list[Deal]]()
        for deal in rows.only("code", "name", "unit_id"):
            self.by_code[deal.code] = deal
            self.by_name.setdefault(core_name(deal.name), []).append(deal)

    def of(self, record: Record) -> tuple[Deal | None, list[CheckFinding]]:
        """By number, else by name; a name that fits none or several is told, and the row comes in without."""
        code, name = str(record["deal_code"] or "").strip(), str(record["name"] or "").strip()
        if code:
            deal = self.by_code.get(code)
            words = f"没有编号为{code}的项目"
            return deal, [] if deal else [_finding(record, "deal_code", words, "已有的项目编号")]
        fitting = self.by_name.get(core_name(name), []) if name else []
        if not name or len(fitting) == 1:
            return (fitting[0] if fitting else None), []
        words = f"“{name}”对上{len(fitting)}个招商项目, 不与项目相连"
        return None, [_finding(record, "name", words, "项目编号", Severity.NOTE)]


def _values(record: Record, unit: Unit | None) -> dict[str, Any]:
    values: dict[str, Any] = {key: str(record[key] or "").strip()[:most] for key, most in _LIMITS.items()}
    values |= {"on": record["met_on"], "kind": record["kind"] or "reception", "unit": unit}
    values["promise_on"] = record["promise_on"] if values["promise"] else None
    values["promise_by"] = values["promise_by"] if values["promise"] else ""
    values["result"] = values["result"] or "（表中没有写结果）"
    return values


def _questions(record: Record, values: dict[str, Any], today: date) -> Iterator[CheckFinding]:
    if values["unit"] is None:
        yield _finding(record, "unit", "没有写承办单位", "承办单位")
    if values["on"] > today:
        yield _finding(record, "met_on", f"日期{values['on']}在今天之后", f"不晚于{today}")
    if values["promise"] and (values["promise_on"] is None or not values["promise_by"]):
        yield _finding(record, "promise", "承诺事项没有写时限或责任人", "时限和责任人")
    elif values["promise_on"] is not None and values["promise_on"] < values["on"]:
        yield _finding(record, "promise_on", f"承诺的时限{values['promise_on']}早于当天", "不早于当天")


def _finding(
    record: Record, key: str, found: str, expected: str, severity: Severity = Severity.HARD
) -> CheckFinding:
    return CheckFinding(
        "receptions.row", severity, found, expected, "请核实", record.sheet, record.cell(key),
        str(record["guest"] or ""),
    )  # fmt: skip
