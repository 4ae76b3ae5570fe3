"""The plan of a firm ledger: what acceptance would do, and what is wrong. A blank cell changes nothing.

One code one firm: a row with a known code and another name is that firm renamed, and the old name stays
known. A row that bears a firm's former name is that firm, and does not rename it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.imports.matching import FirmFound, FirmMatcher
from wenpan.district.firms.imports.plans import FirmLine
from wenpan.district.firms.models import Firm, FirmName
from wenpan.district.intake.handlers import Change
from wenpan.documents.firms.ledger_rows import LedgerRow, ledger_rows
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import normalised

LABELS = {
    "uscc": "统一社会信用代码", "name": "企业名称", "trade": "行业", "size": "规模", "town": "所在镇街",
    "park": "园区", "lists": "名录", "honours": "资质认定", "contact": "联系人", "phone": "联系电话",
    "state": "状态",
}  # fmt: skip


def firm_plan(reading: Reading) -> tuple[list[FirmLine], list[CheckFinding]]:
    rows, findings = ledger_rows(reading)
    units = {unit.code: unit for unit in Unit.objects.all()}
    matcher = FirmMatcher()
    known: dict[int, set[str]] = {}
    for pk, name in FirmName.objects.values_list("firm_id", "name"):
        known.setdefault(pk, set()).add(normalised(name))
    lines: list[FirmLine] = []
    taken: dict[Any, LedgerRow] = {}
    for row in rows:
        found = matcher.of(row.name, row.uscc)
        if found.several:
            findings.append(_several(row, found.several))
            continue
        key = found.firm.pk if found.firm else (row.uscc or normalised(row.name))
        if key in taken:
            findings.append(_twice(row, taken[key]))
            continue
        taken[key] = row
        findings += _notes(row, found)
        lines.append(_line(row, found, units, known))
    return lines, findings


def _line(row: LedgerRow, found: FirmFound, units: dict[str, Unit], known: dict[int, set[str]]) -> FirmLine:
    firm = found.firm
    said: dict[str, Any] = dict(row.values)
    if row.uscc:
        said["uscc"] = row.uscc
    if found.by != "former":
        said["name"] = row.name
    if row.town in units:
        said["town"] = units[row.town]
    if row.state and (firm is None or firm.state in (Firm.State.ACTIVE, Firm.State.GONE)):
        said["state"] = row.state
    values = {key: value for key, value in said.items() if firm is None or getattr(firm, key) != value}
    held = known.get(firm.pk, set()) if firm else set[str]()
    current = {normalised(row.name)} | ({firm.compared} if firm else set())
    former = [name for name in row.former if normalised(name) not in held | current]
    if firm is not None and "name" in values and normalised(firm.name) not in held:
        former = [firm.name, *(name for name in former if normalised(name) != firm.compared)]
    line = FirmLine(row, firm, values, tuple(former))
    return FirmLine(row, firm, values, tuple(former), tuple(_changes(line)))


def _changes(line: FirmLine) -> Iterator[Change]:
    row, firm = line.row, line.current
    subject = f"{row.name} {row.uscc}".strip()
    if firm is None:
        told = "、".join(
            f"{LABELS[k]}{value_words(v)}" for k, v in line.values.items() if k not in ("name", "uscc")
        )
        yield Change(subject, row.place, "", told or row.name, "new", row.name, "企业")
    else:
        for key, value in line.values.items():
            cell = row.record.cell("code" if key == "uscc" else key)
            place, old = f"{row.record.sheet}!{cell}", value_words(getattr(firm, key))
            yield Change(
                f"{subject} · {LABELS[key]}", place, old, value_words(value), "revised" if old else "new",
                row.name, LABELS[key],
            )  # fmt: skip
    for name in line.former:
        yield Change(f"{subject} · 曾用名 · {name}", row.place, "", name, "new", row.name, "曾用名")
    if line.idle:
        yield Change(subject, row.place, "", "", "unchanged", row.name, "企业")


def value_words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, Unit):
        return value.short_name
    labels = {**dict(Firm.Size.choices), **dict(Firm.State.choices)}
    return "" if value is None else str(labels.get(value, value))


def _notes(row: LedgerRow, found: FirmFound) -> Iterator[CheckFinding]:
    firm = found.firm
    if firm is None:
        return
    if found.by == "former":
        words = f"“{row.name}”是{firm.name}的曾用名, 按这家企业读入, 名称不改"
        yield _at(row, "former", Severity.NOTE, "name", words, firm.name, "")
    elif found.by == "code" and firm.name != row.name:
        words = f"企业由“{firm.name}”更名为“{row.name}”"
        yield _at(row, "renamed", Severity.SOFT, "name", words, firm.name, "请核实是更名还是代码填错")
    if firm.state == Firm.State.MERGED:
        words = f"{firm.name}已并入其他企业, 状态不改"
        yield _at(row, "merged", Severity.NOTE, "name", words, "", "")


def _several(row: LedgerRow, firms: tuple[str, ...]) -> CheckFinding:
    words = f"按名称对上{len(firms)}家企业: {'、'.join(firms[:5])}"
    return _at(row, "several", Severity.HARD, "name", words, "统一社会信用代码", "请填上代码后再传")


def _twice(row: LedgerRow, first: LedgerRow) -> CheckFinding:
    words = f"与第{first.record.row}行是同一家企业"
    return _at(row, "twice", Severity.HARD, "name", words, "一家企业一行", "请合并为一行")


def _at(
    row: LedgerRow, check: str, severity: Severity, key: str, found: str, expected: str, advice: str
) -> CheckFinding:
    cell = row.record.cell(key)
    return CheckFinding(f"firms.{check}", severity, found, expected, advice, row.record.sheet, cell, row.name)
