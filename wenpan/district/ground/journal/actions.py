"""The one way into the journal. Every action of every room calls it in its own transaction.

If an entry cannot be written, the exception undoes the whole act.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from wenpan.district.ground.journal.chain import GENESIS, entry_hash, plain
from wenpan.district.ground.journal.models import Entry

SYSTEM = "系统"  # who acts when nobody does; the record is Chinese whatever the page speaks
LOCK = 0x57454E50414E  # "WENPAN": one appender at a time


class NotInTransactionError(RuntimeError):
    """A deed and its entry must stand or fall together."""


def record(
    *, by: Any, action: str, subject: str, summary: str, detail: Any = None, at: datetime | None = None
) -> Entry:
    """Appends one entry. `by=None` is the system. Raises NotInTransactionError outside an atomic block.

    `summary` is one Chinese sentence for people (cut at 400 characters); `detail` is any JSON value.
    """
    if not connection.in_atomic_block:
        raise NotInTransactionError(f"journal entry {action!r} outside a transaction")
    hold()
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    values = {
        "sequence": last[0] + 1,
        "at": at or timezone.now(),
        "actor_id": by.pk if by is not None else None,
        "actor_name": (str(by) if by is not None else SYSTEM)[:80],
        "action": action[:60],
        "subject": subject[:120],
        "summary": str(summary)[:400],
        "detail": plain(detail if detail is not None else {}),
        "previous_hash": last[1],
    }
    return Entry.objects.create(**values, hash=entry_hash(key=settings.JOURNAL_KEY, **values))


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
