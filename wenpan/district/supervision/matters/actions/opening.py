"""From 拟办 to 交办: a matter gets its number, is approved, and is handed to its units with a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.event_data import AssignedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.matters.available_actions import require_action
from wenpan.district.supervision.matters.drafts import make_draft
from wenpan.district.supervision.models import Event, Matter, Source


@transaction.atomic
def draft(
    *,
    title: str,
    kind: str,
    by: User,
    source: Source | None = None,
    cause: str = "",
    evidence: str = "",
    span: tuple[int, int] | None = None,
    important: bool = False,
    leader: str = "",
    parent: Matter | None = None,
    at: datetime | None = None,
) -> Matter:
    """拟办: the matter and its number. Lights propose through `Proposal`; a person drafts.

    Raises Refused: "bad_value" (no words, unknown type), "clash" (an open matter has this cause already).
    """
    require(by, "matter.draft")
    return make_draft(
        title=title,
        kind=kind,
        by=by,
        source=source,
        cause=cause,
        evidence=evidence,
        span=span,
        important=important,
        leader=leader,
        parent=parent,
        at=at or timezone.now(),
    )


@transaction.atomic
def register(
    *, matter: Matter, by: User, text: str = "", at: datetime | None = None, seen: int | None = None
) -> Event:
    """立项: approved. Where the office says so, by somebody else than who drafted it.

    A matter that came from a proposal needs one with a lead: whom it is to be handed to must be known to who
    approves it. Raises Refused "state".
    """
    require_action(may.REGISTER, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(matter=matter, kind=EventKind.REGISTERED, by=by, text=text, at=at, seen=seen)


@transaction.atomic
def drop(
    *, matter: Matter, reason: str, by: User, at: datetime | None = None, seen: int | None = None
) -> Event:
    """不予立项, with the reason."""
    require_action(may.DROP, matter=matter, by=by, at=at, seen=seen)
    return event_log.append(
        matter=matter, kind=EventKind.DROPPED, by=by, text=_needed(reason), at=at, seen=seen
    )


@transaction.atomic
def assign(
    *,
    matter: Matter,
    lead: Unit,
    by: User,
    coops: Sequence[Unit] = (),
    due: date | None = None,
    due_words: str = "",
    recurrence: str = "",
    text: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Event:
    """交办: lead, cooperating units and deadline. Without a day or a recurrence the type's limit counts.

    Raises Refused "bad_value": a unit that no longer exists, the lead among the cooperating, a day before
    the day of assignment.
    """
    at = at or timezone.now()
    require_action(may.ASSIGN, matter=matter, by=by, at=at, seen=seen)
    today = timezone.localdate(at)
    for unit in (lead, *coops):
        if unit.active_to and unit.active_to < today:
            raise Refused("bad_value", _("%(unit)s已于%(day)s撤并，请改交承接单位。")
                          % {"unit": unit.short_name, "day": unit.active_to})  # fmt: skip
    if lead in coops:
        raise Refused("bad_value", _("牵头单位不能同时是配合单位。"))
    if due is not None and due < today:
        raise Refused(
            "bad_value", _("时限%(due)s早于交办日%(today)s，请先核对时限。") % {"due": due, "today": today}
        )
    if nobody_to_check(lead, coops):
        raise Refused("bad_value", _("%(unit)s承办的事项现在没有人能核查：有核查权限的人都在承办单位。"
                                     "请改由别的单位牵头，或请管理员给其他单位的人授予核查权限。")
                      % {"unit": lead.short_name})  # fmt: skip
    data = AssignedData(lead=lead.code, coops=[u.code for u in coops], due_words=due_words.strip())
    if recurrence:
        data["recurrence"] = recurrence
    elif due is not None:
        data["due"] = due.isoformat()
    else:
        kind = policy.types()[matter.kind]
        data["limit"] = [kind.limit, kind.unit]
    return event_log.append(
        matter=matter, kind=EventKind.ASSIGNED, by=by, text=text, data=data, at=at, seen=seen
    )


def nobody_to_check(lead: Unit, coops: Sequence[Unit]) -> bool:
    """Everybody who may check belongs to a handling unit, which cannot check its own matters."""
    if not policy.office().check_from_handling:
        return False
    own = {unit.pk for unit in (lead, *coops)}
    roles = [role.code for role in ROLES.values() if "matter.check" in role.permissions]
    checkers = User.objects.filter(role__in=roles, is_active=True)
    return checkers.exists() and not checkers.exclude(unit__in=own).exists()


def _needed(words: str) -> str:
    if not words.strip():
        raise Refused("reason_missing", _("请写明理由。"))
    return words
