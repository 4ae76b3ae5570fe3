"""What a file of offers would change: one plan for preview and acceptance. A blank cell changes nothing.
Reads only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models import Offer
from wenpan.district.attraction.offers.actions import LARGEST, LIMITS
from wenpan.district.intake.handlers import Change
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules.deals import offer_rules

_LABELS = {
    "name": "名称",
    "place": "位置",
    "chain": "产业链",
    "contact": "联系人",
    "phone": "联系电话",
    "note": "说明",
    "unit": "责任单位",
    "amount": "数量",
    "state": "状态",
    "kind": "类别",
    "retracted": "恢复",
}


@dataclass(frozen=True)
class OfferLine:
    """`values`: the columns that change; of a new offer all that the row says."""

    record: Record
    code: str
    current: Offer | None
    values: dict[str, Any]

    @property
    def changes(self) -> Iterator[Change]:
        name = str(self.record["name"])
        subject, place = f"{self.code} {name}", f"{self.record.sheet}!{self.record.cell('name')}"
        if self.current is None:
            yield Change(subject, place, "", _said(self.values.get("kind")), "new", name, "资源")
        elif not self.values:
            yield Change(subject, place, "", "", "unchanged", name, "资源")
        else:
            for key, value in self.values.items():
                old, label = _said(getattr(self.current, key)), _LABELS[key]
                yield Change(f"{subject} · {label}", place, old, _said(value), "revised", name, label)


def _said(value: Any) -> str:
    names = {k.code: k.name for k in offer_rules().kinds} | {s.code: s.name for s in offer_rules().states}
    return "" if value is None else names.get(value, str(value)) if isinstance(value, str) else str(value)


def offer_changes(reading: Reading, today: date) -> tuple[list[OfferLine], list[CheckFinding]]:
    by_code, by_name = {}, {}
    for offer in Offer.objects.select_related("unit"):
        by_code[offer.code] = by_name[offer.kind, offer.name] = offer
    units = {unit.code: unit for unit in Unit.objects.all()}
    fresh = _codes(by_code, today.year)
    lines, findings, taken = [], list[CheckFinding](), dict[str, Record]()
    for record in reading.records:
        if not record["name"] or not record["kind"]:
            continue
        written = str(record["code"] or "").strip()[:40]
        held = by_code.get(written) or by_name.get((record["kind"], str(record["name"])[:120]))
        code = held.code if held else written or next(fresh)
        if code in taken:
            findings.append(_twice(record, taken[code]))
            continue
        taken[code] = record
        lines.append(OfferLine(record, code, held, _values(record, held, units, findings)))
    return lines, findings


def _codes(known: dict[str, Offer], year: int) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if (code := f"ZY{year}-{number:03d}") not in known:
            yield code


def _values(
    record: Record, held: Offer | None, units: dict[str, Unit], findings: list[CheckFinding]
) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: str(record[name]).strip()[:most] for name, most in LIMITS.items() if record[name]
    }
    values["kind"] = record["kind"]
    if record["unit"] in units:
        values["unit"] = units[record["unit"]]
    if record["amount"] is not None:
        amount = Decimal(str(record["amount"])).quantize(Decimal("0.01"))
        if 0 <= amount < LARGEST:
            values["amount"] = amount
        else:
            findings.append(
                _finding(record, "amount", f"数量写的是{record['amount']}", "不小于0的数", "请核实")
            )
    if record["state"]:
        values["state"] = record["state"]
    if held is None:
        return {"state": offer_rules().states[0].code, **values}
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    return changed | ({"retracted": False} if held.retracted else {})


def _twice(record: Record, first: Record) -> CheckFinding:
    return _finding(record, "name", f"与第{first.row}行是同一项资源", "一项一行", "请合并, 或填写不同的编号")


def _finding(record: Record, key: str, found: str, expected: str, advice: str) -> CheckFinding:
    name = str(record["name"])
    return CheckFinding(
        "offers.row", Severity.HARD, found, expected, advice, record.sheet, record.cell(key), name
    )
