"""What was to be said to whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wenpan.district.outbox.models import Delivery, Envelope, Message
from wenpan.district.outbox.policy import outbox_policy

STATES = ("waiting", "sent", "failed", "none")


def messages(state: str = "") -> QuerySet[Message]:
    """Newest first, each with what became of the envelope that carries it: `state` (None: no channel carries
    it), `sent_at`, `error`, `attempts`, `next_try_at`."""
    carried = Delivery.objects.filter(message=OuterRef("pk")).order_by("pk")
    rows = Message.objects.select_related("user__unit").annotate(
        state=Subquery(carried.values("envelope__state")[:1]),
        sent_at=Subquery(carried.values("envelope__sent_at")[:1]),
        error=Subquery(carried.values("envelope__error")[:1]),
        attempts=Subquery(carried.values("envelope__attempts")[:1]),
        next_try_at=Subquery(carried.values("envelope__next_try_at")[:1]),
    )
    if state == "none":
        rows = rows.filter(state=None)
    elif state in STATES:
        rows = rows.filter(state=state)
    return rows


@dataclass(frozen=True)
class OutboxSummary:
    """`channels`: those that are on; the numbers are digests."""

    channels: tuple[str, ...]
    waiting: int
    sent: int
    failed: int


def summary() -> OutboxSummary:
    counts = Envelope.objects.order_by().aggregate(
        waiting=Count("pk", filter=Q(state="waiting")),
        sent=Count("pk", filter=Q(state="sent")),
        failed=Count("pk", filter=Q(state="failed")),
    )
    return OutboxSummary(channels=outbox_policy().channels, **counts)
