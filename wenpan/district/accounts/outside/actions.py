"""Every write about people of another system; each is journalled in the same transaction.

Nobody is created unseen: a first sign-in is only noted. The system administrator opens a new account for
the person (without a role: that is the security administrator's act) or proposes an account that stands,
which the security administrator then confirms. An administrator's account is never linked: the three sign
in by their own passwords, whatever a provider says.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts import actions as accounts
from wenpan.district.accounts.models import OutsidePerson, Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import ADMINISTRATORS
from wenpan.district.ground.journal.actions import record

State = OutsidePerson.State


def _is_administrator(user: User) -> bool:
    return user.was_administrator or user.role in ADMINISTRATORS


@transaction.atomic
def meet(*, number: str, name: str, source: str, at: datetime | None = None) -> User | None:
    """The account that this staff number opens; None where none does (yet). Notes who is new."""
    number, name = number.strip()[:80], name.strip()[:40]
    if not number:
        raise ValidationError(_("统一认证没有给出工号，不能登录。"))
    known = OutsidePerson.objects.filter(number=number).select_related("user").first()
    if known is not None:
        user = known.user if known.state == State.LINKED else None
        return user if user and user.is_active and not _is_administrator(user) else None
    try:
        with transaction.atomic():
            person = OutsidePerson.objects.create(
                number=number, name=name, source=source, first_at=at or timezone.now()
            )
    except IntegrityError:  # two first sign-ins at once: the other one noted it
        return None
    record(by=None, action="accounts.outside_met", subject=f"outside:{person.pk}", at=at,
           summary=_("统一认证的新人首次登录，待确认：%(name)s（%(number)s）")
           % {"name": name, "number": number},
           detail={"source": source, "attention": True})  # fmt: skip
    return None


@transaction.atomic
def open_account(
    *, person: OutsidePerson, username: str, unit: Unit | None, by: User, at: datetime | None = None
) -> User:
    """A new account without a role. Its local password is the person's own, by a reset as always."""
    require(by, "account.manage")
    user = accounts.create_user(username=username, name=person.name or person.number, unit=unit, by=by, at=at)
    _decide(person, (State.WAITING,), State.LINKED, user, by, at)
    _told(person, by, at, _("为 %(name)s（%(number)s）开账号并对应"))
    return user


@transaction.atomic
def propose(*, person: OutsidePerson, user: User, by: User, at: datetime | None = None) -> None:
    """An account that stands; the security administrator confirms it."""
    require(by, "account.manage")
    if _is_administrator(user):
        raise ValidationError(_("管理员账号（含曾任）只用本系统密码登录，不能对应统一认证。"))
    if OutsidePerson.objects.filter(user=user).exists():
        raise ValidationError(_("%(name)s 的账号已经对应另一个工号。") % {"name": user.name})
    _decide(person, (State.WAITING,), State.PROPOSED, user, by, at)
    _told(person, by, at, _("拟将 %(name)s（%(number)s）对应已有账号，待复核"))


@transaction.atomic
def confirm(*, person: OutsidePerson, by: User, at: datetime | None = None) -> None:
    """By the security administrator, who did not propose it."""
    require(by, "role.grant")
    if by.pk in {person.decided_by_id, person.user_id}:
        raise PermissionDenied(_("不能复核自己提出的或自己的对应。"))
    if person.user is not None and _is_administrator(person.user):
        raise ValidationError(_("管理员账号（含曾任）只用本系统密码登录，不能对应统一认证。"))
    _decide(person, (State.PROPOSED,), State.LINKED, person.user, by, at)
    _told(person, by, at, _("复核通过：%(name)s（%(number)s）对应已有账号"))


@transaction.atomic
def refuse(*, person: OutsidePerson, by: User, at: datetime | None = None) -> None:
    """Also ends a link; the account stays, with its local password."""
    require(by, "account.manage", "role.grant")
    _decide(person, (State.WAITING, State.PROPOSED, State.LINKED), State.REFUSED, None, by, at)
    _told(person, by, at, _("不让 %(name)s（%(number)s）经统一认证登录"))


@transaction.atomic
def reconsider(*, person: OutsidePerson, by: User, at: datetime | None = None) -> None:
    """A refused person waits again."""
    require(by, "account.manage")
    _decide(person, (State.REFUSED,), State.WAITING, None, by, at)
    _told(person, by, at, _("重新考虑 %(name)s（%(number)s）"))


def _decide(
    person: OutsidePerson,
    was: tuple[State, ...],
    state: State,
    user: User | None,
    by: User,
    at: datetime | None,
) -> None:
    now = at or timezone.now()
    rows = OutsidePerson.objects.filter(pk=person.pk, state__in=was, state=person.state, user=person.user)
    if person.state not in was or rows.update(
        state=state, user=user, decided_by=by, decided_at=now
    ) != 1:  # fmt: skip
        raise ValidationError(_("这个人刚被别人处理过，请刷新后再看。"))
    person.state, person.user, person.decided_by, person.decided_at = state, user, by, now


def _told(person: OutsidePerson, by: User, at: datetime | None, words: str) -> None:
    record(by=by, action=f"accounts.outside_{person.state}", subject=f"outside:{person.pk}", at=at,
           summary=words % {"name": person.name, "number": person.number},
           detail={"user": person.user_id, "attention": True})  # fmt: skip
