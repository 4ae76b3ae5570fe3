"""Fiscal tables beside their originals, and the ledger of the comparable basis beside what decided its lines.

For `wenpan doctor`; reads only. How a row was classed may be read better today and is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from wenpan.district.fiscal.basis import handler
from wenpan.district.fiscal.basis.actions import AdjustmentDraft
from wenpan.district.fiscal.models import AdjustmentEntry, BudgetVersion, FiscalReport, MethodAnswer
from wenpan.district.fiscal.reports.lines import lines_of
from wenpan.district.fiscal.reports.queries import ROWS
from wenpan.district.ground.succession import unfollowed
from wenpan.district.observations.rederived import read_again, unsaid
from wenpan.documents.tables.reading import Reading

State = AdjustmentEntry.State
CLASSED = {"id", "report", "plain", "level", "side", "nature", "group", "ratio", "number", "sheet"}
AMOUNTS = ("this_year", "last_year", "this_digits", "last_digits", "paper", "paper_on", "kind")


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each row that its file, its decision or its sum does not give."""
    reports = list(FiscalReport.objects.select_related("submission__original").order_by("pk"))
    tell(f"fiscal tables: {len(reports)} read again")
    for report in reports:
        if (
            reading := read_again(report.submission, lambda words: tell(f"fiscal tables: {words}"))
        ) is not None:
            yield from _rows(report, reading)
    yield from _adjustments(tell)
    yield from _budgets()
    answers = MethodAnswer.objects.values_list(
        "pk", "region", "indicator", "period", "answered_at", "superseded_at"
    )
    for pk, kept, follows in unfollowed((p, (r, i, m), began, ended) for p, r, i, m, began, ended in answers):
        yield f"fiscal.MethodAnswer row {pk} is kept as ending {kept}, the answers give {follows}."


def _rows(report: FiscalReport, reading: Reading) -> Iterator[str]:
    name, model = report.submission.filename, ROWS[report.kind]
    found = lines_of(report.kind, reading, name)
    if found.key != report.key:
        yield f"fiscal.FiscalReport row {report.pk} is kept as of {report.key}, “{name}” says {found.key}."
    made: dict[tuple[str, int], list[object]] = {}
    for row in found.rows:
        made.setdefault((row.sheet, row.number), []).append(row)
    names = [field.name for field in model._meta.concrete_fields if field.name not in CLASSED]
    if report.kind in (FiscalReport.Kind.REVENUE, FiscalReport.Kind.BUDGET):
        names.remove("code")  # the kind of line, not a code that was printed
    kept = model.objects.filter(report=report).order_by("pk")
    for row in kept:
        wrong = unsaid(row, made.get((row.sheet, row.number), ()), names)  # type: ignore[arg-type]
        if wrong:
            yield (
                f"fiscal.{model.__name__} row {row.pk} is not what “{name}” says at "
                f"{row.sheet}!{row.number}: {wrong}."
            )


def _adjustments(tell: Callable[[str], None]) -> Iterator[str]:
    rows = AdjustmentEntry.objects.select_related("submission__original").order_by("pk")
    read: dict[int | None, dict[tuple[str, str], AdjustmentEntry]] = {}
    for row in rows:
        where = f"fiscal.AdjustmentEntry row {row.pk}"
        if row.state not in (follows := _states(row)):
            yield f"{where} is kept as {row.state}, its own decisions give {' or '.join(follows)}."
        if row.decided_by_id is not None and row.decided_by_id == row.proposed_by_id:
            yield f"{where} was decided by who proposed it."
        if row.submission is None:
            continue
        if row.submission_id not in read:
            reading = read_again(row.submission, lambda words: tell(f"adjustments: {words}"))
            lines = handler.adjustment_lines(reading)[0] if reading is not None else []
            drafts = (line.draft for line in lines)
            read[row.submission_id] = {(d.sheet[:80], d.cell[:12]): _as_entry(d) for d in drafts}
        told = read[row.submission_id]
        if told and (wrong := unsaid(row, filter(None, [told.get((row.sheet, row.cell))]), AMOUNTS)):
            yield f"{where} is not what “{row.submission.filename}” says at {row.sheet}!{row.cell}: {wrong}."


def _as_entry(draft: AdjustmentDraft) -> AdjustmentEntry:
    return AdjustmentEntry(**{name: getattr(draft, name) for name in AMOUNTS})


def _states(row: AdjustmentEntry) -> tuple[str, ...]:
    if row.withdrawn_at is not None:
        return (State.WITHDRAWN,)
    if row.decided_at is None:
        return (State.PROPOSED,)
    return (State.APPROVED, State.DECLINED) if row.reason else (State.APPROVED,)


def _budgets() -> Iterator[str]:
    for row in BudgetVersion.objects.order_by("pk"):
        if row.tax is not None and row.non_tax is not None and row.revenue != row.tax + row.non_tax:
            total = Decimal(row.tax + row.non_tax)
            yield f"fiscal.BudgetVersion row {row.pk}: its parts add up to {total}, {row.revenue} is kept."
