"""The profile of rules/access.yaml as Django's validators; its age; how it is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import PastPassword, User
from wenpan.rules.access import access
from wenpan.rules.loading import RuleError, path_of

DRAWS = 1_000
_CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"[0-9]"), re.compile(r"[^a-zA-Z0-9]"))


class AccessProfile:
    """Long enough, of enough kinds of signs, not made of words that are guessed first, not used lately."""

    def validate(self, password: str, user: User | None = None) -> None:
        rules, wrong = access().passwords, []
        if len(password) < rules.min_length:
            wrong.append(_("密码太短：应不少于 %(least)s 位，现为 %(now)s 位。")
                         % {"least": rules.min_length, "now": len(password)})  # fmt: skip
        if sum(bool(kind.search(password)) for kind in _CLASSES) < rules.classes:
            wrong.append(_("密码应含小写字母、大写字母、数字、其他符号中的至少 %(least)s 类。")
                         % {"least": rules.classes})  # fmt: skip
        if len(_beside(password, rules.plain_words)) < min(rules.beside_words, len(password)):
            wrong.append(_("密码主要由易猜的词组成，请换一个。"))
        if user is not None and user.pk and _used_lately(user, password, rules.history):
            wrong.append(_("不能与最近 %(count)s 次用过的密码相同。") % {"count": rules.history})
        if wrong:
            raise ValidationError([ValidationError(words) for words in wrong])

    def get_help_text(self) -> str:
        rules = access().passwords
        return _("不少于 %(length)s 位，含小写字母、大写字母、数字、其他符号中的至少 %(classes)s 类。") % {
            "length": rules.min_length,
            "classes": rules.classes,
        }


def drawn_password(draw: Callable[[int], str] = secrets.token_urlsafe) -> str:
    """A first password that the profile accepts: drawn anew until it does (one draw in thirty lacks a kind
    of signs). RuleError where the place's rules let none through."""
    size = max(12, access().passwords.min_length)  # bytes; four letters each three bytes
    for _n in range(DRAWS):
        password = draw(size)
        try:
            validate_password(password)
        except ValidationError:
            continue
        return password
    raise RuleError(path_of("access"), "passwords", f"{DRAWS} 次随机密码均不合格", "随机密码能够达到的要求")


def _beside(password: str, words: tuple[str, ...]) -> str:
    left = password.lower()
    for word in words:
        left = left.replace(word, "")
    return left


def _used_lately(user: User, password: str, history: int) -> bool:
    if not history:
        return False
    rows = PastPassword.objects.filter(user=user).order_by("-pk").values_list("password", flat=True)
    return any(check_password(password, kept) for kept in {user.password, *rows[:history]})


def remember(user: User, password: str) -> None:
    """Sets the password on the row (the caller saves it) and keeps its hash for the history."""
    user.set_password(password)
    user.password_set_at = timezone.now()
    PastPassword.objects.create(user=user, password=user.password, at=user.password_set_at)


def expired(user: User) -> bool:
    """Older than the profile lets it be; a password whose day is not known does not expire."""
    days, set_at = access().passwords.max_age_days, getattr(user, "password_set_at", None)
    return bool(days and set_at and timezone.now() - set_at >= timedelta(days=days))


def _sm3(*args: Any) -> Any:
    return hashlib.new("sm3", *args)


class SM3PasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with HMAC-SM3, for a place that chose it (ground/ciphers.py). A round takes about three times as
    long as one of SHA-256: 600,000 of them cost no less than Django's million."""

    algorithm = "pbkdf2_sm3"
    iterations = 600_000
    digest = staticmethod(_sm3)
