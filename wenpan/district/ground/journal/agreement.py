"""Do the tables still hold what the journal's entries sealed? Each disagreement by table, row, column and
entry.

Two walks a table. Over its seals, in the order of the entries: a row that a later seal shows with another
value in a column which nobody wrote was changed in between. Over its rows: each must be as its last seal
left it.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, models

from wenpan.district.ground.journal import sealing
from wenpan.district.ground.journal.cover import columns_of, cover_of, covered_models, sealed_as
from wenpan.district.ground.journal.models import Entry, Seal

MOVED = "journal.moved"  # entries of it seal rows anew in another database's words (`wenpan move`)


@dataclass(frozen=True)
class Disagreement:
    """`entry` is the number of the entry that last answered for the row; 0 where none does."""

    kind: str  # changed | inserted | deleted | rewritten | seal | unreadable
    table: str
    row: int = 0
    columns: tuple[str, ...] = ()
    entry: int = 0

    def __str__(self) -> str:
        where = f"{self.table} row {self.row}" + (f" ({', '.join(self.columns)})" if self.columns else "")
        said = f"entry {self.entry} of the journal"
        return {
            "changed": f"{where} is not as {said} left it.",
            "inserted": f"{where} was written by nobody: no entry of the journal knows it.",
            "deleted": f"{where} is gone, but {said} left it there.",
            "rewritten": f"{where} was changed by nobody before {said} wrote another part of it.",
            "seal": f"the seal of {self.table} beside {said} is missing, changed or not its own.",
            "unreadable": f"{self.table} cannot be read.",
        }[self.kind]


@dataclass(slots=True)
class _Last:
    entry: int
    columns: tuple[str, ...]
    row: sealing.RowDigest


def disagreements() -> Iterator[Disagreement]:
    """Over all covered tables, by table. Reads every row and every seal once."""
    sequences = dict(Entry.objects.values_list("pk", "sequence"))
    yield from _seals_of_entries(sequences)
    for model, _cover in covered_models():
        last: dict[int, _Last] = {}
        yield from _history(model, sequences, last)
        yield from _rows(model, last)


def unsealed_tables() -> list[type[models.Model]]:
    """Tables with rows and without any seal, or sealed over other columns than today's: after an upgrade."""
    newest: dict[str, Sequence[str]] = {}
    for table, columns in Seal.objects.order_by("pk").values_list("table", "columns"):
        newest[table] = columns
    return [
        model
        for model, _cover in covered_models()
        if newest.get(sealed_as(model)) != columns_of(model) and model._base_manager.exists()
    ]


def _seals_of_entries(sequences: dict[int, int]) -> Iterator[Disagreement]:
    """The chain says which seals there are: none may be missing, changed or added."""
    claims: dict[int, list[list[Any]]] = dict(Entry.objects.exclude(rows=[]).values_list("pk", "rows"))
    met: defaultdict[int, list[list[Any]]] = defaultdict(list)
    for seal in Seal.objects.order_by("entry_id", "place").iterator(chunk_size=200):
        met[seal.entry_id].append(sealing.claim(seal))
    for entry in sorted({*claims, *met}):
        wanted, found = claims.get(entry, []), met.get(entry, [])
        if wanted != found:
            tables = [claim[0] for claim in wanted if claim not in found] or [
                claim[0] for claim in found if claim not in wanted
            ]
            for table in dict.fromkeys(tables or [claim[0] for claim in wanted]):
                yield Disagreement("seal", str(table), entry=sequences.get(entry, 0))


def _history(
    model: type[models.Model], sequences: dict[int, int], last: dict[int, _Last]
) -> Iterator[Disagreement]:
    """Fills `last`; tells rows that changed between two seals although the later deed wrote other columns."""
    label = sealed_as(model)
    cover = cover_of(model)
    fixed = (
        None
        if cover is None or cover.may_change is None
        else {c for c in columns_of(model) if c not in cover.may_change}
    )
    moves = set(Entry.objects.filter(action=MOVED).values_list("pk", flat=True))
    for seal in Seal.objects.filter(table=label).order_by("entry__sequence", "place").iterator(chunk_size=50):
        entry = sequences.get(seal.entry_id, 0)
        columns = tuple(seal.columns)
        free = set(columns if seal.written is None else seal.written)
        try:
            for pk, row in sealing.opened(seal):
                before = last.get(pk)
                if seal.entry_id not in moves and before is not None and before.row.hints and row.hints:
                    held = dict(zip(before.columns, before.row.hints, strict=True))
                    moved = tuple(
                        name
                        for name, hint in zip(columns, row.hints, strict=True)
                        if held.get(name, hint) != hint
                        and (name not in free or (fixed is not None and name in fixed))
                    )
                    if moved:
                        yield Disagreement("rewritten", label, pk, moved, entry)
                last[pk] = _Last(entry, columns, row)
        except (ValueError, zlib.error):
            continue  # the chain has already said that this seal was changed


def _rows(model: type[models.Model], last: dict[int, _Last]) -> Iterator[Disagreement]:
    label, today = sealed_as(model), tuple(columns_of(model))
    there = {field.column for field in model._meta.concrete_fields}
    known = {pk: row for pk, row in last.items() if row.row.digest != sealing.GONE}
    # Columns of an older form are passed over: the table is sealed anew when it is migrated.
    forms = {row.columns for row in known.values() if there.issuperset(row.columns)} | {today}
    seen: set[int] = set()
    try:
        for columns in sorted(forms):
            for pk, row in sealing.row_digests(connection, model, columns):
                held = known.get(pk)
                if held is None:
                    if columns == today:
                        yield Disagreement("inserted", label, pk, entry=last[pk].entry if pk in last else 0)
                elif held.columns == columns:
                    seen.add(pk)
                    if held.row.digest != row.digest:
                        moved = _differing(columns, held.row, row)
                        yield Disagreement("changed", label, pk, moved, held.entry)
    except DatabaseError:
        yield Disagreement("unreadable", label)
        return
    for pk in sorted(known.keys() - seen):
        if known[pk].columns in forms:
            yield Disagreement("deleted", label, pk, entry=known[pk].entry)


def _differing(columns: Sequence[str], known: sealing.RowDigest, row: sealing.RowDigest) -> tuple[str, ...]:
    return tuple(name for name, a, b in zip(columns, known.hints, row.hints, strict=True) if a != b)
