"""What a person may do with a matter now, and why not: decided here once, for pages and for actions.

`refusal` decides; `available_actions` is what a page offers, `require_action` what every action begins with,
and `may_check` the same rule for the database. Who may act comes first, then whether the state allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import lifecycle, policy, stored_kinds
from wenpan.district.supervision.log.event_log import state_of
from wenpan.district.supervision.log.events import WORDS, EventKind
from wenpan.district.supervision.log.lifecycle import MatterState, allowed
from wenpan.district.supervision.matters.same_cause import another_open
from wenpan.district.supervision.models import Event, Matter


@dataclass(frozen=True)
class MatterAction:
    """`kinds`: the events it may write. `tone`: main | plain | danger."""

    code: str
    label: Promise
    kinds: tuple[EventKind, ...]
    tone: str = "plain"
    hint: str | Promise = ""


@dataclass(frozen=True)
class Situation:
    """One person before one matter on one day."""

    user: User
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
        return self.own is not None and self.own == self.matter.lead_id

    @property
    def handles(self) -> bool:
        return self.leads or self.own in self.coops


def situation_of(user: User, matter: Matter, on: date) -> Situation:
    """Read afresh from the log."""
    coops = frozenset(matter.coops.values_list("pk", flat=True))
    parts_open = matter.parts.exclude(state__in=lifecycle.ENDED).exists()
    return Situation(user, matter, state_of(matter), on, coops, parts_open)


REGISTER = MatterAction("register", _("立项"), (EventKind.REGISTERED,), "main")
DROP = MatterAction("drop", _("不予立项"), (EventKind.DROPPED,), "danger")
ASSIGN = MatterAction("assign", _("交办"), (EventKind.ASSIGNED,), "main")
SIGN = MatterAction("sign", _("签收"), (EventKind.SIGNED,), "main")
DECLINE = MatterAction(
    "decline",
    _("退回"),
    (EventKind.DECLINED,),
    "danger",
    _("不属本单位职责的，写明理由，由督查办重新交办。"),
)
FEED_BACK = MatterAction("feed_back", _("反馈"), (EventKind.FEEDBACK, EventKind.ANSWERED), "main",
                 _("写一次，每周督查、每月通报和领导查看都用这一份。"))  # fmt: skip
CHECK = MatterAction("check", _("核查"), (EventKind.PASSED, EventKind.ROUND, EventKind.RETURNED), "main")
RETURN = MatterAction("return", _("退办"), (EventKind.RETURNED,), "danger")
CLOSE = MatterAction("close", _("办结销号"), (EventKind.CLOSED,), "main")
REOPEN = MatterAction(
    "reopen", _("重办"), (EventKind.REOPENED,), "danger", _("回头看发现反弹、不实的，恢复办理。")
)
ASK = MatterAction(
    "ask_extension",
    _("申请延期"),
    (EventKind.EXTENSION_ASKED,),
    "plain",
    _("时限当日及以前申请；原定时限保留。"),
)
DECIDE = MatterAction(
    "decide_extension", _("批复延期"), (EventKind.EXTENDED, EventKind.EXTENSION_REFUSED), "main"
)
PAUSE = MatterAction(
    "pause", _("暂缓"), (EventKind.PAUSED,), "plain", _("暂缓期间不计时限，也不计入办结率。")
)
RESUME = MatterAction("resume", _("恢复办理"), (EventKind.RESUMED,), "main")
RAISE = MatterAction("raise_level", _("提级"), (EventKind.RAISED,), "danger")
URGE = MatterAction(
    "urge", _("催办"), (EventKind.URGED,), "plain", _("提醒承办单位的联络员和负责人，一天一次。")
)
INSTRUCT = MatterAction(
    "instruct", _("批示"), (EventKind.INSTRUCTED,), "main", _("督查办和承办单位随即收到，写入办理过程。")
)
SEEN = MatterAction("seen", _("已阅"), (EventKind.SEEN,), "plain")
NOTE = MatterAction("note", _("记事"), (EventKind.NOTED,), "plain", _("供督查办备查，承办单位看不到。"))


Refusal = Refused | PermissionDenied | None
Check = Callable[[Situation], Refusal]


# who


def _holds(*permissions: str) -> Check:
    def check(s: Situation) -> Refusal:
        try:
            require(s.user, *permissions)
        except PermissionDenied as denied:
            return denied
        return None

    return check


def _leads(s: Situation) -> Refusal:
    """Only the lead unit's own people sign, decline, report as done and ask."""
    if denied := _holds("desk.use")(s):
        return denied
    return None if s.leads else Refused("permission", gettext("这个事项不由您的单位牵头。"))


