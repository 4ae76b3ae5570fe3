"""The journal's dealings with what lies outside of it: the kept head, and tables that a migration changed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from wenpan.district.ground.databases import written
from wenpan.district.ground.journal import agreement, head
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.chain import GENESIS
from wenpan.district.ground.journal.cover import columns_of, covered_models, sealed_as
from wenpan.district.ground.journal.models import Entry, Seal


def remember_head(link: Any) -> None:
    """After a commit that brought entries."""
    state = written.of(link)
    if state.unsure:
        newest = Entry.objects.order_by("-sequence").first()
    else:
        newest = state.entries[-1] if state.entries else None
    if newest is not None:
        head.write(_home(), settings.JOURNAL_KEY, head.Head(newest.sequence, newest.hash))


def head_fault() -> str:
    """Why this is not the journal that was last seen here, in one Chinese sentence; "" when it is."""
    newest = Entry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    known = head.read(_home(), settings.JOURNAL_KEY)
    return head.fault(known, _hash_at, newest, begun=Seal.objects.exists())


def begin_head() -> None:
    """In a new place: a head of nothing, so that a file that is missing later is always noticed."""
    if not Entry.objects.exists():
        head.write(_home(), settings.JOURNAL_KEY, head.Head(0, GENESIS))


def acknowledge(*, reason: str, by: Any = None) -> Entry:
    """A deliberate restore: from now on the journal as it is counts. What is given up stands in the entry."""
    known = head.read(_home(), settings.JOURNAL_KEY)
    lost = {"sequence": known.sequence, "hash": known.hash} if known else {}
    fault = head_fault()
    with transaction.atomic():
        entry = record(
            by=by,
            action="journal.acknowledge",
            subject="journal",
            summary=f"确认数据库由备份恢复：{reason}",
            detail={"reason": reason, "last_known": lost, "fault": fault},
        )
    head.write(_home(), settings.JOURNAL_KEY, head.Head(entry.sequence, entry.hash), back=True)
    return entry


def tell_restore(told: dict[str, Any]) -> Entry:
    """After `wenpan restore`: which archive, and which head the place had before, if it had one."""
    with transaction.atomic():
        return record(
            by=None,
            action="journal.restored",
            subject="journal",
            summary=f"由备份{told['archive']}恢复",
            detail=told,
        )


def seal_what_stands(*, why: str, apps: Collection[str] = (), by: Any = None) -> Entry | None:
    """Seals tables that have no seals yet, or seals over other columns than now, and those of `apps`, whose
    rows a migration may have written anew. By the command that migrates, and by nothing else: it seals what
    it finds.
    """
    changed = [m for m, _cover in covered_models() if m._meta.app_label in apps and m._base_manager.exists()]
    tables = list(dict.fromkeys([*agreement.unsealed_tables(), *changed]))
    if not tables:
        return None
    with transaction.atomic():
        state = written.of(connection)
        for model in tables:
            state.note(model, model._base_manager.order_by("pk").values_list("pk", flat=True), None)
        return record(
            by=by,
            action="journal.seal",
            subject="journal",
            summary=f"{why}：将{len(tables)}张表的现有记录纳入日志",
            detail={"tables": [[sealed_as(model), columns_of(model)] for model in tables]},
        )


def seal_moved(*, where: str, digests: Collection[Any], by: Any = None) -> Entry:
    """After `wenpan move`: rows that were shown to be equal are sealed anew in the words of the new database;
    from this entry on the journal compares with these. By that command, and by nothing else."""
    tables = [model for model, _cover in covered_models() if model._base_manager.exists()]
    with transaction.atomic():
        state = written.of(connection)
        for model in tables:
            state.note(model, model._base_manager.order_by("pk").values_list("pk", flat=True), None)
        return record(
            by=by,
            action=agreement.MOVED,
            subject="journal",
            summary=f"换库到{where}：{len(digests)}张表摘要相同，现有记录重新纳入日志",
            detail={"digests": list(digests), "attention": True},
        )


def _hash_at(sequence: int) -> str | None:
    return Entry.objects.filter(sequence=sequence).values_list("hash", flat=True).first()


def _home() -> Path:
    return Path(settings.WENPAN_HOME)
