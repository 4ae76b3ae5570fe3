"""The one way into the journal. Every action of every room calls it in its own transaction.

If an entry cannot be written, the exception undoes the whole act.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from wenpan.district.ground.databases import written
from wenpan.district.ground.journal import sealing
from wenpan.district.ground.journal.chain import GENESIS, entry_hash, json_values
from wenpan.district.ground.journal.cover import cover_of
from wenpan.district.ground.journal.models import Entry, Seal

SYSTEM = "系统"  # who acts when nobody does; the record is Chinese whatever the page speaks
FURTHER, UNTOLD = "journal.further", "journal.untold"  # entries that `close` makes
LOCK = 0x57454E50414E  # "WENPAN": one appender at a time


class NotInTransactionError(RuntimeError):
    """A deed and its entry must stand or fall together."""


def record(
    *, by: Any, action: str, subject: str, summary: str, detail: Any = None, at: datetime | None = None
) -> Entry:
    """Appends one entry. `by=None` is the system. Raises NotInTransactionError outside an atomic block.

    The entry also seals the rows that this transaction has written since its last entry (sealing.py); what is
    written after the last entry of a transaction is sealed by `close` before it commits.

    `summary` is one Chinese sentence for people (cut at 400 characters); `detail` is any JSON value.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError(f"journal entry {action!r} outside a transaction")
    hold()
    return _append(
        sealing.waiting(connection),
        at=at or timezone.now(),
        actor_id=by.pk if by is not None else None,
        actor_name=(str(by) if by is not None else SYSTEM)[:80],
        action=action[:60],
        subject=subject[:120],
        summary=str(summary)[:400],
        detail=json_values(detail if detail is not None else {}),
    )


def close(link: Any) -> None:
    """Before a commit: rows written after their transaction's last entry, or without any, get one too."""
    state = written.of(link)
    if not any(cover_of(model) for model in state.rows):
        return
    hold()
    if seals := sealing.waiting(link):
        last = state.entries[-1] if state.entries else None
        _append(
            seals,
            at=last.at if last else timezone.now(),
            actor_id=last.actor_id if last else None,
            actor_name=last.actor_name if last else SYSTEM,
            action=FURTHER if last else UNTOLD,
            subject=last.subject if last else seals[0].table,
            summary=f"登记第{last.sequence}条所写的其余记录" if last else "登记未写明事由的改动",
            detail={"of": last.sequence} if last else {},
        )


def _append(seals: list[Seal], **values: Any) -> Entry:
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    values |= {
        "sequence": last[0] + 1,
        "rows": [sealing.claim(seal) for seal in seals],
        "previous_hash": last[1],
    }
    entry = Entry.objects.create(**values, hash=entry_hash(key=settings.JOURNAL_KEY, **values))
    for seal in seals:
        seal.entry = entry
    Seal.objects.bulk_create(seals, batch_size=50)
    written.of(connection).entries.append(entry)
    return entry


def hold() -> None:
    """Waits for the journal, keeps it until the transaction ends. A deed of several entries calls it before
    its first change: else it may hold the journal and wait for a row, whose holder waits for the journal.

    SQLite: our transactions begin IMMEDIATE and hold the write lock already. PostgreSQL: asked for.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError("the journal held outside a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
