"""Reading what a person proves a sign-in with."""

from __future__ import annotations

from django.db.models import QuerySet

from wenpan.district.accounts.models import RecoveryCode, SecondFactor, User


def live(user: User) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(user=user, ended_at=None).order_by("pk")


def codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, ended_at=None).count()


def credentials(user: User) -> list[str]:
    """Of their security keys, oldest first."""
    return list(live(user).filter(kind=SecondFactor.Kind.KEY).values_list("credential", flat=True))
