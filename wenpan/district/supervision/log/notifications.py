"""Words to people inside the program: once a key, never outside working hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import record
from wenpan.district.outbox.actions import post
from wenpan.district.supervision.log.working_hours import working_moment
from wenpan.district.supervision.models import Matter, Notice


@transaction.atomic
def notify(
    *,
    users: Iterable[User],
    key: str,
    text: str,
    matter: Matter | None,
    at: datetime,
    level: int = 0,
    url: str = "",
    kind: str = "notice",
) -> int:
    """One notice a person and key; those that exist are left alone. Gives the number of new ones.

    `kind`: a code of rules/reminders.yaml.

    Two at once: callers hold the matter (escalating), the unique key holds the rest.
    """
    wanted = {f"{key}:{user.pk}"[:120]: user for user in users}
    there = set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))
    moment = working_moment(at)
    if not url and matter is not None:
        url = reverse("supervision:matter", args=[matter.pk])
    new = [
        Notice(key=one, user=user, unit_id=user.unit_id, role=user.role, matter=matter,
               level=level, text=text[:300], url=url[:120],
               made_at=at, not_before=moment)
        for one, user in wanted.items()
        if one not in there
    ]  # fmt: skip
    if not new:
        return 0
    Notice.objects.bulk_create(new)
    post(
        users=[one.user for one in new],
        kind=kind,
        key=f"notice:{key}",
        text=text,
        url=url,
        not_before=moment,
        at=at,
    )
    record(
        by=None,
        action="notice.made",
        subject=f"matter:{matter.pk}" if matter else "notice",
        at=at,
        summary=_("提醒%(names)s：%(text)s") % {"names": "、".join(str(n.user) for n in new), "text": text},
        detail={"keys": [n.key for n in new], "not_before": moment.isoformat()},
    )
    return len(new)
