"""Special bonds by batch: how much must be spent by when, which list a batch is on, and where its money
stands.

Pure. One project may hold several batches; each has its own clock, which starts on the day of issue. Months
are counted by the calendar day: a bond issued on 15 March has been out three months from 15 June on. Amounts
in 万元.

    required(months) = the share of the last step whose month has been reached; the last step leaves
    retention out
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from wenpan.economy.unusable import UnusableError

RUNGS = ("issued", "assigned", "paid_department", "paid_builder", "spent", "in_statistics")
RUNG_WORDS = {
    "issued": "已发行", "assigned": "已分配",
    "paid_department": "已拨到主管部门", "paid_builder": "已拨到施工单位",
    "spent": "已支出", "in_statistics": "已纳入投资统计",
}  # fmt: skip


class BondRuleError(UnusableError):
    """A set of rules about bonds that cannot be used."""


@dataclass(frozen=True)
class BondStep:
    months: int
    share: float


@dataclass(frozen=True)
class BondRules:
    """`above`: only projects with more than this issued in the year (万元). `warning_after`: months in a row
    on the failing list until the warning list; `recover_after`: months until unspent money is taken back; 0:
    no such list."""

    code: str
    name: str
    steps: tuple[BondStep, ...]
    above: float
    warning_after: int
    recover_after: int

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> BondRules:
        steps = data.get("steps")
        if not isinstance(steps, list) or not steps:
            raise BondRuleError("steps", steps, "至少一级, 含 months 和 share")
        made = []
        for step in steps:
            months, share = (
                (step.get("months"), step.get("share")) if isinstance(step, dict) else (None, None)
            )
            if (
                type(months) is not int
                or months < 1
                or isinstance(share, bool)
                or not isinstance(share, int | float)
            ):
                raise BondRuleError("steps", step, "months(月数)和 share(0与1之间)")
            if not 0 < share <= 1:
                raise BondRuleError("steps.share", share, "0与1之间的数")
            made.append(BondStep(months, float(share)))
        if any(a.months >= b.months or a.share > b.share for a, b in pairwise(made)):
            raise BondRuleError("steps", steps, "月数和比例逐级增加")
        numbers = {}
        for key in ("above", "warning_after", "recover_after"):
            value = data.get(key, 0)
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise BondRuleError(key, value, "不小于0的数")
            numbers[key] = value
        return cls(
            str(data.get("code") or ""), str(data.get("name") or ""), tuple(made), float(numbers["above"]),
            int(numbers["warning_after"]), int(numbers["recover_after"]),
        )  # fmt: skip

    def required(self, months: int) -> float:
        """The share that must have been spent after so many whole months."""
        return max((step.share for step in self.steps if step.months <= months), default=0.0)


@dataclass(frozen=True)
class BondBatch:
    """`spent`: (day, cumulative amount) as reported. `retention` is left out of what the last step asks
    for."""

    project: str
    batch: str
    issued_on: date
    issued: float
    assigned: float
    spent: tuple[tuple[date, float], ...] = ()
    retention: float = 0.0

    def spent_on(self, day: date) -> float | None:
        """The last reported amount; None where nothing has been reported: that is not zero."""
        known = [amount for on, amount in self.spent if on <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class BondStanding:
    """`failing` None: nothing reported, or the rules do not ask for this project. `failing_months`: in a
    row."""

    batch: BondBatch
    months: int
    required: float  # share
    spent: float | None  # 万元
    failing: bool | None
    failing_months: int
    on_warning_list: bool
    to_recover: bool

    @property
    def share(self) -> float | None:
        return None if self.spent is None or not self.batch.assigned else self.spent / self.batch.assigned


def whole_months(since: date, day: date) -> int:
    """Whole calendar months; a month without that day ends on its last day."""
    months = (day.year - since.year) * 12 + day.month - since.month
    last = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - date(day.year, day.month, 1)).days
    return months - (day.day < min(since.day, last))


def standings(batches: Sequence[BondBatch], rules: BondRules, on: date) -> list[BondStanding]:
    """Every batch on a day. Whether a project is asked for goes by all that was issued to it in the batch's
    year."""
    issued: dict[tuple[str, int], float] = {}
    for batch in batches:
        key = (batch.project, batch.issued_on.year)
        issued[key] = issued.get(key, 0.0) + batch.issued
    return [_standing(b, rules, on, issued[b.project, b.issued_on.year] > rules.above) for b in batches]


def rungs_out_of_order(amounts: dict[str, float | None]) -> list[tuple[str, str]]:
    """Pairs of rungs where more stands on the later than on the earlier one: one of the two must be asked
    about."""
    known = [(rung, amount) for rung in RUNGS if (amount := amounts.get(rung)) is not None]
    return [(a, b) for (a, before), (b, after) in pairwise(known) if after > before + 0.005]


def _standing(batch: BondBatch, rules: BondRules, on: date, asked: bool) -> BondStanding:
    months = whole_months(batch.issued_on, on)
    spent = batch.spent_on(on)
    failing = _fails(batch, rules, on) if asked else None
    row = 0
    day = on
    while asked and day >= batch.issued_on and _fails(batch, rules, day):
        row += 1
        day = _month_before(day)
    last = rules.steps[-1]
    whole = last.share * batch.assigned - batch.retention
    late = rules.recover_after and months >= rules.recover_after
    return BondStanding(
        batch, months, rules.required(months), spent, failing, row,
        bool(rules.warning_after and failing and row > rules.warning_after),
        bool(asked and late and spent is not None and spent < whole - 0.005),
    )  # fmt: skip


def _fails(batch: BondBatch, rules: BondRules, on: date) -> bool | None:
    months = whole_months(batch.issued_on, on)
    share = rules.required(months)
    if share == 0.0:
        return False
    spent = batch.spent_on(on)
    if spent is None:
        return None
    needed = share * batch.assigned
    if months >= rules.steps[-1].months:
        needed -= batch.retention
    return spent < needed - 0.005


def _month_before(day: date) -> date:
    """The last day of the month before."""
    return date.fromordinal(day.replace(day=1).toordinal() - 1)
