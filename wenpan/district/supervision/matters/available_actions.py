"""Which deeds a person may do on a matter now: the forms of its page.

The same conditions as the actions, which hold them; a test does every deed that is offered, and tries every
one that is not. Reads nothing but what it is given: the matter, its standing, the person, the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.log.lifecycle import Kind, MatterState, allowed
from wenpan.district.supervision.models import Matter


@dataclass(frozen=True)
class MatterAction:
    """`kinds`: the events it may write. `tone`: main | plain | danger."""

    code: str
    label: Promise
    kinds: tuple[Kind, ...]
    tone: str = "plain"
    hint: str | Promise = ""


@dataclass(frozen=True)
class Situation:
    """One person before one matter on one day."""

    user: Any
    matter: Matter
    now: MatterState
    on: date
    coops: frozenset[int]  # ids of the cooperating units
    parts_open: bool

    @property
    def own(self) -> int | None:
        unit = getattr(self.user, "unit_id", None)
        return int(unit) if unit is not None else None

    @property
    def leads(self) -> bool:
        return can(self.user, "desk.use") and self.own is not None and self.own == self.matter.lead_id

    @property
    def handles(self) -> bool:
        return self.leads or (can(self.user, "desk.use") and self.own in self.coops)

    def apart(self, permission: str) -> bool:
        """As `handling.require_apart`."""
        if not can(self.user, permission):
            return False
        if not policy.office().check_from_handling:
            return True
        insider = self.own is not None and (self.own == self.matter.lead_id or self.own in self.coops)
        return not insider and self.user.pk not in self.now.handlers


REGISTER = MatterAction("register", _("立项"), (Kind.REGISTERED,), "main")
DROP = MatterAction("drop", _("不予立项"), (Kind.DROPPED,), "danger")
ASSIGN = MatterAction("assign", _("交办"), (Kind.ASSIGNED,), "main")
SIGN = MatterAction("sign", _("签收"), (Kind.SIGNED,), "main")
DECLINE = MatterAction(
    "decline", _("退回"), (Kind.DECLINED,), "danger", _("不属本单位职责的，写明理由，由督查办重新交办。")
)
FEED_BACK = MatterAction("feed_back", _("反馈"), (Kind.FEEDBACK, Kind.ANSWERED), "main",
                 _("写一次，每周督查、每月通报和领导查看都用这一份。"))  # fmt: skip
CHECK = MatterAction("check", _("核查"), (Kind.PASSED, Kind.ROUND, Kind.RETURNED), "main")
RETURN = MatterAction("return", _("退办"), (Kind.RETURNED,), "danger")
CLOSE = MatterAction("close", _("办结销号"), (Kind.CLOSED,), "main")
REOPEN = MatterAction(
    "reopen", _("重办"), (Kind.REOPENED,), "danger", _("回头看发现反弹、不实的，恢复办理。")
)
ASK = MatterAction(
    "ask_extension", _("申请延期"), (Kind.EXTENSION_ASKED,), "plain", _("到期前申请；原定时限保留。")
)
DECIDE = MatterAction("decide_extension", _("批复延期"), (Kind.EXTENDED, Kind.EXTENSION_REFUSED), "main")
PAUSE = MatterAction("pause", _("暂缓"), (Kind.PAUSED,), "plain", _("暂缓期间不计时限，也不计入办结率。"))
RESUME = MatterAction("resume", _("恢复办理"), (Kind.RESUMED,), "main")
RAISE = MatterAction("raise_level", _("提级"), (Kind.RAISED,), "danger")
NOTE = MatterAction("note", _("记事"), (Kind.NOTED,), "plain", _("供督查办备查，承办单位看不到。"))


def _may_register(c: Situation) -> bool:
    own_draft = policy.office().register_from_drafting and c.matter.created_by_id == c.user.pk
    return can(c.user, "matter.register") and not own_draft


def _may_feed_back(c: Situation) -> bool:
    signing = c.leads and c.now.state == lifecycle.ASSIGNED and not c.now.paused
    return signing or (c.handles and allowed(c.now, Kind.FEEDBACK))


def _may_ask(c: Situation) -> bool:
    in_time = c.matter.due is not None and c.matter.due >= c.on
    return c.leads and in_time and not c.now.recurrence and allowed(c.now, Kind.EXTENSION_ASKED)


def _may_check(c: Situation) -> bool:
    return c.now.state == lifecycle.ANSWERED and c.apart("matter.check") and allowed(c.now, Kind.RETURNED)


def _may_reopen(c: Situation) -> bool:
    over = c.matter.parent is not None and c.matter.parent.state in lifecycle.ENDED
    return not over and c.apart("matter.check") and allowed(c.now, Kind.REOPENED)


_RULES: tuple[tuple[MatterAction, Callable[[Situation], bool]], ...] = (
    (SIGN, lambda c: c.leads and allowed(c.now, Kind.SIGNED)),
    (FEED_BACK, _may_feed_back),
    (ASK, _may_ask),
    (DECLINE, lambda c: c.leads and allowed(c.now, Kind.DECLINED)),
    (REGISTER, lambda c: _may_register(c) and allowed(c.now, Kind.REGISTERED)),
    (ASSIGN, lambda c: can(c.user, "matter.assign") and allowed(c.now, Kind.ASSIGNED)),
    (CHECK, _may_check),
    (CLOSE, lambda c: c.apart("matter.close") and allowed(c.now, Kind.CLOSED) and not c.parts_open),
    (DECIDE, lambda c: c.apart("matter.extend") and allowed(c.now, Kind.EXTENDED)),
    (RESUME, lambda c: c.apart("matter.extend") and allowed(c.now, Kind.RESUMED)),
    (RETURN, lambda c: c.now.state == lifecycle.CHECKED and c.apart("matter.check")),
    (REOPEN, _may_reopen),
    (PAUSE, lambda c: not c.now.paused and c.apart("matter.extend") and allowed(c.now, Kind.PAUSED)),
    (RAISE, lambda c: can(c.user, "matter.assign") and allowed(c.now, Kind.RAISED)),
    (DROP, lambda c: can(c.user, "matter.register") and allowed(c.now, Kind.DROPPED)),
    (NOTE, lambda c: can(c.user, "matter.check", "matter.draft") and allowed(c.now, Kind.NOTED)),
)
BY_CODE = {deed.code: deed for deed, _may in _RULES}


def offered(case: Situation) -> list[MatterAction]:
    """In the order of the page: what moves the matter first."""
    return [deed for deed, may in _RULES if may(case)]


def may(case: Situation, code: str) -> bool:
    return any(deed.code == code for deed in offered(case))


def codes(found: Iterable[MatterAction]) -> list[str]:
    return [deed.code for deed in found]
