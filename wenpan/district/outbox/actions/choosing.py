"""What a person chooses: where mail goes, and which kinds are wanted outside the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.outbox.models import ReminderChoice
from wenpan.district.outbox.policy import outbox_policy
from wenpan.district.outbox.reminder_kinds import reminder_kinds


@transaction.atomic
def choose(*, by: User, mailbox: str, wanted: Iterable[str], at: datetime | None = None) -> ReminderChoice:
    """`wanted`: codes of the kinds that this person wants besides those that must reach everybody.

    Refused for a mailbox that is none, or that is not of a domain to which the place sends.
    """
    at, box = at or timezone.now(), mailbox.strip().lower()
    _check(box)
    unwanted = sorted({kind.code for kind in reminder_kinds() if not kind.must} - set(wanted))
    hold()
    choice, _new = ReminderChoice.objects.update_or_create(
        user=by, defaults={"mailbox": box, "unwanted": unwanted, "at": at}
    )
    record(
        by=by,
        action="outbox.choose",
        subject=f"person:{by.pk}",
        at=at,
        summary=_("选定自己的提醒：邮箱%(box)s，不收%(count)d种")
        % {"box": _("已填") if box else _("未填"), "count": len(unwanted)},
        detail={"unwanted": unwanted},
    )
    return choice


def _check(box: str) -> None:
    mail = outbox_policy().mail
    if not box:
        return
    try:
        validate_email(box)
    except ValidationError:
        raise Refused("bad_value", _("“%(box)s”不是邮箱地址。") % {"box": box[:80]}) from None
    if mail and box.rpartition("@")[2] not in {domain.lower() for domain in mail.domains}:
        raise Refused(
            "bad_value",
            _("只发到这些邮箱域名：%(domains)s。") % {"domains": "、".join(mail.domains)},
        )
