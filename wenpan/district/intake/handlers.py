"""Which room takes what a workbook of one kind says; intake itself knows no figures and no targets.

A handler is registered in `AppConfig.ready` of its room. `examine` works out what acceptance would do (the
plan) and what is wrong; `store` does that plan and works nothing out itself: preview and acceptance cannot
differ, and nothing is compared twice. The room of the ledger also tells the reader what it must know of the
place (`place_known_by`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal, Protocol

import polars as pl

from wenpan.district.accounts.models import User
from wenpan.district.ground.registries import Providers
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding

ChangeKind = Literal["new", "revised", "unchanged", "restored"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that acceptance would do: `old` → `new`, as text for people.

    `subject` names it (固定资产投资 · 安禾区 · 2022-09 累计增速), `place` is `表1!C5`. `row` and
    `column` are its headings where the preview is drawn as a table like the sheet.
    """

    subject: str
    place: str
    old: str
    new: str
    kind: ChangeKind
    row: str = ""
    column: str = ""


FIELDS = tuple(f.name for f in fields(Change))
SCHEMA = dict.fromkeys(FIELDS, pl.String)


def changes_frame(changes: Sequence[Change] | pl.DataFrame = ()) -> pl.DataFrame:
    """One row a change, the columns of `Change`, all text."""
    if isinstance(changes, pl.DataFrame):
        return changes.select(FIELDS)
    columns = {name: [getattr(c, name) for c in changes] for name in FIELDS}
    return pl.DataFrame(columns, schema=SCHEMA)


@dataclass(frozen=True)
class Examination:
    """`changes` may be a `changes_frame` at once; `plan` is the handler's own, and is handed to its `store`.

    `about`: for places with a soft finding (`表1!C5`), the figure and its value in one word: a question that
    was answered once for them is not asked again in another file.
    """

    findings: Sequence[CheckFinding]
    changes: Sequence[Change] | pl.DataFrame
    counts: Mapping[str, int]
    plan: Any
    about: Mapping[str, str] = field(default_factory=dict)


class Handler(Protocol):
    """`needs_period`: must the whole file be of one month? `undo` may raise `refused.Refused`.

    A handler whose files may say their year or day elsewhere has `lacks_period(reading, submission)` besides:
    whether a person must say the month.

    A handler with `by_units` true takes what a unit hands in for itself (`Submission.unit`) and answers that
    nothing of another unit comes in by it; for all others such a file is refused.
    """

    needs_period: bool

    def examine(self, reading: Reading, submission: Submission) -> Examination: ...

    def store(self, submission: Submission, plan: Any, *, by: User, at: datetime) -> None: ...

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None: ...


@dataclass(frozen=True)
class ReaderPlace:
    """What the reader must know: names and aliases → codes, and which region is ours."""

    regions: Mapping[str, str]
    units: Mapping[str, str]
    home: str
    city: str = ""


_handlers: dict[str, Handler] = {}
PLACE: Providers[[], ReaderPlace] = Providers()
place_known_by = PLACE.only


def register(kind: str, handler: Handler) -> None:
    _handlers[kind] = handler


def handler_of(kind: str) -> Handler | None:
    return _handlers.get(kind)


def place() -> ReaderPlace:
    return next(iter(PLACE.ask()), ReaderPlace({}, {}, ""))
