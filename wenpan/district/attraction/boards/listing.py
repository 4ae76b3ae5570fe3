"""What a published table would bring, beside the version that holds. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wenpan.district.attraction.models import DealBoard
from wenpan.district.intake.handlers import Change
from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.economy.funnel.published_tables import RATES, PublishedRow, TableFinding, check_table
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules.deals import board_columns, stage_rules


@dataclass(frozen=True)
class BoardPlan:
    """`held`: the version that holds now, None for a new table."""

    title: str
    month: str
    held: DealBoard | None
    rows: tuple[tuple[Record, PublishedRow], ...]

    @property
    def changes(self) -> Iterator[Change]:
        before = (
            {}
            if self.held is None
            else {line.name: row_words(row_of(line)) for line in self.held.lines.all()}
        )
        for record, row in self.rows:
            place, now, old = (
                f"{record.sheet}!{record.cell('name')}",
                row_words(row),
                before.get(row.name, ""),
            )
            kind = "unchanged" if old == now else "revised" if old else "new"
            yield Change(f"{self.title} · {row.name}", place, old, now, kind, row.name, "通报数")  # type: ignore[arg-type]


def row_of(line: object) -> PublishedRow:
    """A kept line as the pure row."""
    counts = {key: Decimal(value) for key, value in line.counts.items()}  # type: ignore[attr-defined]
    return PublishedRow(line.name, counts, dict(line.rates))  # type: ignore[attr-defined]


def row_words(row: PublishedRow) -> str:
    """In the order of the kind's columns, whatever order the table or the database has."""
    told = {**{key: f"{value.normalize():f}" for key, value in row.counts.items()}, **row.rates}
    return "，".join(f"{label}{told[key]}" for key, label in board_columns().items() if key in told)


def board_changes(reading: Reading, today: date) -> tuple[BoardPlan, list[CheckFinding]]:
    title, month = (reading.title.strip() or "招商情况通报表")[:200], reading.period or ""
    held = DealBoard.objects.filter(title=title, month=month, undone_at=None).order_by("-version").first()
    rows = tuple((record, _row(record)) for record in reading.records if record["name"])
    made = BoardPlan(title, month, held, rows)
    return made, [_question(made, found) for found in findings_of([row for _r, row in rows], today)]


def findings_of(rows: list[PublishedRow], today: date) -> tuple[TableFinding, ...]:
    return check_table(rows, board_columns(), nested=stage_rules(today).nested)


def _row(record: Record) -> PublishedRow:
    counts, rates = {}, {}
    for key, value in record.values.items():
        if key in RATES and value not in (None, ""):
            rates[key] = str(value).strip()[:20]
        elif isinstance(value, Decimal | int | float) and not isinstance(value, bool):
            counts[key] = Decimal(str(value))
    return PublishedRow(str(record["name"]).strip()[:120], counts, rates)


def _question(made: BoardPlan, found: TableFinding) -> CheckFinding:
    """A note: the table says so, and whoever sends it in is not to blame."""
    record = made.rows[found.row if found.row is not None else 0][0]
    what = found.finding
    return CheckFinding(
        f"deal_board.{what.code}", Severity.NOTE, what.words, what.expected, "原样入账; 请向发布单位核实",
        record.sheet, record.cell(found.column or "name"), what.where,
    )  # fmt: skip
