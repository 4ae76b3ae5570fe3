"""Taking a file in: kept as it came, opened, checked, its month given, taken back by who sent it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import check_result, door
from wenpan.district.intake.examination import Progress, examine
from wenpan.district.intake.models import Original, Submission
from wenpan.district.intake.sight import require_say
from wenpan.district.intake.transitions import OPEN, State, decide, move, subject_of
from wenpan.economy.time.periods import parse_month


def submit(
    *,
    data: bytes,
    filename: str,
    by: User,
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
    file = door.admit(filename=filename, data=data, door="数据入口", by=by, at=at)
    with transaction.atomic():
        return _taken_in(file, by=by, at=at, period=period, kind=kind)


def hand_in(
    *, data: bytes, filename: str, kind: str, period: str, by: User, at: datetime | None = None
) -> Submission:
    """A unit's own return of a month: kept and opened like any file, for the statistics office to accept.

    What the unit handed in earlier for that month and nobody has decided is withdrawn: the last file counts.
    Raises PermissionDenied, Refused "bad_value" for who belongs to no unit, ValueError for what is no month.
    """
    require(by, "return.hand_in")
    if by.unit_id is None:
        raise Refused("bad_value", _("您的账号没有所属单位，请系统管理员给账号指定单位。"))
    at, month = at or timezone.now(), str(parse_month(period))
    file = door.admit(filename=filename, data=data, door="数据入口", by=by, at=at)
    with transaction.atomic():
        found = _taken_in(file, by=by, at=at, period=month, kind=kind, unit=by.unit)
        mine = Submission.objects.filter(unit=by.unit, kind=kind, period=month, state__in=OPEN)
        if found.state in OPEN:
            for earlier in mine.exclude(pk=found.pk):
                _withdrawn(earlier, by=by, at=at, why=_("同月又交了一份"))
        return found


def _taken_in(
    file: door.Admitted,
    *,
    by: User,
    at: datetime,
    period: str | None,
    kind: str | None,
    unit: Unit | None = None,
) -> Submission:
    hold()  # two who send the same bytes at once: the second finds what the first has opened
    original, _created = Original.objects.get_or_create(
        sha256=door.keep(file, at=at),
        defaults={"size": len(file.data), "first_name": file.filename[:255], "stored_at": at},
    )
    if (earlier := _under_way(original, unit, period)) is not None:
        return earlier
    return _opened(original, file.filename, by=by, at=at, period=period, kind=kind, unit=unit)


def _under_way(original: Original, unit: Unit | None, period: str | None) -> Submission | None:
    """A unit is shown its own files of the month only."""
    open_or_held = [State.ACCEPTED, State.CHECKING, State.UNKNOWN, State.READY]
    mine = original.submissions.filter(state__in=open_or_held).order_by("-state", "pk")
    return (mine.filter(unit=unit, period=period or "") if unit is not None else mine).first()


def _opened(
    original: Original,
    filename: str,
    *,
    by: User,
    at: datetime,
    period: str | None,
    kind: str | None,
    unit: Unit | None,
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
        unit=unit,
        uploaded_by=by,
        uploaded_at=at,
    )
    record(
        by=by,
        action="intake.submit",
        subject=subject_of(submission),
        at=at,
        summary=_("上传《%(name)s》") % {"name": submission.filename},
        detail={"sha256": original.sha256, "size": original.size},
    )
    if original.size > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        check_result.refuse_size(submission)
    return submission


def check(
    *,
    submission: Submission,
    by: User | None = None,
    at: datetime | None = None,
    progress: Progress | None = None,
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
    found = examine(submission, progress)
    with transaction.atomic():
        if check_result.write(submission, seen, found):
            record(
                by=by,
                action="intake.check",
                subject=subject_of(submission),
                at=at,
                summary=_("核对《%(name)s》：%(state)s")
                % {"name": submission.filename, "state": submission.get_state_display()},
                detail=submission.counts,
            )
    submission.refresh_from_db()
    return submission


@transaction.atomic
def set_period(*, submission: Submission, period: str, by: User, at: datetime | None = None) -> Submission:
    """Answers which month the file is of; `check` must follow. ValueError for what is no month."""
    require(by, "intake.upload")
    month = str(parse_month(period))
    move(submission, OPEN, period=month, period_from="person", state=State.CHECKING)
    record(
        by=by,
        action="intake.set_period",
        subject=subject_of(submission),
        at=at,
        summary=_("指定期间 %(period)s") % {"period": month},
    )
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, by: User, at: datetime | None = None) -> Submission:
    """The sender takes a file back before it is accepted; original and findings stay for the record."""
    require_say(by, submission, "intake.upload")
    _withdrawn(submission, by=by, at=at or timezone.now())
    return submission


def _withdrawn(submission: Submission, *, by: User, at: datetime, why: str = "") -> None:
    decide(submission, OPEN, State.WITHDRAWN, by=by, at=at)
    summary = _("作废《%(name)s》") % {"name": submission.filename}
    record(
        by=by,
        action="intake.withdraw",
        subject=subject_of(submission),
        at=at,
        summary=f"{summary}：{why}" if why else summary,
    )
