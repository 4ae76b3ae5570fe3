"""What the open transaction wrote: which rows of which table, and which columns of them.

Every write of the ORM passes the compilers beside this file, which note it here; rows that are inserted in
bulk by plain SQL are noted by `appended`. Nothing is noted for models outside `wenpan`. Before a
transaction commits, whoever registered with `before_commit` sees what is still noted: so no written row can
escape the journal because somebody forgot it. After the commit `after_commit` is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, models

from wenpan.district.ground.registries import RoomEvent

Columns = frozenset[str] | None  # None: the whole row (new, deleted)
Rows = dict[type[models.Model], dict[int, Columns]]


class NotJournalledError(DatabaseError):
    """The journal could not take what the transaction wrote: the transaction is undone."""


@dataclass
class Written:
    """Of one connection, until its transaction ends."""

    rows: Rows = field(default_factory=dict)
    entries: list[Any] = field(default_factory=list)  # journal entries of this transaction, the newest last
    unsure: bool = False  # a part was rolled back: `entries` may not be all
    taken: list[Rows] = field(default_factory=list)  # what entries of this transaction answer for

    def note(self, model: type[models.Model], pks: Iterable[Any], columns: Columns) -> None:
        held = self.rows.setdefault(model, {})
        for pk in pks:
            before = held.get(pk, columns)
            held[pk] = None if before is None or columns is None else before | columns

    def take(self) -> Rows:
        """What was noted since it was last taken."""
        rows, self.rows = self.rows, {}
        self.taken.append(rows)
        return rows

    def part_undone(self) -> None:
        """A part of the transaction was rolled back, perhaps with entries that answered for what stays."""
        taken, self.taken, self.entries, self.unsure = self.taken, [], [], True
        for rows in taken:
            for model, held in rows.items():
                for pk, columns in held.items():
                    self.note(model, [pk], columns)

    def clear(self) -> None:
        self.rows, self.entries, self.taken, self.unsure = {}, [], [], False


BEFORE_COMMIT: RoomEvent[[Any]] = RoomEvent()  # told the connection while the transaction is still open
AFTER_COMMIT: RoomEvent[[Any]] = RoomEvent()
before_commit, after_commit = BEFORE_COMMIT.listen, AFTER_COMMIT.listen


def of(link: Any = None) -> Written:
    """What the open transaction of this connection (default: the default one) wrote."""
    link = connection if link is None else link
    if not hasattr(link, "written"):
        link.written = Written()
    written: Written = link.written
    return written


def ours(model: type[models.Model]) -> bool:
    """Historical models of migrations and models of other packages are not noted."""
    return model.__module__.startswith("wenpan.")


@contextmanager
def appended(model: type[models.Model], link: Any = None) -> Iterator[None]:
    """Around plain SQL that only inserts into this model's table, inside a transaction."""
    link = connection if link is None else link
    rows = model._base_manager.using(link.alias)
    last = rows.aggregate(last=models.Max("pk"))["last"] or 0
    yield
    of(link).note(model, rows.filter(pk__gt=last).values_list("pk", flat=True), None)


def _end_reading(link: Any) -> None:
    """A listener that read has begun a transaction of nothing on PostgreSQL, under which Django could not go
    back to autocommit: what was committed would be answered with an error."""
    if link.connection is not None and not link.autocommit:
        link.connection.rollback()


class NotesWrites:
    """Mixed into Django's DatabaseWrapper."""

    def commit(self) -> None:
        written = of(self)
        if written.rows or written.taken:
            self.in_atomic_block = True  # Django has already left its block; the transaction is still open
            try:
                BEFORE_COMMIT.tell(self)
            except DatabaseError:
                raise
            except Exception as error:
                raise NotJournalledError(str(error)) from error
            finally:
                self.in_atomic_block = False
        super().commit()  # type: ignore[misc]
        try:
            AFTER_COMMIT.tell(self)
        finally:
            written.clear()
            _end_reading(self)

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)  # type: ignore[misc]
        of(self).part_undone()

    def rollback(self) -> None:
        of(self).clear()
        super().rollback()  # type: ignore[misc]

    def close(self) -> None:
        if not getattr(self, "in_atomic_block", False):
            of(self).clear()
        super().close()  # type: ignore[misc]