def _handles(s: Situation) -> Refusal:
    """The lead or a cooperating unit."""
    if denied := _holds("desk.use")(s):
        return denied
    return None if s.handles else Refused("permission", gettext("您的单位不承办这个事项。"))


def _apart(permission: str) -> Check:
    """Who checks or closes is not who handled: not of a handling unit, and never acted for one on it."""

    def check(s: Situation) -> Refusal:
        if denied := _holds(permission)(s):
            return denied
        if not policy.office().check_from_handling:
            return None
        if s.handles:
            return Refused("permission", gettext("承办单位不能核查、销号自己的事项。"))
        if s.user.pk in s.now.handlers:
            return Refused("permission", gettext("您承办过这个事项，不能再核查、批复或销号。"))
        return None

    return check


def _may_register(s: Situation) -> Refusal:
    if denied := _holds("matter.register")(s):
        return denied
    if policy.office().register_from_drafting and s.matter.created_by_id == s.user.pk:
        return Refused("permission", gettext("拟办人不能审批自己拟办的事项。"))
    return None


# when


def _may_happen(kind: EventKind) -> Check:
    def check(s: Situation) -> Refusal:
        if allowed(s.now, kind):
            return None
        state = dict(Matter.State.choices).get(s.now.state, s.now.state)
        if s.now.paused:
            state = gettext("暂缓")
        words = {"state": state, "deed": WORDS[kind]}
        return Refused("state", gettext("事项现在的状态（%(state)s）不能“%(deed)s”。") % words)

    return check


def _may_report(s: Situation) -> Refusal:
    """A lead that has not signed for the matter signs by its feedback."""
    if s.leads and s.now.state == lifecycle.ASSIGNED and not s.now.paused:
        return None
    return _may_happen(EventKind.FEEDBACK)(s)


def _has_lead(s: Situation) -> Refusal:
    """A matter confirmed from a proposal is approved only when that names whom it is to be given to."""
    if refused := _may_happen(EventKind.REGISTERED)(s):
        return refused
    leads = list(s.matter.proposals.filter(state="confirmed").values_list("lead", flat=True))
    if not leads or any(leads):
        return None
    words = gettext("%(number)s还没有定牵头单位，不能立项；请在来源里撤销确认，修改后重新确认。")
    return Refused("state", words % {"number": s.matter.number})


def _in_time(s: Situation) -> Refusal:
    """Up to and on the day due."""
    if s.now.recurrence:
        return Refused("state", gettext("周期事项逐期办理，不办延期；确有困难的，请督查办暂缓。"))
    due = s.now.due
    if due is None:
        return Refused("state", gettext("这个事项现在没有时限，不用申请延期。"))
    if due < s.on:
        return Refused("state", gettext("时限%(due)s已过，延期须在时限当日或以前申请。") % {"due": due})
    return _may_happen(EventKind.EXTENSION_ASKED)(s)


def _is_asked(s: Situation) -> Refusal:
    if s.now.extension_asked is None:
        return Refused("state", gettext("没有待批的延期申请。"))
    return _may_happen(EventKind.EXTENDED)(s)


def _has_no_open_part(s: Situation) -> Refusal:
    if s.parts_open:
        return Refused("state", gettext("还有子事项未办结，不能销号。"))
    return _may_happen(EventKind.CLOSED)(s)


def _whole_is_open(s: Situation) -> Refusal:
    if s.matter.parent is not None and s.matter.parent.state in lifecycle.ENDED:
        return Refused("state", gettext("上级事项已办结，请先重办上级事项。"))
    return _may_happen(EventKind.REOPENED)(s) or another_open(s.matter)


def _is_answered(s: Situation) -> Refusal:
    if s.now.state != lifecycle.ANSWERED:
        return _may_happen(EventKind.PASSED)(s) or _may_happen(EventKind.ROUND)(s)
    return _may_happen(EventKind.RETURNED)(s)


