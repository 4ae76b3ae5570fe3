"""Whose file it is: a unit's own people have a say in what their unit handed in, and in nothing else."""

from __future__ import annotations

from django.db.models import QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.intake.models import Submission


def own(user: User) -> QuerySet[Submission]:
    """What the person's unit handed in itself; nothing for who belongs to no unit."""
    return Submission.objects.filter(unit_id=getattr(user, "unit_id", None) or 0)


def require_say(user: User, submission: Submission, permission: str) -> None:
    """Their unit handed the file in, or they hold the permission; else PermissionDenied, and NotYours for who
    may hand in but not this."""
    mine = submission.unit_id is not None and submission.unit_id == getattr(user, "unit_id", None)
    if can(user, permission) or (mine and can(user, "return.hand_in")):
        return
    if can(user, "return.hand_in"):
        raise NotYours
    require(user, permission)
