"""Who is told: the liaison officers and the head of a unit, the leader in charge of it, the office."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.roles import LIAISON, SUPERVISION_HEAD, SUPERVISOR, UNIT_HEAD

OFFICE = (SUPERVISOR.code, SUPERVISION_HEAD.code)


def recipients_of(unit: Unit | None, audiences: Iterable[str]) -> list[User]:
    """The people of these audiences, each once. Where a unit has none of a kind, the next up the line is
    told in their place, and the office in the last: a word never goes to nobody."""
    found: dict[int, User] = {}
    for audience in audiences:
        for user in _people(unit, audience):
            found.setdefault(user.pk, user)
    return list(found.values())


def _people(unit: Unit | None, audience: str) -> list[User]:
    line = {
        "liaison": ("liaison", "unit_head", "office"),
        "unit_head": ("unit_head", "liaison", "office"),
        "charge": ("charge", "office"),
        "office": ("office",),
    }[audience]
    for step in line:
        if people := list(User.objects.filter(_who(unit, step), is_active=True).order_by("pk")):
            return people
    return []


def _who(unit: Unit | None, step: str) -> Q:
    if step == "office":
        return Q(role__in=OFFICE)
    if unit is None:
        return Q(pk__in=[])
    if step == "charge":
        return Q(charges__unit=unit)
    return Q(unit=unit, role=LIAISON.code if step == "liaison" else UNIT_HEAD.code)


def notices_of(user: User) -> Q:
    """Notices that the person reads: those to the post that they hold now. What was said to the post before
    them, to somebody who has moved on, is theirs; what was said to a post that they have left is not."""
    own = Q(user=user.pk) & (Q(unit=None) | Q(unit=user.unit_id))
    if user.unit_id is None:
        return own
    moved_on = ~Q(user__unit=user.unit_id) | ~Q(user__role=user.role) | Q(user__is_active=False)
    left_behind = Q(unit=user.unit_id, role=user.role) & (moved_on | Q(user__unit=None)) & ~Q(user=user.pk)
    return own | left_behind


def office() -> Unit | None:
    """The unit that supervises, as its people say: the head's, else a clerk's; None where nobody is."""
    people = User.objects.filter(role__in=OFFICE, is_active=True, unit__isnull=False).select_related("unit")
    found = sorted(people, key=lambda user: (user.role != SUPERVISION_HEAD.code, user.pk))
    return found[0].unit if found else None
