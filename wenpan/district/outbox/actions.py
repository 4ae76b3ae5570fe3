"""Every write of the outbox: a line is posted, digests are made and sent, a failed one is tried again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.outbox import channels, rules
from wenpan.district.outbox.models import Delivery, Envelope, Message
from wenpan.district.outbox.policy import OutboxPolicy, outbox_policy


@transaction.atomic
def post(
    *,
    users: Iterable[User],
    kind: str,
    key: str,
    text: str,
    url: str = "",
    not_before: datetime | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> int:
    """One message a person and key; those that exist are left alone. Gives the number of new ones."""
    at = at or timezone.now()
    wanted = {f"{key}:{user.pk}"[:140]: user for user in users}
    there = set(Message.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [
        Message(
            key=one,
            user=user,
            kind=kind,
            text=text[:300],
            url=url[:200],
            made_at=at,
            not_before=not_before or at,
        )
        for one, user in wanted.items()
        if one not in there
    ]
    if not new:
        return 0
    Message.objects.bulk_create(new)
    record(
        by=by,
        action="outbox.posted",
        subject=f"outbox:{kind}",
        at=at,
        summary=_("待发%(count)d条：%(text)s") % {"count": len(new), "text": text},
        detail={"keys": [one.key for one in new]},
    )
    return len(new)


@dataclass(frozen=True)
class Dispatched:
    """What one round did: digests sent, and digests that could not be sent this time."""

    sent: int = 0
    failed: int = 0


def dispatch(*, at: datetime | None = None) -> Dispatched:
    """Makes the digests that are due and sends them. Safe at any time, twice, at once.

    A digest that went out and whose success could not be written goes out again under the same key.
    """
    at = at or timezone.now()
    policy = outbox_policy()
    sent = failed = 0
    for channel in policy.channels:
        _make_envelopes(channel=channel, policy=policy, at=at)
        due = Envelope.objects.filter(channel=channel, state=Envelope.State.WAITING, next_try_at__lte=at)
        for pk in list(due.order_by("pk").values_list("pk", flat=True)):
            outcome = _send(pk=pk, policy=policy, at=at)
            sent += outcome is True
            failed += outcome is False
    return Dispatched(sent, failed)


def _make_envelopes(*, channel: str, policy: OutboxPolicy, at: datetime) -> None:
    """What is ready and carried by no envelope of this channel yet, one envelope a person and half-day."""
    local = timezone.localtime(at)
    ready = (
        Message.objects.filter(not_before__lte=at, not_before__gt=at - timedelta(days=policy.oldest_days))
        .exclude(deliveries__channel=channel)
        .order_by("not_before", "pk")
        .values_list("pk", "user")
    )
    by_person: dict[int, list[int]] = defaultdict(list)
    for pk, person in ready:
        by_person[person].append(pk)
    taken = set(
        Envelope.objects.filter(
            key__in=[rules.envelope_key(channel, one, local, policy.noon) for one in by_person]
        ).values_list("key", flat=True)
    )
    for person, messages in by_person.items():
        key = rules.envelope_key(channel, person, local, policy.noon)
        if key in taken:
            continue  # this half-day's digest has been made: the rest waits for the next
        with transaction.atomic():
            envelope, new = Envelope.objects.get_or_create(
                key=key,
                defaults={"channel": channel, "user_id": person, "next_try_at": at, "made_at": at},
            )
            if not new:
                continue
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


def _send(*, pk: int, policy: OutboxPolicy, at: datetime) -> bool | None:
    """True: sent. False: not this time. None: another process has it."""
    lease = at + timedelta(minutes=policy.lease_minutes)
    with transaction.atomic():
        claimed = Envelope.objects.filter(pk=pk, state=Envelope.State.WAITING, next_try_at__lte=at)
        if claimed.update(next_try_at=lease) != 1:
            return None
        record(by=None, action="outbox.sending", subject=f"envelope:{pk}", at=at, summary=_("开始发送"))
    envelope = Envelope.objects.select_related("user__unit").get(pk=pk)
    try:
        channels.send_to_folder(_digest(envelope), Path(settings.WENPAN_HOME) / (policy.folder or ""))
    except OSError as error:
        _failed(envelope=envelope, policy=policy, error=error, at=at)
        return False
    with transaction.atomic():
        Envelope.objects.filter(pk=pk).update(
            state=Envelope.State.SENT, sent_at=at, attempts=envelope.attempts + 1, error=""
        )
        record(
            by=None,
            action="outbox.sent",
            subject=f"envelope:{pk}",
            at=at,
            summary=_("已发给%(name)s") % {"name": envelope.user.name},
        )
    return True


def _digest(envelope: Envelope) -> channels.Digest:
    messages = Message.objects.filter(deliveries__envelope=envelope).order_by("not_before", "pk")
    person = envelope.user
    return channels.Digest(
        key=envelope.key,
        username=person.username,
        name=person.name,
        unit=person.unit.short_name if person.unit else "",
        lines=tuple(
            channels.DigestLine(one.text, one.url, timezone.localtime(one.made_at).isoformat())
            for one in messages
        ),
    )


@transaction.atomic
def _failed(*, envelope: Envelope, policy: OutboxPolicy, error: OSError, at: datetime) -> None:
    attempts = envelope.attempts + 1
    again = rules.next_try(at, attempts, policy.retry_minutes)
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


@transaction.atomic
def try_again(*, by: User, at: datetime | None = None) -> int:
    """Every digest that was given up is put back into the queue. Gives their number; Refused when none is."""
    at = at or timezone.now()
    count = Envelope.objects.filter(state=Envelope.State.FAILED).update(
        state=Envelope.State.WAITING, attempts=0, next_try_at=at
    )
    if not count:
        raise Refused("state", _("没有未发成的汇总。"))
    record(
        by=by,
        action="outbox.again",
        subject="outbox",
        at=at,
        summary=_("重新发送未发成的%(count)d份汇总") % {"count": count},
    )
    return count
