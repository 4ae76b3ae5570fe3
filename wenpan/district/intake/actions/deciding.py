"""What is decided of a file: explained, accepted, sent back to its unit, or taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.notices import notify
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import check_result, handlers, reading_cache
from wenpan.district.intake.examination import parsed
from wenpan.district.intake.models import Submission
from wenpan.district.intake.sight import require_say
from wenpan.district.intake.transitions import OPEN, State, decide, move, subject_of
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.reading import Reading


@transaction.atomic
def explain(
    *, submission: Submission, reasons: Mapping[str, str], by: User, at: datetime | None = None
) -> Submission:
    """Gives reasons for soft findings: finding key (or check code, for all of that check) → words."""
    require_say(by, submission, "intake.accept")
    keys = check_result.soft_keys(submission)
    given = {}
    for key, words in reasons.items():
        for own, check_code in keys.items():
            if key in (own, check_code) and words.strip():
                given[own] = words.strip()[:400]
    move(submission, (State.READY,), reasons={**submission.reasons, **given})
    record(
        by=by,
        action="intake.explain",
        subject=subject_of(submission),
        at=at,
        summary=_("说明 %(count)d 条核对意见") % {"count": len(given)},
        detail=given,
    )
    return submission


def accept(
    *,
    submission: Submission,
    by: User,
    at: datetime | None = None,
    released: date | None = None,
    source: str | None = None,
) -> Submission:
    """Brings the figures into the ledger: all or nothing.

    What the file says is examined anew by the function that made the preview. Raises PermissionDenied
    or Refused: "clash" (someone else decided), "state", "hard_findings", "reasons_missing",
    "figures_changed" (with both sides: what was shown, what holds now).
    """
    require(by, "intake.accept")
    at = at or timezone.now()
    submission.refresh_from_db()
    check_result.must_be_ready(submission)
    reading = _read(submission)  # outside the transaction: it takes seconds, and nobody else should wait
    try:
        with transaction.atomic():
            _accept(submission, reading, by=by, at=at, released=released, source=source)
    except IntegrityError as clash:
        raise Refused("clash", _("这个文件已经入账，不必再收一次。")) from clash
    finally:
        submission.refresh_from_db()
    reading_cache.forget(submission.original.sha256)
    return submission


def _read(submission: Submission) -> Reading:
    try:
        return parsed(submission)
    except Unreadable as refusal:
        raise Refused("unreadable", refusal.message) from refusal


def _accept(
    submission: Submission,
    reading: Reading,
    *,
    by: User,
    at: datetime,
    released: date | None,
    source: str | None,
) -> None:
    decide(
        submission,
        (State.READY,),
        State.ACCEPTED,
        by=by,
        at=at,
        released=released or submission.released or timezone.localdate(at),
        source=source if source is not None else submission.source or _source(submission, by),
    )
    found = check_result.still_true(submission, reading)
    handler = handlers.handler_of(reading.kind)
    assert handler is not None  # otherwise the look would not be READY
    handler.store(submission, found.plan, by=by, at=at)
    record(
        by=by,
        action="intake.accept",
        subject=subject_of(submission),
        at=at,
        summary=_("《%(name)s》入账：新数 %(new)s，修订 %(revised)s，未变 %(unchanged)s")
        % {
            "name": submission.filename,
            **{k: found.counts.get(k, 0) for k in ("new", "revised", "unchanged")},
        },
        detail={**found.counts, "reasons": submission.reasons, "sha256": submission.original.sha256},
    )


def _source(submission: Submission, by: User) -> str:
    unit = submission.unit or by.unit
    return unit.name if unit else ""


@transaction.atomic
def send_back(*, submission: Submission, reason: str, by: User, at: datetime | None = None) -> Submission:
    """A unit's own return goes back to the unit with a reason; nothing of it counts. The unit hands in anew.

    Raises PermissionDenied, Refused: "reason_missing", "state" (no unit handed it in), "clash".
    """
    require(by, "intake.accept")
    if submission.unit is None:
        raise Refused("state", _("这份文件不是单位交回的报表，不能退回；可以作废。"))
    if not reason.strip():
        raise Refused("reason_missing", _("请写明退回的原因。"))
    at, words = at or timezone.now(), reason.strip()[:300]
    decide(submission, OPEN, State.RETURNED, by=by, at=at, returned_reason=words)
    record(
        by=by,
        action="intake.send_back",
        subject=subject_of(submission),
        at=at,
        summary=_("退回%(unit)s的《%(name)s》：%(reason)s")
        % {"unit": submission.unit, "name": submission.filename, "reason": words},
    )
    notify(
        users=[submission.uploaded_by],
        key=f"return.back:{submission.pk}",
        text=_("《%(name)s》被退回：%(reason)s") % {"name": submission.filename, "reason": words},
        at=at,
        url=reverse("projects:own_return", args=[submission.pk]),
        kind="return",
    )
    return submission


@transaction.atomic
def undo(*, submission: Submission, by: User, reason: str, at: datetime | None = None) -> Submission:
    """Takes back everything that the file brought; what it had replaced holds again.

    Raises Refused: "reason_missing", "clash", or "later_batch" naming the file that revised the same figures.
    """
    require(by, "intake.undo")
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤回的原因。"))
    at = at or timezone.now()
    decide(submission, (State.ACCEPTED,), State.UNDONE, by=by, at=at)
    handler = handlers.handler_of(submission.kind)
    assert handler is not None
    handler.undo(submission, by=by, reason=reason.strip(), at=at)
    record(
        by=by,
        action="intake.undo",
        subject=subject_of(submission),
        at=at,
        summary=_("撤回《%(name)s》：%(reason)s") % {"name": submission.filename, "reason": reason.strip()},
    )
    return submission
