"""What a table of clauses would change: one plan for preview and acceptance. A blank cell changes nothing.
Reads only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies.clause_records import DAYS, LARGEST
from wenpan.district.firms.policies.typed import clause_data, group_of, terms_of
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.handlers import Change
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import normalised

LABELS = {
    "name": "条款名称", "source": "政策文件", "terms": "适用条件",
    "valid_from": "施行日期", "valid_to": "有效期至",
    "claim_from": "申报开始", "claim_to": "申报截止", "office": "责任单位", "contact": "咨询电话",
    "papers": "申报材料", "group": "同类分组", "budget": "资金情况", "paid": "已兑付", "paid_on": "兑付截至",
    "text": "原文",
}  # fmt: skip
_CELLS = {"source": "document", "office": "unit"}
_TEXTS = {"contact": 60, "papers": 500, "group": 60, "text": 20_000}
PAID = ("paid", "paid_on")


@dataclass(frozen=True)
class ClauseLine:
    """`data` None: the wording stays; `changed`: what the row changes, `values` all that then holds."""

    record: Record
    current: SupportClause | None
    data: Mapping[str, Any] | None
    values: Mapping[str, Any]
    changed: Mapping[str, Any]

    @property
    def changes(self) -> Iterator[Change]:
        name, sheet = str(self.values["name"]), self.record.sheet
        place = f"{sheet}!{self.record.cell('name')}"
        if self.current is None:
            yield Change(name, place, "", value_words(self.values["source"]), "new", name, "条款")
        elif not self.changed:
            yield Change(name, place, "", "", "unchanged", name, "条款")
        else:
            held = held_values(self.current)
            for key, value in self.changed.items():
                at = f"{sheet}!{self.record.cell(_CELLS.get(key, key))}"
                old, label = value_words(held[key]), LABELS[key]
                kind = "revised" if old else "new"
                yield Change(f"{name} · {label}", at, old, value_words(value), kind, name, label)  # type: ignore[arg-type]


def value_words(value: Any) -> str:
    if isinstance(value, Unit):
        return value.short_name
    if isinstance(value, Decimal):
        return f"{value:.2f}万元"
    return "" if value is None else str(dict(SupportClause.Budget.choices).get(value, value))


def held_values(row: SupportClause) -> dict[str, Any]:
    """What holds of a clause, under the keys of the table."""
    return {
        "name": row.name, "source": row.source, "terms": terms_of(row), "group": group_of(row),
        **{day: getattr(row, day) for day in DAYS}, "office": row.office, "contact": row.contact,
        "papers": row.papers, "budget": row.budget, "paid": row.paid, "paid_on": row.paid_on,
        "text": row.text,
    }  # fmt: skip


def clause_plan(reading: Reading, today: date) -> tuple[list[ClauseLine], list[CheckFinding]]:
    by_code, by_name = {}, {}
    for row in SupportClause.objects.filter(superseded_at__isnull=True).select_related("office"):
        by_code[row.code] = by_name[normalised(row.name), normalised(row.source)] = row
    units = {unit.code: unit for unit in Unit.objects.all()}
    lines, findings, taken = list[ClauseLine](), list[CheckFinding](), dict[object, Record]()
    for record in reading.records:
        if not record["name"] or not record["document"]:
            continue
        key = normalised(str(record["name"])), normalised(str(record["document"]))
        current = by_code.get(str(record["code"] or "").strip()) or by_name.get(key)
        mark = current.pk if current else key
        if mark in taken:
            words = f"与第{taken[mark].row}行是同一个条款"
            findings.append(_finding(record, "name", words, "一个条款一行", "请合并为一行"))
            continue
        taken[mark] = record
        if (line := _line(record, current, units, today, findings)) is not None:
            lines.append(line)
    return lines, findings


def _line(
    record: Record, current: SupportClause | None, units: Mapping[str, Unit], today: date,
    findings: list[CheckFinding],
) -> ClauseLine | None:  # fmt: skip
    told = _told(record, units)
    held = held_values(current) if current else {"budget": "unknown"}
    values = {**dict.fromkeys(LABELS), **held, **told}
    if (wrong := _wrong_money(told, values["paid"], today)) is not None:
        findings.append(_finding(record, *wrong))
        return None
    changed = {key: value for key, value in told.items() if held.get(key) != value}
    data = None
    money = {*PAID, "budget"} if values["paid"] is not None else set[str]()
    if current is None or set(changed) - money:
        try:
            data = clause_data(
                name=values["name"], source=values["source"], terms=values["terms"] or "",
                days={day: values[day] for day in DAYS}, group=values["group"] or "",
                code=current.code if current else "",
            )  # fmt: skip
        except Refused as refusal:
            cell = "valid_from" if values["valid_from"] is None else "terms"
            findings.append(_finding(record, cell, refusal.message, "能读懂的条款", "请改这一格后再传"))
            return None
    return ClauseLine(record, current, data, values, changed)


def _told(record: Record, units: Mapping[str, Unit]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": " ".join(str(record["name"]).split())[:200],
        "source": " ".join(str(record["document"]).split())[:300],
    }
    terms = "\n".join(part for part in (str(record["terms"] or "").strip(), _support(record)) if part)
    if record["terms"]:
        told["terms"] = terms
    told |= {key: str(record[key]).strip()[:most] for key, most in _TEXTS.items() if record[key]}
    told |= {day: record[day] for day in (*DAYS, "paid_on") if record[day]}
    if record["unit"] in units:
        told["office"] = units[record["unit"]]
    if record["budget"]:
        told["budget"] = record["budget"]
    if record["paid"] is not None:
        told["paid"] = Decimal(str(record["paid"])).quantize(Decimal("0.01"))
    return told


def _support(record: Record) -> str:
    text = str(record["support"] or "").strip()
    return text if not text or "：" in text[:5] or ":" in text[:5] else f"支持：{text}"


def _wrong_money(
    told: Mapping[str, Any], paid: Decimal | None, today: date
) -> tuple[str, str, str, str] | None:
    if "paid" in told and not 0 <= told["paid"] < LARGEST:
        return "paid", f"已兑付写的是{told['paid']}", "不小于0的数, 单位万元", "请核实"
    if "paid" in told and "paid_on" not in told:
        return "paid", "有已兑付金额, 没有兑付截至日期", "兑付截至日期", "请补上截至哪一天"
    if "paid_on" in told and paid is None:
        return "paid_on", "有兑付截至日期, 没有已兑付金额", "已兑付金额", "请补上兑付了多少"
    if told.get("paid_on") and told["paid_on"] > today:
        return "paid_on", f"兑付截至写的是{told['paid_on']}", "不晚于今天", "请核实"
    return None


def _finding(record: Record, key: str, found: str, expected: str, advice: str) -> CheckFinding:
    return CheckFinding(
        "policies.row", Severity.HARD, found, expected, advice, record.sheet, record.cell(key),
        str(record["name"]),
    )  # fmt: skip
