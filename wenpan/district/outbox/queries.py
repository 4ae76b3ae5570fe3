"""What was to be said to whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from wenpan.district.accounts.models import User
from wenpan.district.outbox.models import Delivery, Envelope, Message, ReminderChoice
from wenpan.district.outbox.policy import FOLDER, MAIL, outbox_policy
from wenpan.district.outbox.reminder_kinds import ReminderKind, reminder_kinds
from wenpan.district.outbox.secret_files import secret

STATES = ("waiting", "sent", "failed", "none")


def messages(state: str = "") -> QuerySet[Message]:
    """Newest first, each with `carried`, what became of it in every channel, and for the export of the first
    one `state` (None: no channel carries it), `sent_at`, `error`."""
    first = Delivery.objects.filter(message=OuterRef("pk")).order_by("pk")
    deliveries = Delivery.objects.select_related("envelope").order_by("pk")
    rows = (
        Message.objects.select_related("user__unit")
        .annotate(
            state=Subquery(first.values("envelope__state")[:1]),
            sent_at=Subquery(first.values("envelope__sent_at")[:1]),
            error=Subquery(first.values("envelope__error")[:1]),
        )
        .prefetch_related(Prefetch("deliveries", deliveries, to_attr="carried"))
    )
    if state == "none":
        rows = rows.filter(state=None)
    elif state in STATES:
        rows = rows.filter(Exists(first.filter(envelope__state=state)))
    return rows


def left_the_program(keys: Iterable[str]) -> bool:
    """Whether a digest carries any of these messages, sent or about to be."""
    return Delivery.objects.filter(message__key__in=list(keys)).exists()


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


@dataclass(frozen=True)
class ChannelState:
    """One channel of the rules. `lacking`: secrets that it needs and that are not laid; never a value."""

    code: str
    name: str
    on: bool
    lacking: tuple[str, ...]
    waiting: int
    sent: int
    failed: int
    error: str


def channel_states() -> list[ChannelState]:
    policy = outbox_policy()
    counts = {
        row["channel"]: row
        for row in Envelope.objects.order_by()
        .values("channel")
        .annotate(
            waiting=Count("pk", filter=Q(state="waiting")),
            sent=Count("pk", filter=Q(state="sent")),
            failed=Count("pk", filter=Q(state="failed")),
        )
    }
    unsent = Envelope.objects.exclude(error="").order_by("channel", "-tried_at")
    errors = dict(reversed(list(unsent.values_list("channel", "error")[:200])))
    none = {"waiting": 0, "sent": 0, "failed": 0}
    return [
        ChannelState(
            code=code,
            name=policy.named.get(code, code),
            on=code in policy.channels,
            lacking=tuple(name for name in needed(code) if secret(name) is None),
            waiting=counts.get(code, none)["waiting"],
            sent=counts.get(code, none)["sent"],
            failed=counts.get(code, none)["failed"],
            error=errors.get(code, ""),
        )
        for code in dict.fromkeys((*policy.named, *counts))
    ]


def needed(code: str) -> tuple[str, ...]:
    """Names of the secrets that a channel that is on cannot do without."""
    policy = outbox_policy()
    if code == FOLDER:
        return ()
    if code == MAIL:
        return ("mail-password",) if policy.mail and policy.mail.user else ()
    robot = policy.robot(code)
    if robot is None:
        return ()
    return (f"{code}-url", f"{code}-secret") if robot.form == "dingtalk" else (f"{code}-url",)


@dataclass(frozen=True)
class MyReminders:
    """What reaches one person outside the program: `kinds` with whether it is wanted, `channels` by name."""

    mailbox: str
    kinds: tuple[tuple[ReminderKind, bool], ...]
    channels: tuple[str, ...]
    mail_on: bool
    domains: tuple[str, ...]


def reminders_of(user: User) -> MyReminders:
    policy = outbox_policy()
    choice = ReminderChoice.objects.filter(user=user).first()
    unwanted = choice.unwanted if choice else []
    return MyReminders(
        mailbox=choice.mailbox if choice else "",
        kinds=tuple((kind, kind.must or kind.code not in unwanted) for kind in reminder_kinds()),
        channels=tuple(policy.named[code] for code in policy.channels if _of(code, user)),
        mail_on=policy.mail is not None,
        domains=policy.mail.domains if policy.mail else (),
    )


def _of(code: str, user: User) -> bool:
    robot = outbox_policy().robot(code)
    return robot is None or not robot.units or user.unit_code in robot.units
