"""The accounts of a quarter by industry through the intake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wenpan.district.accounts.models import User
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.district.supports import queries
from wenpan.district.supports.models import AccountsReport, AccountsRow
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import normalised
from wenpan.rules.figures.supports import support_rules

KIND = "industry_accounts"
_WHOLE = {"地区生产总值", "生产总值", "合计", "总计", "gdp"}


@dataclass(frozen=True)
class AccountsPlan:
    period: str
    title: str
    rows: Sequence[AccountsRow]
    seen: int | None


class AccountsHandler:
    needs_period = True

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        findings: list[CheckFinding] = []
        period = _quarter(reading, findings)
        rows = rows_of(reading, findings)
        held = queries.current(period) if period else None
        changes = _changes(rows, period, held)
        counts = Counter(change.kind for change in changes)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        plan = AccountsPlan(period, reading.title, rows, held.pk if held else None)
        return Examination(findings, changes, shown, plan)

    def store(self, submission: Submission, plan: AccountsPlan, *, by: User, at: datetime) -> None:
        from wenpan.district.supports import actions

        actions.store_accounts(
            submission=submission, period=plan.period, title=plan.title, rows=plan.rows, seen=plan.seen,
            by=by, at=at,
        )  # fmt: skip

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.supports import actions

        actions.undo_accounts(submission=submission, by=by, reason=reason, at=at)


def _quarter(reading: Reading, findings: list[CheckFinding]) -> str:
    if not reading.period:
        return ""
    year, month = reading.period.split("-")
    if int(month) % 3:
        findings.append(
            CheckFinding(
                "accounts.no_quarter", Severity.HARD, f"写的是{reading.period}",
                "季度末的月份, 如 2022年前三季度",
                "核算结果按季度累计, 请核实期间",
            )
        )  # fmt: skip
        return ""
    return f"{year}-Q{int(month) // 3}"


def rows_of(reading: Reading, findings: list[CheckFinding]) -> list[AccountsRow]:
    rules, rows, seen = support_rules(), [], set()
    for record in reading.records:
        name = str(record["name"]).strip()
        whole = normalised(name) in {normalised(word) for word in _WHOLE}
        known = None if whole else rules.of(name)
        if known is not None and known.code in seen:
            findings.append(
                CheckFinding(
                    "accounts.twice", Severity.HARD, f"“{name}”与上面的行是同一行业", "每个行业一行",
                    "请核实后改正", record.sheet, record.cell("name"), name,
                )
            )  # fmt: skip
        if known is None and not whole:
            findings.append(
                CheckFinding(
                    "accounts.unknown_industry", Severity.SOFT, f"“{name}”不在核算行业目录",
                    "核算行业目录里的名称; 三次产业合计行可以不计", "请说明; 该行保留, 不参与推算",
                    record.sheet, record.cell("name"), name,
                )
            )  # fmt: skip
        seen.add(known.code if known else "")
        rows.append(
            AccountsRow(
                number=record.row, sheet=record.sheet, name=name[:80], industry=known.code if known else "",
                whole=whole, value=_rounded(record["value"], 4), growth=_rounded(record["growth"], 2),
            )
        )  # fmt: skip
    return rows


def _rounded(value: Decimal | None, digits: int) -> Decimal | None:
    return None if value is None else round(Decimal(value), digits)


def _changes(rows: Sequence[AccountsRow], period: str, held: AccountsReport | None) -> list[Change]:
    before = {row.name: _said(row) for row in held.rows.all()} if held else {}
    made = []
    for row in rows:
        old, new = before.get(row.name), _said(row)
        kind = "new" if old is None else "unchanged" if old == new else "revised"
        made.append(
            Change(
                f"{row.name} · {period}", f"{row.sheet}!A{row.number}", old or "", new, kind,  # type: ignore[arg-type]
                row=row.name, column=period,
            )
        )  # fmt: skip
    return made


def _said(row: AccountsRow) -> str:
    value = "—" if row.value is None else f"{row.value:,.2f}亿元"
    growth = "—" if row.growth is None else f"{row.growth:+.1f}%"
    return f"{value} {growth}"


def register() -> None:
    handlers.register(KIND, AccountsHandler())
