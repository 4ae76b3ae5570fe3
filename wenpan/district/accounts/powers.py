"""The three administrators hold one power each, and no route leads one person to two.

Pure rules over an account and what is asked for; `attention` gives the reasons that the auditor is told of
what cannot be forbidden (two accounts may belong to namesakes).
"""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import ADMINISTRATORS, ROLES


def refusal_of_role(user: User, role: str) -> str:
    """Why this account may not get this role, "" if it may. Taking a role away is always allowed here."""
    if not role or role == user.role:
        return ""
    if (user.was_administrator or user.role in ADMINISTRATORS) and role not in ADMINISTRATORS:
        return _("管理员账号（含曾任）不能授予数据角色；确需换岗的，请另开账号。")
    if user.role in ADMINISTRATORS and role in ADMINISTRATORS:
        return _("三员不得兼任、不得互换；确需换岗的，请另开账号。")
    return ""


def refusal_of_data_role(user: User) -> str:
    """For the page, before anybody tries."""
    return refusal_of_role(user, "leader") if user.was_administrator or user.role in ADMINISTRATORS else ""


def is_last_holder(user: User, holders: list[User]) -> bool:
    """`holders`: the open accounts with the user's role. An administrator role is never left without one."""
    return user.role in ADMINISTRATORS and all(other.pk == user.pk for other in holders)


def same_person(one: User | None, other: User | None) -> bool:
    """Two accounts with one name are taken for one person's."""
    return one is not None and other is not None and one.pk != other.pk and _name(one) == _name(other) != ""


def attention(user: User, role: str, by: User, administrators: list[User]) -> list[str]:
    """What the auditor should look at when `by` gives `role` to `user`."""
    told = []
    if same_person(user.opened_by, by):
        told.append(_("开账号的人与授权的人同名"))
    if same_person(user, by):
        told.append(_("授权人给同名账号授权"))
    if role not in ADMINISTRATORS and any(same_person(user, other) for other in administrators):
        told.append(_("被授权账号与管理员同名"))
    if role in ADMINISTRATORS:
        twins = [a for a in administrators if same_person(user, a) and a.role != role]
        told.append(_("授予管理员角色：%(role)s") % {"role": ROLES[role].label})
        if twins:
            told.append(_("与另一名管理员同名"))
    return told


def _name(user: User) -> str:
    return "".join(unicodedata.normalize("NFKC", user.name).split()).lower()
