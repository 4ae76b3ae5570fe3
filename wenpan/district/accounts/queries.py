"""Reading people and units."""

from __future__ import annotations

from django.db.models import QuerySet

from wenpan.district.accounts.models import RoleRequest, Unit, User
from wenpan.district.accounts.roles import ADMINISTRATORS


def people() -> QuerySet[User]:
    """Everybody, open and closed accounts, with their unit."""
    return User.objects.select_related("unit").order_by("-is_active", "username")


def role_asked_for(user: User) -> str:
    """The code of the role that a list of accounts asks for; "" for none."""
    found = RoleRequest.objects.filter(user=user, state=RoleRequest.State.OPEN).first()
    return found.role if found is not None else ""


def units() -> QuerySet[Unit]:
    return Unit.objects.all()


def other_administrators(numbers: list[int], user: User) -> list[User]:
    """Of these people the administrators of another kind than the user, who is one."""
    if user.role not in ADMINISTRATORS:
        return []
    return list(User.objects.filter(pk__in=numbers, role__in=ADMINISTRATORS).exclude(role=user.role))
