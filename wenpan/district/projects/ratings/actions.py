"""Ratings of another authority into the room and out again: versions, never overwritten, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Difference, Refused
from wenpan.district.intake.models import Submission
from wenpan.district.projects.models import Rating
from wenpan.district.projects.ratings.changes import FIELDS, RatingLine

ACCEPTED = Submission.State.ACCEPTED


@transaction.atomic
def store_ratings(*, submission: Submission, lines: Sequence[RatingLine], by: User, at: datetime) -> None:
    """New ratings, and new versions of those that changed. Raises Refused "clash"."""
    require(by, "intake.accept")
    changed = [line for line in lines if line.kind != "unchanged"]
    old = [line.current.pk for line in changed if line.current]
    for start in range(0, len(old), 500):
        part = old[start : start + 500]
        held = Rating.objects.filter(pk__in=part, superseded_at__isnull=True).update(superseded_at=at)
        if held != len(part):
            raise Refused("clash", _("核对之后又有新的评级入账，请重新核对。"))
    rows = [
        Rating(
            register=line.register,
            code=line.code,
            on=line.on,
            **line.values,
            submission=submission,
            sheet=line.record.sheet[:80],
            cell=line.record.cell("word")[:12],
            version=line.current.version + 1 if line.current else 1,
            recorded_at=at,
        )
        for line in changed
    ]
    Rating.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def undo_ratings(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """What the file brought does not hold any more; the versions before it hold again, as new versions.

    Raises Refused "later_batch" where a later file revised the same ratings.
    """
    require(by, "intake.undo")
    current, later, again = [], [], []
    for versions in _versions(submission):
        holding = next((v for v in versions if v.superseded_at is None), None)
        if holding is None:
            continue
        if holding.submission_id != submission.pk:
            later.append(Difference(f"{holding.name} {holding.on}", "", holding.word))
            continue
        current.append(holding.pk)
        stands = [v for v in versions if v.submission_id != submission.pk and v.submission.state == ACCEPTED]
        if stands:
            again.append(_again(stands[-1], versions[-1].version + 1, at))
    if later:
        raise Refused(
            "later_batch",
            _("这份评级表里的评级后来又改过，不能整批撤回；请先撤回后来的文件。"),
            later[:20],
        )
    for start in range(0, len(current), 500):
        Rating.objects.filter(pk__in=current[start : start + 500]).update(superseded_at=at)
    Rating.objects.bulk_create(again, batch_size=500)


def _versions(submission: Submission) -> list[list[Rating]]:
    """Of each rating that the file touched all its versions, oldest first."""
    mine = set(Rating.objects.filter(submission=submission).values_list("register", "code", "on"))
    rows = Rating.objects.filter(register__in={register for register, _code, _on in mine})
    found: dict[tuple[str, str, date], list[Rating]] = defaultdict(list)
    for row in rows.select_related("submission").order_by("version"):
        if (row.register, row.code, row.on) in mine:
            found[row.register, row.code, row.on].append(row)
    return list(found.values())


def _again(row: Rating, version: int, at: datetime) -> Rating:
    kept = {name: getattr(row, name) for name in ("register", "code", "on", *FIELDS, "sheet", "cell")}
    return Rating(**kept, submission=row.submission, version=version, recorded_at=at)
