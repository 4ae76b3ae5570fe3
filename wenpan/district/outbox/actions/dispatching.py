"""The round of the outbox: digests are made, one a person and half-day, and sent; failed ones tried again.

Safe at any time, twice, at once. Each digest is claimed by a conditional update before it is sent; a process
that dies leaves its claim to run out. What went out and could not be written down goes out again under the
same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.outbox import rules
from wenpan.district.outbox.addressed import addressed
from wenpan.district.outbox.channels import ChannelRefusedError
from wenpan.district.outbox.channels.robots import PER_MINUTE
from wenpan.district.outbox.models import Delivery, Envelope
from wenpan.district.outbox.policy import OutboxPolicy, outbox_policy
from wenpan.district.outbox.sending import Doors
from wenpan.rules.working_days import calendar


@dataclass(frozen=True)
class Dispatched:
    """What one round did: digests sent, and digests that could not be sent this time."""

    sent: int = 0
    failed: int = 0


def dispatch(*, at: datetime | None = None) -> Dispatched:
    """Makes the digests that are due and sends them; nothing in quiet hours."""
    at = at or timezone.now()
    if rules.is_quiet(timezone.localtime(at), calendar()):
        return Dispatched()
    policy = outbox_policy()
    sent = failed = 0
    with Doors(policy, at) as doors:
        for channel in policy.channels:
            _make_envelopes(channel=channel, policy=policy, at=at)
            due = Envelope.objects.filter(channel=channel, state=Envelope.State.WAITING, next_try_at__lte=at)
            for pk in list(due.order_by("pk").values_list("pk", flat=True)):
                outcome = _send(pk=pk, doors=doors, policy=policy, at=at)
                sent += outcome is True
                failed += outcome is False
    return Dispatched(sent, failed)


def _make_envelopes(*, channel: str, policy: OutboxPolicy, at: datetime) -> None:
    """What is ready and carried by no envelope of this channel yet, one envelope a person (or group) and
    half-day."""
    local = timezone.localtime(at)
    by_person = addressed(channel, policy, at)
    keys = {one: rules.envelope_key(channel, one or 0, local, policy.noon) for one in by_person}
    taken = set(Envelope.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    for person, messages in by_person.items():
        if keys[person] in taken:
            continue  # this half-day's digest has been made: the rest waits for the next
        _make_envelope(key=keys[person], channel=channel, person=person, messages=messages, at=at)


@transaction.atomic
def _make_envelope(*, key: str, channel: str, person: int | None, messages: list[int], at: datetime) -> None:
    hold()  # two rounds at once make one after the other
    carried = Delivery.objects.filter(message__in=messages, channel=channel).values_list("message", flat=True)
    messages = sorted(set(messages) - set(carried))
    if not messages or Envelope.objects.filter(key=key).exists():
        return
    envelope = Envelope.objects.create(key=key, channel=channel, user_id=person, next_try_at=at, made_at=at)
    Delivery.objects.bulk_create(
        Delivery(message_id=pk, envelope=envelope, channel=channel) for pk in messages
    )
    record(
        by=None,
        action="outbox.digest",
        subject=f"envelope:{envelope.pk}",
        at=at,
        summary=_("汇总%(count)d条，待发") % {"count": len(messages)},
        detail={"key": key, "messages": messages},
    )


def _send(*, pk: int, doors: Doors, policy: OutboxPolicy, at: datetime) -> bool | None:
    """True: sent. False: not this time. None: another process has it, or this robot has spoken enough."""
    if not _claim(pk=pk, policy=policy, at=at):
        return None
    envelope = Envelope.objects.select_related("user__unit", "user__reminder_choice").get(pk=pk)
    try:
        doors.send(envelope)
    except OSError as error:
        _failed(envelope=envelope, policy=policy, error=error, at=at)
        return False
    to = envelope.user.name if envelope.user else policy.named.get(envelope.channel, envelope.channel)
    with transaction.atomic():
        hold()
        Envelope.objects.filter(pk=pk).update(
            state=Envelope.State.SENT, sent_at=at, attempts=envelope.attempts + 1, error=""
        )
        record(
            by=None,
            action="outbox.sent",
            subject=f"envelope:{pk}",
            at=at,
            summary=_("已发给%(name)s") % {"name": to},
        )
    return True


@transaction.atomic
def _claim(*, pk: int, policy: OutboxPolicy, at: datetime) -> bool:
    hold()
    lease = at + timedelta(minutes=policy.lease_minutes)
    claimed = Envelope.objects.filter(pk=pk, state=Envelope.State.WAITING, next_try_at__lte=at)
    channel = claimed.values_list("channel", flat=True).first()
    if channel is None or (policy.robot(channel) and _spoken(channel, at) >= PER_MINUTE):
        return False
    claimed.update(next_try_at=lease, tried_at=at)
    record(by=None, action="outbox.sending", subject=f"envelope:{pk}", at=at, summary=_("开始发送"))
    return True


def _spoken(channel: str, at: datetime) -> int:
    """How often this robot was tried in the minute before `at`."""
    return Envelope.objects.filter(channel=channel, tried_at__gt=at - rules.MINUTE).count()


@transaction.atomic
def _failed(*, envelope: Envelope, policy: OutboxPolicy, error: OSError, at: datetime) -> None:
    hold()
    attempts = envelope.attempts + 1
    wait = error.wait if isinstance(error, ChannelRefusedError) else 0
    again = rules.next_try(at, attempts, policy.retry_minutes, wait)
    Envelope.objects.filter(pk=envelope.pk).update(
        attempts=attempts,
        error=(error.strerror or str(error))[:300],
        state=Envelope.State.WAITING if again else Envelope.State.FAILED,
        next_try_at=again or at,
    )
    record(
        by=None,
        action="outbox.failed",
        subject=f"envelope:{envelope.pk}",
        at=at,
        summary=_("未发成（第%(count)d次）：%(error)s")
        % {"count": attempts, "error": error.strerror or str(error)},
    )
