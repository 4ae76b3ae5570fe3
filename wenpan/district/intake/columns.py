"""Reads for 各列是什么: the tables of a file as understood, what was taught, what an alias would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wenpan.district.ground import originals, sandbox
from wenpan.district.intake import explained_tables, handlers
from wenpan.district.intake.examination import context_for, parsed
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.teaching import is_left_out
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.explained import FROM_TITLE, LEFT_OUT, ExplainedColumn, ExplainedTable
from wenpan.documents.tables.records.taught import columns_of
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS
from wenpan.economy.time.periods import parse_month
from wenpan.rules import catalogue, workbook_kinds
from wenpan.rules.aliases import with_alias


def tables_for(submission: Submission) -> list[ExplainedTable]:
    """各列是什么 of every table; read anew where it is not kept. Empty for a file that cannot be read."""
    kept = explained_tables.kept_tables(submission)
    if kept is not None:
        return kept
    try:
        return explained_tables.tables_of(parsed(submission))
    except Unreadable:
        return []


@dataclass(frozen=True)
class TaughtColumn:
    """A column with what a form is filled with: as taught before, else as the program understood it."""

    column: ExplainedColumn
    said: Mapping[str, str]
    words: str  # what it is, for people


@dataclass(frozen=True)
class TablePage:
    tables: tuple[ExplainedTable, ...]
    number: int
    table: ExplainedTable
    held: Layout | None  # the teaching that holds for it
    kind: str
    subject: str
    columns: tuple[TaughtColumn, ...]
    rows_out: tuple[str, ...]

    @property
    def seen(self) -> int:
        return self.held.pk if self.held else 0


def table_page(submission: Submission, number: int = 0) -> TablePage | None:
    """None where the file has no table."""
    tables = tables_for(submission)
    if not tables:
        return None
    number = number if 0 <= number < len(tables) else 0
    table = tables[number]
    held = Layout.objects.filter(signature=table.signature, superseded_at__isnull=True).first()
    taught = held.teaching_for(submission.original.sha256) if held else {}
    names = region_names()
    columns = tuple(
        TaughtColumn(c, taught.get("columns", {}).get(str(c.index)) or _own(c), column_words(c, table, names))
        for c in table.columns
    )
    return TablePage(
        tuple(tables),
        number,
        table,
        held,
        str(taught.get("kind") or table.kind or "indicator_table"),
        str(taught.get("subject") or table.subject),
        columns,
        tuple(taught.get("rows_out", ())),
    )


def left_out_tables(tables: Sequence[ExplainedTable]) -> set[int]:
    """Numbers of the tables that a person said are not read."""
    held = Layout.objects.filter(signature__in=[t.signature for t in tables], superseded_at__isnull=True)
    out = {row.signature for row in held if is_left_out(row.mapping)}
    return {number for number, table in enumerate(tables) if table.signature in out}


def _own(column: ExplainedColumn) -> dict[str, str]:
    """The program's understanding; the period is left to the words of the header, whose months change."""
    return {key: value for key, value in column.answer.items() if key != "period"}


def region_names() -> dict[str, str]:
    """Region code → its name (the first that the place says)."""
    found: dict[str, str] = {}
    for name, code in handlers.place().regions.items():
        found.setdefault(code, name)
    return found


def column_words(column: ExplainedColumn, table: ExplainedTable, regions: Mapping[str, str]) -> str:
    """安禾区 · 固定资产投资 · 2022年9月 · 累计增速; what the rows say is left to them."""
    known = catalogue()
    code = table.indicator if column.indicator in ("", FROM_TITLE) else column.indicator
    if column.field:
        fields = columns_of(workbook_kinds()[table.kind]) if table.kind in workbook_kinds() else {}
        return fields[column.field].label if column.field in fields else column.field
    by_row = any(c.role == "region" for c in table.columns)
    region = column.region or ("" if by_row or column.understood == LEFT_OUT else table.subject)
    words = [
        regions.get(region, region),
        known[code].name if code in known else "",
        _period(column.period),
        str(MEASURE_LABELS.get(column.measure, "")),  # type: ignore[call-overload]
        str(BASES.get(column.basis, "")) if column.basis and column.basis != "natural" else "",
    ]
    return " · ".join(word for word in words if word)


def _period(text: str) -> str:
    try:
        return parse_month(text).label
    except ValueError:
        return text


def headings(tables: list[ExplainedTable]) -> dict[tuple[str, str], str]:
    """(sheet, letter) → what a column of figures is, in words, for the head of the preview.

    Ends with " · " where the rows say the measure: what the preview says of it follows.
    """
    names = region_names() if tables else {}
    taken = ("figure", "target", "rank", "field")
    return {
        (column.sheet, column.letter): words if column.measure or column.field else f"{words} · "
        for table in tables
        for column in table.columns
        if column.understood in taken and (words := column_words(column, table, names))
    }


def fields_of_kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Name of a kind of records → its columns, key and label."""
    return [
        (kind.name, [(key, column.label) for key, column in columns_of(kind).items()])
        for kind in workbook_kinds().values()
        if kind.produces == "records"
    ]


@dataclass(frozen=True)
class AliasEffect:
    """What registering a name would bring from this file: figures, the first of them in words."""

    count: int
    lines: tuple[str, ...]


def alias_effect(submission: Submission, indicator: str, alias: str) -> AliasEffect:
    """Reads the file with and without the name. Raises AliasError, Unreadable; writes nothing."""
    context = context_for(submission)
    changed = replace(context, catalogue=with_alias(catalogue(), indicator, alias))
    data = originals.get(submission.original.sha256)
    now = {(f.sheet, f.cell) for f in parsed(submission).figures}
    then = sandbox.parse(data, submission.filename, changed)
    new = [f for f in then.figures if (f.sheet, f.cell) not in now]
    names, name = region_names(), catalogue()[indicator].name
    lines = [
        f"{f.sheet}!{f.cell} {names.get(f.region, f.region)} {name} {f.period} "
        f"{MEASURE_LABELS.get(f.measure, f.measure)} {f.text}"  # type: ignore[call-overload]
        for f in new[:8]
    ]
    return AliasEffect(len(new), tuple(lines))


def left_out_words(tables: list[ExplainedTable]) -> str:
    """One line: how many number cells became no figure, by column. Empty where none."""
    counted = [
        _("%(letter)s列%(header)s %(n)d个")
        % {"letter": c.letter, "header": f"（{c.header}）" if c.header else "", "n": c.unread}
        for table in tables
        for c in table.columns
        if c.unread
    ]
    total = sum(table.unread for table in tables)
    shown = "、".join(counted[:6]) + ("…" if len(counted) > 6 else "")
    return _("有%(n)d个数没有读入：%(columns)s。") % {"n": total, "columns": shown} if total else ""
