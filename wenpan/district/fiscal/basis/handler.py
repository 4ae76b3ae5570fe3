"""Tables of adjustments through the intake: lines that wait for another person's approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from wenpan.district.accounts.models import User
from wenpan.district.fiscal.basis.actions import AdjustmentDraft
from wenpan.district.fiscal.models import AdjustmentEntry
from wenpan.district.intake import handlers
from wenpan.district.intake.handlers import Change, Examination
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Region
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.units import factor
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules import catalogue, normalised

KIND = "basis_adjustments"
_STANDS = (AdjustmentEntry.State.PROPOSED, AdjustmentEntry.State.APPROVED)


@dataclass(frozen=True)
class AdjustmentLine:
    draft: AdjustmentDraft
    change: Change
    unchanged: bool


class AdjustmentHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = adjustment_lines(reading)
        counts = Counter(line.change.kind for line in lines)
        shown = {"rows": reading.rows, **{k: counts.get(k, 0) for k in ("new", "revised", "unchanged")}}
        return Examination(findings, [line.change for line in lines], shown, lines)

    def store(
        self, submission: Submission, plan: Sequence[AdjustmentLine], *, by: User, at: datetime
    ) -> None:
        from wenpan.district.fiscal.basis import actions

        drafts = [line.draft for line in plan if not line.unchanged]
        actions.store_adjustments(submission=submission, drafts=drafts, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        from wenpan.district.fiscal.basis import actions

        actions.undo_adjustments(submission=submission, by=by, reason=reason, at=at)


def adjustment_lines(reading: Reading) -> tuple[list[AdjustmentLine], list[CheckFinding]]:
    """What the table proposes. What stands already with other amounts is refused: it is withdrawn first."""
    findings: list[CheckFinding] = []
    regions = {normalised(name): region for region in Region.objects.all() for name in _names(region)}
    home = Region.objects.filter(home=True).first()
    indicators = {
        normalised(name): item.code
        for item in catalogue().values()
        for name in (item.name, item.short, *item.aliases)
    }
    lines = []
    for record in reading.records:
        word = str(record["region"] or "").strip()
        region = regions.get(normalised(word)) if word else home
        code = indicators.get(normalised(str(record["indicator"] or "")))
        if region is None:
            findings.append(
                _finding(
                    record, "region", "basis.unknown_region", f"“{word}”不在地区名录", "本区或全市各区名称"
                )
            )
        if code is None:
            found = f"“{record['indicator']}”不在指标目录"
            findings.append(
                _finding(record, "indicator", "basis.unknown_indicator", found, "指标目录里的名称")
            )
        if region is None or code is None:
            continue
        line = _line(record, region, code, findings)
        if line is not None:
            lines.append(line)
    return lines, findings


def _line(record: Record, region: Region, code: str, findings: list[CheckFinding]) -> AdjustmentLine | None:
    scale = factor("万元", catalogue()[code].unit)
    if scale is None:
        name = catalogue()[code].name
        findings.append(
            _finding(record, "this_year", "basis.no_amount", f"{name}不以金额计", "以金额计的指标")
        )
        return None
    this, last, on = record["this_year"], record["last_year"], record["paper_on"]
    told = all(record[key] is not None for key in ("this_year", "kind", "period", "paper", "name"))
    if not told or not isinstance(on, date):
        return None  # the reader has told what is missing
    if fault := _amount_fault(record["kind"], this, last):
        findings.append(_finding(record, *fault))
        return None
    amounts = [_scaled(value, scale) for value in (this, last)]
    draft = AdjustmentDraft(
        region=region,
        indicator=code,
        period=str(record["period"]),
        kind=record["kind"],
        label=str(record["name"])[:80],
        this_year=amounts[0][0] or Decimal(0),
        last_year=amounts[1][0],
        this_digits=amounts[0][1],
        last_digits=amounts[1][1],
        paper=str(record["paper"])[:200],
        paper_on=on,
        sheet=record.sheet,
        cell=record.cell("this_year"),
    )
    return _compared(record, draft, findings)


def _amount_fault(kind: str, this: Decimal, last: Decimal | None) -> tuple[str, str, str, str] | None:
    """(column, check, found, expected)."""
    if kind != "refund" and last is None:
        return "last_year", "basis.no_last_year", "上年影响额空白", "没有影响的写0"
    if kind == "refund" and (this < 0 or (last or 0) < 0):
        return "this_year", "basis.negative_refund", "退税金额为负数", "退了多少写多少, 不带负号"
    return None


def _compared(record: Record, draft: AdjustmentDraft, findings: list[CheckFinding]) -> AdjustmentLine | None:
    held = AdjustmentEntry.objects.filter(
        region=draft.region,
        indicator=draft.indicator,
        period=draft.period,
        kind=draft.kind,
        label=draft.label,
        state__in=_STANDS,
    ).first()
    same = held is not None and (held.this_year, held.last_year) == (draft.this_year, draft.last_year)
    if held is not None and not same:
        found = f"台账中已有“{draft.label}”, 金额不同"
        expected = "先撤销原来的调整, 再提出新的"
        findings.append(_finding(record, "this_year", "basis.stands_already", found, expected))
        return None
    unit = catalogue()[draft.indicator].unit
    name = f"{catalogue()[draft.indicator].name} · {draft.region.name} · {draft.period} {draft.label}"
    new = f"{draft.this_year:f}/{'未公布' if draft.last_year is None else f'{draft.last_year:f}'}{unit}"
    change = Change(
        name,
        f"{record.sheet}!{record.cell('this_year')}",
        new if same else "",
        new,
        "unchanged" if same else "new",
        row=draft.label,
        column=draft.period,
    )
    return AdjustmentLine(draft, change, same)


def _scaled(value: Decimal | None, scale: Decimal) -> tuple[Decimal | None, int]:
    """(amount in the indicator's unit, its decimals as printed, at most the four that are kept)."""
    if value is None:
        return None, 4
    amount = Decimal(value) * scale
    digits = max(0, -int(amount.as_tuple().exponent))
    return round(amount, 4), min(digits, 4)


def _names(region: Region) -> list[str]:
    return [region.name, *region.aliases]


def _finding(record: Record, name: str, check: str, found: str, expected: str) -> CheckFinding:
    subject = str(record["name"] or record["indicator"] or "")
    return CheckFinding(
        check, Severity.HARD, found, expected, "请改正后重新报送", record.sheet, record.cell(name), subject
    )


def register() -> None:
    handlers.register(KIND, AdjustmentHandler())
