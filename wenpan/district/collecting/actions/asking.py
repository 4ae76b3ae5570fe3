"""A source is asked; what is new goes through the intake like a file that a person sends: same door, same
checks, and nothing is entered before a person accepts it.

Safe again at any moment: a file that was taken in and could not be noted is found by the intake as the same
bytes, and noted then. Nothing is fetched inside a transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.collecting.fetchers import FETCHERS, OfferedFile, SourceFailedError
from wenpan.district.collecting.fetchers.offered import MOST_FILES
from wenpan.district.collecting.models import SourceFile, SourceState
from wenpan.district.collecting.source_secrets import keyed
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.intake.checking import start_check
from wenpan.district.intake.models import Submission
from wenpan.rules.sources import FileSource, file_sources

LEASE = timedelta(minutes=15)
TRANSIENT = {"scanner"}  # refusals of the door that say nothing of the file


@dataclass(frozen=True)
class Asked:
    """Files taken in, files refused; `error`: "" where the source answered."""

    taken: int = 0
    refused: int = 0
    error: str = ""


def ask_all(*, at: datetime | None = None) -> dict[str, Asked]:
    """Every source that is on and whose time has come."""
    at = at or timezone.now()
    found = {}
    for source in file_sources():
        if source.enabled and (asked := ask(source=source, at=at)) is not None:
            found[source.code] = asked
    return found


def ask_now(*, code: str, by: User, at: datetime | None = None) -> Asked:
    """By hand, before its time. Refused for a source that is unknown, off, or being asked at this moment."""
    require(by, "intake.upload")
    at = at or timezone.now()
    source = next((one for one in file_sources() if one.code == code and one.enabled), None)
    if source is None:
        raise Refused("bad_value", _("没有这个来源，或没有开通。"))
    with transaction.atomic():
        hold()
        SourceState.objects.get_or_create(code=code)
        state = SourceState.objects.get(code=code)
        if state.asking and state.next_at is not None and state.next_at > at:
            raise Refused("state", _("正在收取，请稍后再看。"))
        SourceState.objects.filter(code=code).update(next_at=None, asking=False)
        record(
            by=by,
            action="collecting.now",
            subject=f"source:{code}",
            at=at,
            summary=_("立即收取：%(name)s") % {"name": source.name},
        )
    return ask(source=source, at=at) or Asked()


def ask(*, source: FileSource, at: datetime) -> Asked | None:
    """None: it is not its time, or another process asks it."""
    if not _claim(source, at):
        return None
    taken = refused = 0
    try:
        by = _in_name_of(source)
        mark = SourceState.objects.get(code=source.code).mark
        for fetched in FETCHERS[source.kind](source, mark, at.timestamp()):
            for offer in fetched.offers:
                done = _take(source, offer, by=by, at=at)
                taken, refused = taken + (done is True), refused + (done is False)
            if fetched.mark:
                _mark(source, fetched.mark, at)
            if taken + refused >= MOST_FILES:
                break
    except SourceFailedError as failed:
        return _answered(source, Asked(taken, refused, str(failed)[:300]), at)
    return _answered(source, Asked(taken, refused), at)


@transaction.atomic
def _claim(source: FileSource, at: datetime) -> bool:
    hold()
    SourceState.objects.get_or_create(code=source.code)
    due = SourceState.objects.filter(code=source.code).filter(Q(next_at__isnull=True) | Q(next_at__lte=at))
    if due.update(next_at=at + LEASE, tried_at=at, asking=True) != 1:
        return False
    record(
        by=None,
        action="collecting.ask",
        subject=f"source:{source.code}",
        at=at,
        summary=_("开始收取：%(name)s") % {"name": source.name},
    )
    return True


def _in_name_of(source: FileSource) -> User:
    user = User.objects.filter(username=source.in_name_of).first()
    if user is None or not can(user, "intake.upload"):
        raise SourceFailedError(f"账号“{source.in_name_of}”不存在、已停用或没有上传权限")
    return user


def _take(source: FileSource, offer: OfferedFile, *, by: User, at: datetime) -> bool | None:
    """True: taken in. False: refused for good. None: known already, or to be tried again."""
    key = keyed(f"{source.code}|{offer.key}")
    if SourceFile.objects.filter(source=source.code, key=key).exists():
        return None
    if offer.size > settings.UPLOAD_LIMIT_MB * 1024**2:
        too_large = _("文件超过%(limit)s MB，没有读取。") % {"limit": settings.UPLOAD_LIMIT_MB}
        _noted(source, key, at, refused=too_large)
        return False
    try:
        submission = intake.submit(data=offer.read(), filename=offer.name, by=by, at=at)
    except Refused as no:
        if no.code in TRANSIENT:
            raise SourceFailedError(str(no.message)) from None
        _noted(source, key, at, refused=str(no.message))
        return False
    if submission.state == Submission.State.CHECKING:
        start_check(submission, by=by, page=reverse("intake:submission", args=[submission.pk]))
    _noted(source, key, at, name=submission.filename, submission=submission)
    return True


@transaction.atomic
def _noted(source: FileSource, key: str, at: datetime, **what: Any) -> None:
    hold()
    if SourceFile.objects.filter(source=source.code, key=key).exists():
        return
    if "refused" in what:
        what["refused"] = what["refused"][:300]
    SourceFile.objects.create(source=source.code, key=key, at=at, **what)
    summary = (
        _("自动收取《%(name)s》") % {"name": what["name"]} if "name" in what else _("自动收取时拒收一份文件")
    )
    record(by=None, action="collecting.file", subject=f"source:{source.code}", at=at, summary=summary)


@transaction.atomic
def _mark(source: FileSource, mark: dict[str, str], at: datetime) -> None:
    hold()
    SourceState.objects.filter(code=source.code).update(mark=mark)
    record(
        by=None, action="collecting.mark", subject=f"source:{source.code}", at=at, summary=_("记下读到哪里")
    )


@transaction.atomic
def _answered(source: FileSource, asked: Asked, at: datetime) -> Asked:
    hold()
    state = SourceState.objects.get(code=source.code)
    state.next_at = at + timedelta(minutes=source.every_minutes)
    state.error, state.asking = asked.error, False
    state.failures = state.failures + 1 if asked.error else 0
    if not asked.error:
        state.answered_at = at
    state.save()
    record(
        by=None,
        action="collecting.asked",
        subject=f"source:{source.code}",
        at=at,
        summary=_("收取%(name)s：收下%(taken)d份，拒收%(refused)d份%(error)s")
        % {
            "name": source.name,
            "taken": asked.taken,
            "refused": asked.refused,
            "error": _("，出错：%(words)s") % {"words": asked.error} if asked.error else "",
        },
    )
    return asked
