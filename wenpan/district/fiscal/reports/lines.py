"""A reading as rows of a report: what each kind of table keeps, and what in it cannot be right.

A finding asks; nothing is put right, and what is printed is what is kept.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from wenpan.district.fiscal.models import BondRow, FiscalReport, FundRow, RevenueRow, TreasuryRow
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.fiscal.statement import StatementRow, rate_fault, rows_of, sum_faults
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules.figures.treasury import treasury_rules

Kind = FiscalReport.Kind
Row = RevenueRow | TreasuryRow | BondRow | FundRow
AMOUNTS = ("budget", "ytd", "ytd_last", "ytd_change", "month", "month_last", "month_change")
RATES = ("ytd_growth", "month_growth", "progress")
SUMMED = {"budget": "预算", "ytd": "累计", "ytd_last": "上年同期", "month": "当月"}
BOND_AMOUNTS = (
    "issued",
    "assigned",
    "paid_department",
    "paid_builder",
    "spent",
    "in_statistics",
    "retention",
)
SOURCES = ("central", "province", "bond")
_DAY = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_EIGHT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")  # 导出表20221019.xlsx
_YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True)
class ReportLines:
    """`key`: "" where the file does not say of when it is."""

    key: str
    rows: Sequence[Row]
    findings: Sequence[CheckFinding]


def lines_of(kind: str, reading: Reading, filename: str) -> ReportLines:
    key = key_of(kind, reading, filename)
    rows, findings = _of_text(reading.records) if reading.of_text else _MAKERS[Kind(kind)](reading.records)
    if not key:
        wanted = {Kind.BUDGET: "标题写明年度, 如 2022年"}.get(
            Kind(kind), "标题或文件名写明日期, 如 截至2022年9月30日"
        )
        findings = [
            *findings,
            CheckFinding(
                "fiscal.no_day", Severity.HARD, "没有写明是哪一天(哪一年)的表", wanted, "请说明是哪个月的"
            ),
        ]
    return ReportLines(key, rows, findings)


def key_of(kind: str, reading: Reading, filename: str) -> str:
    """Month, year or day of a report: as printed, else of the month that a person said; else ""."""
    if kind == Kind.REVENUE:
        return reading.period or ""
    texts = (reading.title, filename)
    if kind == Kind.BUDGET:
        found = next((m for text in texts if (m := _YEAR.search(text))), None)
        return found[1] if found else (reading.period or "")[:4]
    for text in texts:
        for match in (*_DAY.finditer(text), *_EIGHT.finditer(text)):
            try:
                return str(date(*(int(part) for part in match.groups())))
            except ValueError:
                continue
    if reading.period:
        year, month = int(reading.period[:4]), int(reading.period[5:7])
        return str(date(year, month, monthrange(year, month)[1]))
    return ""


def _head(record: Record, known: StatementRow) -> dict[str, Any]:
    """What a line of revenue and a line of a budget keep alike: where it stands and what it is called."""
    return {
        "number": record.row,
        "sheet": record.sheet,
        "name": str(record["name"])[:200],
        "plain": known.plain[:120],
        "level": known.level,
        "side": known.side,
        "code": known.code,
        "ratio": None if known.ratio is None else Decimal(str(known.ratio)),
        "note": str(record["note"] or "")[:200],
    }


def _revenue(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    named = rows_of([str(record["name"]) for record in records])
    rows: list[Row] = [
        RevenueRow(
            **_head(record, known),
            **{key: _amount(record[key]) for key in AMOUNTS},
            **{key: _rate(record[key]) for key in RATES},
        )
        for record, known in zip(records, named, strict=True)
    ]
    return rows, [*_sums(records, named, SUMMED), *_rates(records)]


def _of_text(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    """Rows out of paragraphs; the reader of the text has asked already what in it cannot be right."""
    rows: list[Row] = [
        RevenueRow(
            **_head(
                record,
                StatementRow("", record["name"], record["level"], record["side"], None, record["code"]),
            ),
            **{key: _amount(record[key]) for key in AMOUNTS},
            **{key: _rate(record[key]) for key in (*RATES, "ytd_growth_adjusted")},
        )
        for record in records
    ]
    return rows, []


def _budget(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    named = rows_of([str(record["name"]) for record in records])
    rows: list[Row] = [
        RevenueRow(
            **_head(record, known),
            budget=_amount(record["budget"]),
            ytd_last=_amount(record["last_year"]),
            ytd_change=_amount(record["change"]),
            ytd_growth=_rate(record["growth"]),
        )
        for record, known in zip(records, named, strict=True)
    ]
    return rows, list(_sums(records, named, {"budget": "预算数", "last_year": "上年完成数"}))


def _sums(
    records: Sequence[Record], named: Sequence[StatementRow], columns: dict[str, str]
) -> Iterable[CheckFinding]:
    for key, label in columns.items():
        values = [record[key] for record in records]
        for fault in sum_faults(named, values):
            record = records[fault.row]
            parts = "、".join(named[part].plain for part in fault.parts)[:120]
            yield CheckFinding(
                "fiscal.sum",
                Severity.SOFT,
                f"“{named[fault.row].plain}”{label}为{fault.printed.normalize():f}",
                f"{parts}之和为{fault.follows.normalize():f}",
                "请向财政部门核实; 按表上印的数入账",
                record.sheet,
                record.cell(key),
                named[fault.row].plain,
            )


def _rates(records: Sequence[Record]) -> Iterable[CheckFinding]:
    for record in records:
        now, last, printed = record["ytd"], record["ytd_last"], record["ytd_growth"]
        if now is None or last is None or printed is None:
            continue
        follows = rate_fault(now, last, Decimal(printed))
        if follows is not None:
            yield CheckFinding(
                "fiscal.rate",
                Severity.SOFT,
                f"“{record['name']}”增减率印为{printed}%",
                f"{now.normalize():f}比{last.normalize():f}为{follows:.1f}%",
                "请核实是否另有口径; 按表上印的数入账",
                record.sheet,
                record.cell("ytd_growth"),
                str(record["name"]),
            )


def _due(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    rules = treasury_rules()
    rows: list[Row] = []
    findings = []
    for record in records:
        amount = record["amount"] if record["amount"] is not None else record["applied"]
        if amount is None:
            continue
        nature = rules.nature_of(str(record["nature"]))
        if not nature:
            findings.append(_unknown_nature(record, "nature"))
        rows.append(
            TreasuryRow(
                number=record.row,
                sheet=record.sheet,
                name=str(record["name"])[:200],
                listing="due",
                nature=nature,
                nature_word=str(record["nature"])[:60],
                group=rules.group_of(str(record["class"] or ""), str(record["name"])),
                payer=str(record["unit"] or "")[:120],
                amount=round(amount, 4),
            )
        )
    return rows, findings


def _cash(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    rules = treasury_rules()
    rows: list[Row] = []
    findings = []
    for record in records:
        nature = rules.nature_of(str(record["name"]))
        if not nature:
            findings.append(_unknown_nature(record, "name"))
        for key, listing in (("balance", "cash"), ("expected", "expected")):
            if record[key] is not None:
                rows.append(
                    TreasuryRow(
                        number=record.row,
                        sheet=record.sheet,
                        name=str(record["name"])[:200],
                        listing=listing,
                        nature=nature,
                        nature_word=str(record["name"])[:60],
                        group="",
                        amount=round(record[key], 4),
                    )
                )
    return rows, findings


def _unknown_nature(record: Record, column: str) -> CheckFinding:
    return CheckFinding(
        "fiscal.unknown_nature",
        Severity.SOFT,
        f"资金性质“{record[column]}”不认识",
        "111、112、121、122 或其名称",
        "请说明; 单列为“其他”",
        record.sheet,
        record.cell(column),
        str(record["name"]),
    )


def _bonds(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    from wenpan.economy.fiscal.bonds import RUNG_WORDS, rungs_out_of_order

    rows: list[Row] = []
    findings = []
    for record in records:
        if not isinstance(record["issued_on"], date) or record["issued"] is None:
            continue
        amounts = {key: _amount(record[key]) for key in BOND_AMOUNTS}
        rows.append(
            BondRow(
                number=record.row,
                sheet=record.sheet,
                name=str(record["name"])[:200],
                code=str(record["code"] or "")[:60],
                batch=str(record["batch"])[:60],
                issued_on=record["issued_on"],
                **amounts,
            )
        )
        known = {key: None if value is None else float(value) for key, value in amounts.items()}
        for before, after in rungs_out_of_order(known):
            findings.append(
                CheckFinding(
                    "fiscal.rungs",
                    Severity.SOFT,
                    f"{RUNG_WORDS[after]}{amounts[after]:f}多于{RUNG_WORDS[before]}{amounts[before]:f}",
                    f"{RUNG_WORDS[after]}不多于{RUNG_WORDS[before]}",
                    "请核实两个数哪个有误或口径不同",
                    record.sheet,
                    record.cell(after),
                    str(record["name"]),
                )
            )
    return rows, findings


def _funds(records: Sequence[Record]) -> tuple[list[Row], list[CheckFinding]]:
    rows: list[Row] = []
    for record in records:
        about: dict[str, Any] = {
            "number": record.row,
            "sheet": record.sheet,
            "name": str(record["name"])[:200],
            "code": str(record["code"] or "")[:60],
        }
        rows.append(FundRow(**about, wanted=_amount(record["wanted"])))
        for source in SOURCES:
            allotted, paid = record[source], record[f"{source}_paid"]
            if allotted is not None or paid is not None:
                batch = str(record[f"{source}_batch"] or "")[:60]
                rows.append(
                    FundRow(
                        **about, source=source, batch=batch, allotted=_amount(allotted), paid=_amount(paid)
                    )
                )
        if record["own"] is not None:
            rows.append(FundRow(**about, source="own", allotted=_amount(record["own"])))
    return rows, []


def _amount(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(Decimal(value), 4)


def _rate(value: Decimal | None) -> Decimal | None:
    return None if value is None or abs(value) >= 10**6 else round(Decimal(value), 2)


_MAKERS: dict[str, Callable[[Sequence[Record]], tuple[list[Row], list[CheckFinding]]]] = {
    Kind.REVENUE: _revenue,
    Kind.BUDGET: _budget,
    Kind.DUE: _due,
    Kind.CASH: _cash,
    Kind.BONDS: _bonds,
    Kind.FUNDS: _funds,
}
