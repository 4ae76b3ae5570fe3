"""Failed sign-ins: who must wait how long before the next try.

Counted for a person *and* a source. A device at which this person signed in before (it carries a signed
mark) is a source of its own: what strangers try elsewhere never locks a person out at their own desk.
Everything else is a stranger's network address, and all strangers together have one more, higher count. Each
failure above the limit doubles the pause (`rules/access.yaml`). A try during a pause is neither looked at nor
counted.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.models import FailedTries, User
from wenpan.district.ground import ciphers
from wenpan.rules.access import access

COOKIE = "wenpan_device"
_SALT, _AGE = "wenpan.device", 400 * 86400
_PEOPLE = 20  # a shared machine: so many people it was used by
_STRANGERS = "strangers"


@dataclass(frozen=True)
class AttemptSource:
    """Where a try comes from: (key, failures allowed) of every count that it belongs to."""

    person: str
    counts: tuple[tuple[str, int], ...]


def device_of(request: HttpRequest) -> tuple[str, list[int]]:
    """(mark of the device, numbers of the people who signed in at it); ("", []) for a new one."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
        return str(told["device"]), [int(pk) for pk in told["people"]]
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return "", []


def mark_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """From now on this device has its own count for this person."""
    device, people = device_of(request)
    told = {
        "device": device or secrets.token_urlsafe(12),
        "people": [*(pk for pk in people if pk != user.pk), user.pk][-_PEOPLE:],
    }
    response.set_cookie(
        COOKIE, signing.dumps(told, salt=_SALT), max_age=_AGE, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip


def source_of(request: HttpRequest, username: str) -> AttemptSource:
    """The same for names that no account has: nobody learns from a pause which names exist."""
    rules, person = access().sign_in, _hash(username.strip().lower())
    user = User.objects.filter(username__iexact=username.strip()).values_list("pk", flat=True).first()
    device, people = device_of(request)
    if user is not None and user in people:
        return AttemptSource(person, ((f"device:{device}", rules.failures),))
    return AttemptSource(
        person,
        ((f"address:{address_of(request)}", rules.failures), (_STRANGERS, rules.failures_of_strangers)),
    )


def wait(source: AttemptSource) -> int:
    """Seconds until the next try is looked at; 0: now."""
    now, rules = timezone.now(), access().sign_in
    allowed = dict(source.counts)
    rows = FailedTries.objects.filter(person=source.person, source__in=allowed)
    waits = [
        row.at + timedelta(seconds=rules.pause(row.failures, allowed[row.source])) - now
        for row in rows
        if now - row.at < timedelta(hours=rules.forgotten_hours)
    ]
    return max([0, *(-(-int(left.total_seconds() * 1000) // 1000) for left in waits)])


@transaction.atomic
def take_a_try(source: AttemptSource) -> None:
    """Counted as failed before the password is looked at: many at once get no more tries than one by one."""
    now = timezone.now()
    old = now - timedelta(hours=access().sign_in.forgotten_hours)
    for key, _allowed in source.counts:
        FailedTries.objects.bulk_create(
            [FailedTries(person=source.person, source=key, failures=0, at=now)], ignore_conflicts=True
        )
        mine = FailedTries.objects.filter(person=source.person, source=key)
        mine.filter(at__lt=old).update(failures=0)
        mine.update(failures=F("failures") + 1, at=now)
    if cache.add("failed_tries.purged", 1, 3600):
        FailedTries.objects.filter(at__lt=old).delete()


@transaction.atomic
def forgive(source: AttemptSource) -> None:
    """The right password: this source starts anew. What strangers together failed stays, less this try."""
    own = Q(source__in=[key for key, _allowed in source.counts if key != _STRANGERS])
    FailedTries.objects.filter(own, person=source.person).delete()
    if any(key == _STRANGERS for key, _allowed in source.counts):
        FailedTries.objects.filter(person=source.person, source=_STRANGERS, failures__gt=0).update(
            failures=F("failures") - 1
        )


def _hash(text: str) -> str:
    """A tried name may be a password in the wrong field: it is not kept."""
    return ciphers.here().digest(text.encode())
