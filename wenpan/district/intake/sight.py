"""Whose file it is: a unit's own people have a say in what their unit handed in, and in nothing else; who
sends files and takes none into the ledger sees what they or the colleagues of their post have sent.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.intake.models import Submission


def own(user: User) -> QuerySet[Submission]:
    """What the person's unit handed in itself; nothing for who belongs to no unit."""
    return Submission.objects.filter(unit_id=getattr(user, "unit_id", None) or 0)


def visible(user: User) -> QuerySet[Submission]:
    """All files for who takes them in; for other senders their own and those of the same unit and role: the
    single returns in the tables of others are none of theirs."""
    if can(user, "intake.accept"):
        return Submission.objects.all()
    mine = Q(uploaded_by=user)
    if user.unit_id is not None:
        mine |= Q(uploaded_by__unit=user.unit_id, uploaded_by__role=user.role, unit=None)
    return Submission.objects.filter(mine)


def seen_by(user: User, pk: int) -> Submission:
    """Http404 for what the person may not see, and for what is not there."""
    found = visible(user).select_related("original").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def require_say(user: User, submission: Submission, permission: str) -> None:
    """Their unit handed the file in, or they hold the permission; else PermissionDenied, and NotYours for who
    may hand in but not this."""
    mine = submission.unit_id is not None and submission.unit_id == getattr(user, "unit_id", None)
    if can(user, permission) or (mine and can(user, "return.hand_in")):
        return
    if can(user, "return.hand_in"):
        raise NotYours
    require(user, permission)
