"""What a proposal may be about: one setting or one list. Who may see, propose and decide it."""

from __future__ import annotations

from typing import TypeAlias

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.adjustments import items
from wenpan.district.adjustments.registers.base import PlaceList
from wenpan.district.adjustments.registers.known import register_of, registers
from wenpan.district.adjustments.setting import SettingItem

Target: TypeAlias = SettingItem | PlaceList
SEES = ("rules.view", "account.manage", "role.grant", "slip.issue")  # who opens 设置 at all


def target_of(code: str) -> Target | None:
    """A line of a list is proposed under `list:line`."""
    return items.items().get(code) or register_of(code.partition(":")[0])


def all_targets() -> dict[str, Target]:
    return {**items.items(), **registers()}


def may_propose(user: User, target: Target) -> bool:
    return can(user, *target.proposes)


def may_decide(user: User, target: Target) -> bool:
    return can(user, *target.decides)


def may_see(user: User, target: Target) -> bool:
    """Whoever may propose or decide it; who reads the rules sees all but the rules of signing in."""
    own = can(user, *target.proposes, *target.decides)
    return own or (
        ("account.manage" not in target.proposes or "rules.set" in target.decides) and can(user, "rules.view")
    )
