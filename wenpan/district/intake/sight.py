"""Whose file it is: a unit's own people have a say in what their unit handed in, and in nothing else."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from wenpan.district.accounts.permissions import can, require
from wenpan.district.intake.models import Submission


def own(user: Any) -> QuerySet[Submission]:
    """What the person's unit handed in itself; nothing for who belongs to no unit."""
    return Submission.objects.filter(unit_id=getattr(user, "unit_id", None) or 0)


def require_say(user: Any, submission: Submission, permission: str) -> None:
    """Raises PermissionDenied unless they hold the permission, or their unit handed the file in."""
    mine = submission.unit_id is not None and submission.unit_id == getattr(user, "unit_id", None)
    if not (mine and can(user, "return.hand_in")):
        require(user, permission)
