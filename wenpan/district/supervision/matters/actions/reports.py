"""What goes into a matter's file: a feedback with its attachments, a view kept, a notice read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.intake.door import Admitted
from wenpan.district.supervision.log.event_log import address
from wenpan.district.supervision.log.recipients import notices_of
from wenpan.district.supervision.matters import attachments as policy
from wenpan.district.supervision.matters.actions.handling import feed_back
from wenpan.district.supervision.models import Attachment, Feedback, Matter, Notice

File = tuple[str, bytes]


def report(
    *,
    matter: Matter,
    claim: str,
    process: str,
    by: User,
    situation: str = "",
    advice: str = "",
    files: Sequence[File] = (),
    unchanged: bool = False,
    at: datetime | None = None,
    seen: int | None = None,
) -> Feedback:
    """A feedback and its files, or neither. Raises Refused as `feed_back` and `attach` do."""
    if files:
        require(by, "desk.use")
    admitted = _admitted(files, already=0, by=by, at=at)
    with transaction.atomic():
        feedback = feed_back(
            matter=matter,
            claim=claim,
            process=process,
            situation=situation,
            advice=advice,
            unchanged=unchanged,
            by=by,
            at=at,
            seen=seen,
        )
        if admitted:
            _attach(feedback, admitted, by=by, at=at)
    return feedback


def attach(
    *, feedback: Feedback, files: Sequence[File], by: User, at: datetime | None = None
) -> list[Attachment]:
    """Keeps the bytes by their hash and the names with the feedback. Only its own author adds to it.

    Raises Refused "bad_value": a type that is not taken, too large, too many; "permission": not the author;
    and as `door.admit` does.
    """
    require(by, "desk.use")
    if feedback.by_id != by.pk:
        raise Refused("permission", _("只有反馈人可以给这份反馈加附件。"))
    admitted = _admitted(files, already=feedback.attachments.count(), by=by, at=at)
    with transaction.atomic():
        return _attach(feedback, admitted, by=by, at=at)


def _admitted(files: Sequence[File], *, already: int, by: User, at: datetime | None) -> list[Admitted]:
    most = policy.limits().most_files
    if already + len(files) > most:
        raise Refused("bad_value", _("一份反馈最多%(most)s个附件。") % {"most": most})
    for name, data in files:
        policy.examine(name, data)
    return [
        door.admit(filename=name, data=data, door="反馈附件", by=by, otherwise="附件", at=at)
        for name, data in files
    ]


def _attach(
    feedback: Feedback, files: Sequence[Admitted], *, by: User, at: datetime | None
) -> list[Attachment]:
    made = [
        Attachment.objects.create(
            feedback=feedback, filename=file.filename, sha256=door.keep(file, at=at), size=len(file.data)
        )
        for file in files
    ]
    record(
        by=by,
        action="matter.attached",
        subject=address(feedback.matter),
        at=at or timezone.now(),
        summary=f"附件 {feedback.matter.number}：{'、'.join(a.filename for a in made)}",
        detail={"feedback": feedback.pk, "files": [[a.filename, a.sha256, a.size] for a in made]},
    )
    return made


@transaction.atomic
def read_notices(*, by: User, notice: Notice | None = None, at: datetime | None = None) -> int:
    """Marks one notice, or all that are shown, as read; how many. Another's notice is refused."""
    at = at or timezone.now()
    if notice is not None and not Notice.objects.filter(notices_of(by), pk=notice.pk).exists():
        raise Refused("permission", _("这是发给别人的提醒。"))
    waiting = Notice.objects.filter(notices_of(by), read_at=None, not_before__lte=at)
    if notice is not None:
        waiting = waiting.filter(pk=notice.pk)
    keys = list(waiting.values_list("key", flat=True))
    if keys:
        Notice.objects.filter(key__in=keys).update(read_at=at)
        record(
            by=by,
            action="notice.read",
            subject=f"user:{by.pk}",
            at=at,
            summary=f"已读提醒{len(keys)}条",
            detail={"keys": keys},
        )
    return len(keys)