def _is_checked(s: Situation) -> Refusal:
    if s.now.state != lifecycle.CHECKED:
        return _may_happen(EventKind.CLOSED)(s)
    return _may_happen(EventKind.RETURNED)(s)


def _not_urged_today(s: Situation) -> Refusal:
    if s.now.urged_on == s.on:
        return Refused("state", gettext("今天已经催办过，一天一次。"))
    return _may_happen(EventKind.URGED)(s)


def _goes_on(s: Situation) -> Refusal:
    return _may_happen(EventKind.PAUSED)(s)


# In the order of the page: what moves the matter first.
_RULES: tuple[tuple[MatterAction, Check, Check], ...] = (
    (SIGN, _leads, _may_happen(EventKind.SIGNED)),
    (FEED_BACK, _handles, _may_report),
    (ASK, _leads, _in_time),
    (DECLINE, _leads, _may_happen(EventKind.DECLINED)),
    (REGISTER, _may_register, _has_lead),
    (ASSIGN, _holds("matter.assign"), _may_happen(EventKind.ASSIGNED)),
    (CHECK, _apart("matter.check"), _is_answered),
    (CLOSE, _apart("matter.close"), _has_no_open_part),
    (DECIDE, _apart("matter.extend"), _is_asked),
    (RESUME, _apart("matter.extend"), _may_happen(EventKind.RESUMED)),
    (RETURN, _apart("matter.check"), _is_checked),
    (REOPEN, _apart("matter.check"), _whole_is_open),
    (PAUSE, _apart("matter.extend"), _goes_on),
    (RAISE, _holds("matter.assign"), _may_happen(EventKind.RAISED)),
    (URGE, _holds("matter.assign"), _not_urged_today),
    (INSTRUCT, _holds("matter.instruct"), _may_happen(EventKind.INSTRUCTED)),
    (SEEN, _holds("matter.instruct"), _may_happen(EventKind.SEEN)),
    (DROP, _holds("matter.register"), _may_happen(EventKind.DROPPED)),
    (NOTE, _holds("matter.check", "matter.draft"), _may_happen(EventKind.NOTED)),
)
BY_CODE = {action.code: action for action, _who, _when in _RULES}
_BY_CODE = {action.code: (who, when) for action, who, when in _RULES}


def refusal(situation: Situation, action: MatterAction) -> Refusal:
    """Why the person cannot do it now; None where they can."""
    who, when = _BY_CODE[action.code]
    return who(situation) or when(situation)


def available_actions(situation: Situation) -> list[MatterAction]:
    """In the order of the page: what moves the matter first."""
    return [action for action, _who, _when in _RULES if refusal(situation, action) is None]


def require_action(
    action: MatterAction, *, matter: Matter, by: User, at: datetime | None = None, seen: int | None = None
) -> None:
    """Raises PermissionDenied or Refused: "permission", "clash" (somebody was quicker), "state"."""
    situation = situation_of(by, matter, timezone.localdate(at or timezone.now()))
    who, when = _BY_CODE[action.code]
    if refused := who(situation):
        raise refused
    version = matter.version if seen is None else seen
    if not Matter.objects.filter(pk=matter.pk, version=version).exists():
        raise Refused("clash", gettext("这个事项刚被别人办过，请刷新后再看。"))
    if refused := when(situation):
        raise refused


def may_check(user: User) -> Q:
    """`refusal(…, CHECK) is None` for the database: reported done, and this person may check it."""
    if not can(user, "matter.check"):
        return Q(pk__in=[])
    own = Q(state=lifecycle.ANSWERED, paused=False)
    if not policy.office().check_from_handling:
        return own
    acted = Event.objects.filter(stored_kinds.acted_for_unit(), matter=OuterRef("pk"), by=user.pk)
    own &= ~Q(Exists(acted))
    if not user.unit_id:
        return own
    helped = Matter.coops.through.objects.filter(matter=OuterRef("pk"), unit=user.unit_id)
    return own & (Q(lead=None) | ~Q(lead=user.unit_id)) & ~Q(Exists(helped))


def codes(actions: Iterable[MatterAction]) -> list[str]:
    return [action.code for action in actions]
