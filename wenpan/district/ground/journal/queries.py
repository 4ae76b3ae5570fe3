"""Reading the journal: its head, its entries, and whether the chain is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from wenpan.district.ground.journal.chain import GENESIS, entry_hash
from wenpan.district.ground.journal.models import Entry

HASHED = (
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "subject",
    "summary",
    "detail",
    "rows",
    "previous_hash",
)


@dataclass(frozen=True)
class Verification:
    """`broken` is the sequence of the first entry that is missing or changed; None means whole."""

    entries: int
    head: str
    broken: int | None = None
    reason: str = ""  # gap | link | content | head

    @property
    def whole(self) -> bool:
        return self.broken is None


READING = "single_returns.read"  # somebody looked: the one entry that changes nothing but the journal


def head() -> str:
    """The hash of the newest entry: it witnesses everything before it. Printed in every bulletin."""
    return Entry.objects.order_by("-sequence").values_list("hash", flat=True).first() or GENESIS


def verify(*, expected_head: str = "") -> Verification:
    """Walks the whole chain. With `expected_head` (from a printed bulletin) that hash must be in it,
    which also shows entries cut off at the end."""
    previous, count, seen_head = GENESIS, 0, expected_head in {"", GENESIS}
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if reason := _fault(entry, count, previous):
            return Verification(count, previous, count, reason)
        previous = entry.hash
        seen_head = seen_head or previous == expected_head
    if not seen_head:
        return Verification(count, previous, count + 1, "head")
    return Verification(count, previous)


def _fault(entry: Entry, position: int, previous: str) -> str:
    if entry.sequence != position:
        return "gap"
    if entry.previous_hash != previous:
        return "link"
    expected = entry_hash(key=settings.JOURNAL_KEY, **{name: getattr(entry, name) for name in HASHED})
    return "" if expected == entry.hash else "content"


def entries(
    *,
    actor: str = "",
    action: str = "",
    text: str = "",
    since: date | None = None,
    until: date | None = None,
    attention: bool = False,
) -> QuerySet[Entry]:
    """Entries of the days `since` to `until` inclusive (place's time), newest first; filters match parts.

    `attention`: only those that the auditor must look at (`detail.attention`)."""
    found = Entry.objects.all()
    if attention:
        found = found.filter(detail__has_key="attention")
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if action:
        found = found.filter(action__startswith=action)
    if text:
        found = found.filter(Q(summary__icontains=text) | Q(subject__icontains=text))
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until, days=1))
    return found


def entry(sequence: int) -> Entry:
    return get_object_or_404(Entry, sequence=sequence)


def actions_known() -> list[str]:
    """The rooms and verbs that occur, for the filter."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def _midnight(day: date, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromordinal(day.toordinal() + days), time()))
