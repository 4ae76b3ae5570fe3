"""A line for people is put into the outbox, once a key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import record
from wenpan.district.outbox.models import Message


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
    """One message a person and key; those that exist are left alone. Gives the number of new ones.

    `kind`: a code of rules/reminders.yaml, which says whether a person may do without it outside the program.
    """
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
