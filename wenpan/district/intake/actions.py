"""Every write of the intake: submit, check, explain, accept, undo, withdraw; all journalled.

A submission moves by conditional updates on its state and version: of two people who accept the same
file one succeeds and the other is told who did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door, handlers, outcome, readings
from wenpan.district.intake.looking import Progress, look, parsed
from wenpan.district.intake.models import Layout, Original, Submission
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.reading import Reading
from wenpan.economy.time.periods import parse_month

State = Submission.State
OPEN = (State.CHECKING, State.UNKNOWN, State.READY, State.REFUSED)


def _subject(submission: Submission) -> str:
    return f"submission:{submission.pk}"


def submit(
    *,
    data: bytes,
    filename: str,
    by: Any,
    at: datetime | None = None,
    period: str | None = None,
    kind: str | None = None,
) -> Submission:
    """Keeps the file as it came and opens a submission in state CHECKING (`check` is the next act).

    The same bytes again give the submission that is already accepted or under way: look at its state.
    A file above the size limit is kept for the record and refused. Raises PermissionDenied, and Refused for
    what may not be kept at all (`door.admit`).
    """
    require(by, "intake.upload")
    at = at or timezone.now()
    admitted = door.admit(filename=filename, data=data, door="数据入口", by=by, at=at)
    filename, sha256 = admitted.filename, door.keep(admitted, at=at)  # on the disk before the database knows
    with transaction.atomic():
        original, _created = Original.objects.get_or_create(
            sha256=sha256, defaults={"size": len(data), "first_name": filename[:255], "stored_at": at}
        )
        if (earlier := _under_way(original)) is not None:
            return earlier
        return _opened(original, filename, by=by, at=at, period=period, kind=kind)


def _under_way(original: Original) -> Submission | None:
    open_or_held = [State.ACCEPTED, State.CHECKING, State.UNKNOWN, State.READY]
    return original.submissions.filter(state__in=open_or_held).order_by("-state", "pk").first()


def _opened(
    original: Original, filename: str, *, by: Any, at: datetime, period: str | None, kind: str | None
) -> Submission:
    if period is not None:
        parse_month(period)
    submission = Submission.objects.create(
        original=original,
        filename=filename[:255],
        kind=kind or "",
        question={"kind_from": "person"} if kind else {},
        period=period or "",
        period_from="person" if period else "",
        uploaded_by=by,
        uploaded_at=at,
    )
    record(
        by=by,
        action="intake.submit",
        subject=_subject(submission),
        at=at,
        summary=_("上传《%(name)s》") % {"name": submission.filename},
        detail={"sha256": original.sha256, "size": original.size},
    )
    if original.size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        outcome.refuse_size(submission)
    return submission


def check(
    *, submission: Submission, by: Any = None, at: datetime | None = None, progress: Progress | None = None
) -> Submission:
    """Reads and examines the file; ends in READY, REFUSED or UNKNOWN (a question to the person).

    May be repeated at any time before the decision, also after a crash: the last check counts.
    """
    submission.refresh_from_db()
    if submission.state not in OPEN:
        raise Refused(
            "state", _("这份文件%(state)s，不能再核对。") % {"state": submission.get_state_display()}
        )
    if submission.original.size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        return submission
    seen = submission.version
    found = look(submission, progress)
    with transaction.atomic():
        if outcome.write(submission, seen, found):
            record(
                by=by,
                action="intake.check",
                subject=_subject(submission),
                at=at,
                summary=_("核对《%(name)s》：%(state)s")
                % {"name": submission.filename, "state": submission.get_state_display()},
                detail=submission.counts,
            )
    submission.refresh_from_db()
    return submission


@transaction.atomic
def explain(
    *, submission: Submission, reasons: Mapping[str, str], by: Any, at: datetime | None = None
) -> Submission:
    """Gives reasons for soft findings: finding key (or check code, for all of that check) → words."""
    require(by, "intake.accept")
    keys = outcome.soft_keys(submission)
    given = {}
    for key, words in reasons.items():
        for own, check_code in keys.items():
            if key in (own, check_code) and words.strip():
                given[own] = words.strip()[:400]
    _move(submission, (State.READY,), reasons={**submission.reasons, **given})
    record(
        by=by,
        action="intake.explain",
        subject=_subject(submission),
        at=at,
        summary=_("说明 %(count)d 条核对意见") % {"count": len(given)},
        detail=given,
    )
    return submission


@transaction.atomic
def set_period(*, submission: Submission, period: str, by: Any, at: datetime | None = None) -> Submission:
    """Answers which month the file is of; `check` must follow. ValueError for what is no month."""
    require(by, "intake.upload")
    month = str(parse_month(period))
    _move(submission, OPEN, period=month, period_from="person", state=State.CHECKING)
    record(
        by=by,
        action="intake.set_period",
        subject=_subject(submission),
        at=at,
        summary=_("指定期间 %(period)s") % {"period": month},
    )
    return submission


@transaction.atomic
def map_layout(
    *, submission: Submission, mapping: Mapping[str, Any], by: Any, at: datetime | None = None
) -> Layout:
    """Remembers what the columns of an unknown table mean, for every file like it; `check` must follow."""
    require(by, "layout.map")
    question = outcome.layout_question(submission)
    if question is None:
        raise Refused("state", _("这份文件不需要认表。"))
    outcome.must_make_sense(mapping, question)
    layout, _created = Layout.objects.update_or_create(
        signature=question["signature"],
        defaults={
            "kind": mapping["kind"],
            "title": submission.title or submission.filename[:200],
            "mapping": {**mapping, "asked": question},
            "created_by": by,
            "created_at": at or timezone.now(),
        },
    )
    _move(submission, OPEN, state=State.CHECKING, layout=layout, kind=mapping["kind"], question={})
    record(
        by=by,
        action="intake.map_layout",
        subject=f"layout:{layout.pk}",
        at=at,
        summary=_("认表：%(title)s") % {"title": layout.title},
        detail={"mapping": dict(mapping)},
    )
    return layout


def accept(
    *,
    submission: Submission,
    by: Any,
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
    outcome.must_be_ready(submission)
    reading = _read(submission)  # outside the transaction: it takes seconds, and nobody else should wait
    try:
        with transaction.atomic():
            _accept(submission, reading, by=by, at=at, released=released, source=source)
    except IntegrityError as clash:
        raise Refused("clash", _("这个文件已经入账，不必再收一次。")) from clash
    finally:
        submission.refresh_from_db()
    readings.forget(submission.original.sha256)
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
    by: Any,
    at: datetime,
    released: date | None,
    source: str | None,
) -> None:
    _decide(
        submission,
        State.READY,
        State.ACCEPTED,
        by=by,
        at=at,
        released=released or submission.released or timezone.localdate(at),
        source=source if source is not None else submission.source or _source(by),
    )
    found = outcome.still_true(submission, reading)
    handler = handlers.handler_of(reading.kind)
    assert handler is not None  # otherwise the look would not be READY
    if isinstance(handler, handlers.Planning):
        handler.store_plan(submission, found.plan, by=by, at=at)
    else:
        handler.store(submission, reading, by=by, at=at)
    record(
        by=by,
        action="intake.accept",
        subject=_subject(submission),
        at=at,
        summary=_("《%(name)s》入账：新数 %(new)s，修订 %(revised)s，未变 %(unchanged)s")
        % {
            "name": submission.filename,
            **{k: found.counts.get(k, 0) for k in ("new", "revised", "unchanged")},
        },
        detail={**found.counts, "reasons": submission.reasons, "sha256": submission.original.sha256},
    )


def _source(by: Any) -> str:
    return by.unit.name if by.unit else ""


@transaction.atomic
def undo(*, submission: Submission, by: Any, reason: str, at: datetime | None = None) -> Submission:
    """Takes back everything that the file brought; what it had replaced holds again.

    Raises Refused: "reason_missing", "clash", or "later_batch" naming the file that revised the same figures.
    """
    require(by, "intake.undo")
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤回的原因。"))
    at = at or timezone.now()
    _decide(submission, State.ACCEPTED, State.UNDONE, by=by, at=at)
    handler = handlers.handler_of(submission.kind)
    assert handler is not None
    handler.undo(submission, by=by, reason=reason.strip(), at=at)
    record(
        by=by,
        action="intake.undo",
        subject=_subject(submission),
        at=at,
        summary=_("撤回《%(name)s》：%(reason)s") % {"name": submission.filename, "reason": reason.strip()},
    )
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, by: Any, at: datetime | None = None) -> Submission:
    """The sender takes a file back before it is accepted; original and findings stay for the record."""
    require(by, "intake.upload")
    _move(submission, OPEN, state=State.WITHDRAWN, decided_by=by, decided_at=at or timezone.now())
    record(
        by=by,
        action="intake.withdraw",
        subject=_subject(submission),
        at=at,
        summary=_("作废《%(name)s》") % {"name": submission.filename},
    )
    return submission


def _decide(submission: Submission, old: State, new: State, *, by: Any, at: datetime, **values: Any) -> None:
    _move(submission, (old,), state=new, decided_by=by, decided_at=at, **values)


def _move(submission: Submission, states: tuple[State, ...], **values: Any) -> None:
    """One conditional update; if it changes no row, somebody else was faster, and is named."""
    wanted = Q(pk=submission.pk, state__in=states, version=submission.version)
    if Submission.objects.filter(wanted).update(**values, version=F("version") + 1) != 1:
        raise outcome.overtaken(submission)
    submission.refresh_from_db()
