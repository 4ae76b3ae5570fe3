"""举证: every quoted requirement beside what this place shows now.

`state`: met (the program's, and what is looked at is in order) · duty (the place's, and done as far as it can
be seen) · open (looked at, and not in order) · not_met. Each look is taken anew; the tests of the program are
run by `wenpan evidence --run`, where its sources lie, and their last outcome is kept in the place.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import ADMINISTRATORS
from wenpan.district.accounts.sessions import idle_minutes
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal import queries
from wenpan.rules.access import access
from wenpan.rules.evidence import RequirementQuoted, requirements

LAST_RUN = "evidence.json"
WEEK = 7 * 86400


@dataclass(frozen=True)
class EvidenceRow:
    """`seen`: what was looked at, in words; `ran`: when its tests last ran, "" for never."""

    requirement: RequirementQuoted
    state: str
    seen: str
    ran: str
    passed: bool | None


def rows() -> list[EvidenceRow]:
    return list(_rows())


def _rows() -> Iterator[EvidenceRow]:
    told = last_run()
    for one in requirements()[0]:
        good, seen = CHECKS[one.check]() if one.check else (True, "")
        outcomes = [told.get("outcomes", {}).get(test) for test in one.tests]
        passed = None if not outcomes or None in outcomes else all(outcomes)
        state = "not_met" if one.met_by == "not_met" else "open" if not good or passed is False else (
            "met" if one.met_by == "program" else "duty"
        )  # fmt: skip
        yield EvidenceRow(one, state, seen, str(told.get("at", "")) if passed is not None else "", passed)


def algorithms() -> str:
    """What protects this place, in a line."""
    profile = ciphers.here()
    words = _("国密算法：%(names)s") if profile.code == ciphers.SM else _("通用算法：%(names)s")
    return words % {"names": profile.label()}


def last_run() -> dict[str, Any]:
    path = Path(settings.WENPAN_HOME) / LAST_RUN
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _password_profile() -> tuple[bool, str]:
    rules = access().passwords
    words = _("不少于%(length)s位、%(classes)s类字符，%(days)s天更换") % {
        "length": rules.min_length, "classes": rules.classes, "days": rules.max_age_days
    }  # fmt: skip
    return rules.min_length >= 8 and rules.classes >= 3 and rules.max_age_days > 0, words


def _sign_in_limits() -> tuple[bool, str]:
    words = _("连错%(failures)s次暂停，%(idle)s分钟无操作退出") % {
        "failures": access().sign_in.failures, "idle": idle_minutes()
    }  # fmt: skip
    return access().sign_in.failures <= 10 and idle_minutes() <= 30, words


def _https() -> tuple[bool, str]:
    on = bool(getattr(settings, "SESSION_COOKIE_SECURE", False))
    return on, _("已按 https 运行") if on else _("没有按 https 运行")


def _second_factor() -> tuple[bool, str]:
    missing = sorted(ADMINISTRATORS - set(access().second.required_roles))
    return not missing, _("未要求二次验证的管理员角色：%(count)s个") % {"count": len(missing)}


def _three_administrators() -> tuple[bool, str]:
    held = set(User.objects.filter(is_active=True, role__in=ADMINISTRATORS).values_list("role", flat=True))
    return held == ADMINISTRATORS, _("在用的管理员角色：%(count)s个") % {"count": len(held)}


def _journal_whole() -> tuple[bool, str]:
    found = queries.verify()
    return found.whole, _("日志%(entries)s条，%(how)s") % {
        "entries": found.entries, "how": _("完整") if found.whole else _("不完整")
    }  # fmt: skip


def _recent_backup() -> tuple[bool, str]:
    folder = Path(settings.WENPAN_HOME) / "backups"
    made = [path.stat().st_mtime for path in folder.glob("wenpan-*.tar.gz")] if folder.exists() else []
    good = bool(made) and time.time() - max(made) < WEEK
    return good, _("七天内有备份") if good else _("七天内没有备份（在 %(folder)s）") % {"folder": "backups/"}


def _national_ciphers() -> tuple[bool, str]:
    return ciphers.here().code == ciphers.SM, algorithms()


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "password_profile": _password_profile,
    "sign_in_limits": _sign_in_limits,
    "https": _https,
    "second_factor": _second_factor,
    "three_administrators": _three_administrators,
    "journal_whole": _journal_whole,
    "recent_backup": _recent_backup,
    "national_ciphers": _national_ciphers,
}
