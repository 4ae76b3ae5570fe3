"""The ledger beside the originals it came from: every batch's file is read again, and its rows are compared.

For `wenpan doctor`. The seals of the journal show what was changed behind the program's back; whoever holds
the journal's key can seal again. The bytes of an original he cannot choose: they are named by their hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Model

from wenpan.district.ground import originals, sandbox
from wenpan.district.intake.examination import context_for
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.observations.ledger_changes import rounded
from wenpan.district.observations.models import Batch, Confirmation, Observation
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.reading import Context, Figure, Reading

Key = tuple[str, str, str]  # region, indicator, period
Places = dict[tuple[str, str], list[Figure]]


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each row that is not what its cell says. `tell` is told how far it is, and what could
    not be compared. What a better reader finds besides is no trouble: only what the ledger holds is asked.
    """
    batches = list(Batch.objects.select_related("submission__original").order_by("pk"))
    rows = 0
    for number, batch in enumerate(batches, start=1):
        if number % 25 == 0:
            tell(f"figures: {number} of {len(batches)} files read again")
        reading = read_again(batch.submission, lambda words: tell(f"figures: {words}"))
        if reading is None:
            continue
        places: Places = defaultdict(list)
        for figure in reading.figures:
            places[figure.sheet[:80], figure.cell[:12]].append(figure)
        for trouble in _of_batch(batch, places):
            if trouble:
                yield trouble
            rows += 1
    tell(f"figures: {rows} rows of {len(batches)} files compared with their cells")


def read_again(submission: Submission, tell: Callable[[str], None]) -> Reading | None:
    """What the file says, read as it was then; None where it cannot be compared."""
    try:
        data = originals.get(submission.original.sha256)
        return sandbox.parse(data, submission.filename, as_read_then(submission))
    except (FileNotFoundError, originals.DamagedError, ValueError):
        return None  # told by the check of the originals
    except Unreadable as refusal:
        tell(f"“{submission.filename}” is refused today ({refusal.code}) and was not compared")
        return None


def unsaid(kept: Model, made: Iterable[Model], names: Iterable[str]) -> str:
    """The columns in which a kept row is like none of those that its file gives there; "" for none."""
    fields: list[Any] = [kept._meta.get_field(name) for name in names]
    told = [[_printed(field, getattr(row, field.attname)) for field in fields] for row in made]
    mine = [_printed(field, getattr(kept, field.attname)) for field in fields]
    if mine in told:
        return ""
    wrong = [[f.name for f, a, b in zip(fields, mine, row, strict=True) if a != b] for row in told]
    return ", ".join(sorted(wrong, key=len)[0]) if wrong else "no such row is there"


def _printed(field: Any, value: Any) -> Any:
    """As the column keeps it."""
    if isinstance(field, DecimalField) and value is not None:
        return round(Decimal(value), field.decimal_places)
    return value[: field.max_length] if isinstance(value, str) and field.max_length else value


def as_read_then(submission: Submission) -> Context:
    """With the meanings of tables by which this file was read, whatever was taught since."""
    pks = {pk for pk in (*submission.layouts.values_list("pk", flat=True), submission.layout_id) if pk}
    then = {row.signature: row.columns for row in Layout.objects.filter(pk__in=pks)}
    return replace(context_for(submission), layouts=then)


def _of_batch(batch: Batch, places: Places) -> Iterator[str]:
    """For every row of the batch and every confirmation: what is wrong with it, or an empty text."""
    name = batch.submission.filename
    kept = Observation.objects.filter(batch=batch, restores__isnull=True)
    columns = (
        "pk", "region__code", "indicator", "period", "sheet", "cell", "value_text", "status", "value",
    )  # fmt: skip
    for pk, region, indicator, period, sheet, cell, text, status, value in kept.values_list(*columns):
        figures = places.get((sheet, cell), [])
        found = _differs(figures, (region, indicator, period), text, status, value)
        where = f"observations.Observation row {pk} is not what “{name}” says at {sheet}!{cell}"
        yield f"{where}: {found}." if found else ""
    of = "observation__"
    confirmed = Confirmation.objects.filter(batch=batch).values_list(
        "pk", f"{of}region__code", f"{of}indicator", f"{of}period", "sheet", "cell", "value_text"
    )
    for pk, region, indicator, period, sheet, cell, text in confirmed:
        found = _differs(places.get((sheet, cell), []), (region, indicator, period), text, None, None)
        where = f"observations.Confirmation row {pk} is not what “{name}” says at {sheet}!{cell}"
        yield f"{where}: {found}." if found else ""
    yield from _restored(batch)


def _restored(batch: Batch) -> Iterator[str]:
    """A version that holds again after an undo says what the older one said."""
    rows = Observation.objects.filter(batch=batch, restores__isnull=False).select_related("restores")
    for row in rows.iterator():
        then = row.restores
        assert then is not None
        same = (row.value, row.value_text, row.status) == (then.value, then.value_text, then.status)
        found = f"{row.value_text!r} is kept, {then.value_text!r} was held then"
        yield "" if same else f"observations.Observation row {row.pk} is not what it restores: {found}."


def _differs(figures: list[Figure], key: Key, text: str, status: str | None, value: Decimal | None) -> str:
    if not figures:
        return f"{text!r} is kept, no figure is there"
    said = [f for f in figures if f.text[:40] == text]
    if not said:
        return f"{text!r} is kept, {figures[0].text!r} is there"
    mine = [f for f in said if (f.region, f.indicator, f.period) == key]
    if not mine:
        there = said[0]
        return f"it is kept as {' '.join(key)}, it is {there.region} {there.indicator} {there.period}"
    if status is None or any(_same(f, status, value) for f in mine):
        return ""
    return f"{value if status == 'value' else status} is kept, {text!r} is there"


def _same(figure: Figure, status: str, value: Decimal | None) -> bool:
    if figure.status != status or figure.value is None or value is None:
        return figure.status == status and figure.value is None and value is None
    return abs(rounded(figure.value) - value) < Decimal("0.0001")
