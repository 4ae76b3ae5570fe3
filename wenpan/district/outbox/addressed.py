"""Which lines a channel has yet to carry, and to whom: after what each person chose."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from wenpan.district.accounts.models import User
from wenpan.district.outbox.models import Message, ReminderChoice
from wenpan.district.outbox.policy import FOLDER, MAIL, OutboxPolicy
from wenpan.district.outbox.reminder_kinds import reminder_kinds


def addressed(channel: str, policy: OutboxPolicy, at: datetime) -> dict[int | None, list[int]]:
    """Numbers of messages by person, oldest first; None: the group of a robot.

    Not: lines that wait for their hour or are too old, of people whom this channel cannot reach (no mailbox,
    a unit that is not of the group, an account that is closed), of kinds that a person does not want.
    """
    ready = (
        Message.objects.filter(not_before__lte=at, not_before__gt=at - timedelta(days=policy.oldest_days))
        .exclude(deliveries__channel=channel)
        .order_by("not_before", "pk")
        .values_list("pk", "user", "kind")
    )
    rows = list(ready)
    people = {person for _pk, person, _kind in rows}
    reached = _reached(channel, policy, people)
    unwanted = dict(ReminderChoice.objects.filter(user__in=people).values_list("user", "unwanted"))
    musts = {kind.code for kind in reminder_kinds() if kind.must}
    found: dict[int | None, list[int]] = defaultdict(list)
    for pk, person, kind in rows:
        if person in reached and (kind in musts or kind not in unwanted.get(person, ())):
            found[None if policy.robot(channel) else person].append(pk)
    return found


def _reached(channel: str, policy: OutboxPolicy, people: set[int]) -> set[int]:
    users = User.objects.filter(pk__in=people, is_active=True)
    if channel == FOLDER:
        return set(users.values_list("pk", flat=True))
    if channel == MAIL and policy.mail:
        domains = {domain.lower() for domain in policy.mail.domains}
        boxes = users.values_list("pk", "reminder_choice__mailbox")
        return {pk for pk, box in boxes if box and box.rpartition("@")[2] in domains}
    robot = policy.robot(channel)
    if robot and robot.units:
        users = users.filter(unit__code__in=robot.units)
    return set(users.values_list("pk", flat=True))
