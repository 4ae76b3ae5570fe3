"""Reading people and units."""

from __future__ import annotations

from django.db.models import QuerySet

from wenpan.district.accounts.models import Unit, User


def people() -> QuerySet[User]:
    """Everybody, open and closed accounts, with their unit."""
    return User.objects.select_related("unit").order_by("-is_active", "username")


def units() -> QuerySet[Unit]:
    return Unit.objects.all()
