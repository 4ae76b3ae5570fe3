"""Lights propose matters: one open proposal or matter a cause, followed until the light is green.

The system proposes and withdraws its own proposals; matters belong to people and are only noted. To run it
twice changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.supervision.lights.causes import (
    RANK,
    LightProposal,
    PresentLights,
    present_lights,
)
from wenpan.district.supervision.lights.policy import light_matters
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle, stored_kinds
from wenpan.district.supervision.log.event_data import LightData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Event, Matter, Proposal
from wenpan.district.supervision.sources.proposal_history import step
from wenpan.economy.judging.light_words import LIGHTS

State = Proposal.State


@dataclass(frozen=True)
class Lighting:
    """What one round changed."""

    proposed: int = 0
    renewed: int = 0
    withdrawn: int = 0
    noted: int = 0

    @property
    def total(self) -> int:
        return self.proposed + self.renewed + self.withdrawn + self.noted


@transaction.atomic
def propose_from_lights(*, on: date, by: User | None = None, at: datetime | None = None) -> Lighting:
    """`by=None` is the system, after judging. A proposal that a person dropped comes again only when the
    light is worse than it was then, or was green in between."""
    if by is not None:
        require(by, "matter.draft")
    at = at or timezone.now()
    open_ = {p.cause: p for p in Proposal.objects.filter(state=State.OPEN).exclude(cause="")}
    kept = Matter.objects.filter(state__in=lifecycle.OPEN).exclude(cause="").select_related("lead")
    matters = {m.cause: m for m in kept}
    dismissed = _dismissed()
    now = present_lights(on, light_matters(), {*open_, *matters, *dismissed})
    hold()
    counts = {"proposed": 0, "renewed": 0, "withdrawn": 0, "noted": 0}
    for lit in now.lit:
        if lit.cause in matters or lit.also in matters or lit.also in open_:
            continue
        if lit.cause in open_:
            counts["renewed"] += _renew(open_[lit.cause], lit, at)
        elif _is_due(lit, _newer(dismissed.get(lit.cause), dismissed.get(lit.also))):
            counts["proposed"] += _propose(lit, by, at)
    wanted = {one for lit in now.lit for one in (lit.cause, lit.also)}
    for cause, proposal in open_.items():
        if cause not in wanted:
            counts["withdrawn"] += _withdraw(proposal, now, at)
    _forget_green(dismissed, now)
    counts["noted"] = sum(_note(matter, now.now.get(cause, ""), at) for cause, matter in matters.items())
    done = Lighting(**counts)
    if done.total:
        record(by=by, action="lights.propose", subject="proposal:lights", at=at,
               summary=_("按灯提出事项：新提%(proposed)d条，更新%(renewed)d条，撤回%(withdrawn)d条，"
                         "在办事项记灯%(noted)d件") % counts, detail=counts)  # fmt: skip
    return done


def _dismissed() -> dict[str, Proposal]:
    """The newest proposal of each cause that is not open any more: dropped, or its matter is over."""
    past = Proposal.objects.exclude(cause="").exclude(state=State.OPEN).select_related("matter")
    return {p.cause: p for p in past.order_by("pk")}


def _newer(one: Proposal | None, other: Proposal | None) -> Proposal | None:
    """Of what was decided on a project under either of its two names, the last."""
    return max((p for p in (one, other) if p is not None), key=lambda p: p.pk, default=None)


def _is_due(lit: LightProposal, last: Proposal | None) -> bool:
    if last is None or last.detail.get("over"):
        return True
    if last.state == State.DROPPED:
        return last.decided_by_id is None or RANK[lit.light] > RANK.get(last.detail.get("light", ""), 0)
    return str(last.detail.get("mark", "")) < lit.mark  # its matter is over; newer figures still shine


def _detail(lit: LightProposal) -> dict[str, Any]:
    return {"light": lit.light, "mark": lit.mark, "rules": lit.rules, "url": lit.url}


def _propose(lit: LightProposal, by: User | None, at: datetime) -> int:
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                cause=lit.cause,
                origin="light",
                text=lit.title[:400],
                lead=lit.lead,
                coops=list(lit.coops),
                kind=lit.kind,
                evidence=lit.evidence,
                confidence=1.0,
                questions=_asks(lit),
                detail=_detail(lit),
            )
    except IntegrityError:  # another round was quicker
        return 0
    record(by=by, action="proposal.light", subject=f"proposal:{proposal.pk}", at=at,
           summary=_("按灯提出：%(text)s") % {"text": proposal.text[:200]},
           detail={"cause": lit.cause, **_detail(lit)})  # fmt: skip
    return 1


def _asks(lit: LightProposal) -> list[str]:
    if lit.lead is None:
        return [_("没有登记责任单位，请指定牵头单位")]
    if lit.lead.active_to is not None:
        return [_("%(unit)s已于%(day)s撤并，请改由承接单位承办")
                % {"unit": lit.lead.short_name, "day": lit.lead.active_to}]  # fmt: skip
    return []


def _renew(proposal: Proposal, lit: LightProposal, at: datetime) -> int:
    """New figures give the words anew, unless a person has changed them; what shines is kept in any case.
    What an inspection found keeps its own words."""
    if proposal.origin != "light":
        return 0
    if proposal.detail == _detail(lit) and (proposal.past or proposal.evidence == lit.evidence):
        return 0
    values: dict[str, Any] = {"detail": _detail(lit), "evidence": lit.evidence}
    if not proposal.past:
        values |= {
            "text": lit.title[:400],
            "lead": lit.lead,
            "coops": list(lit.coops),
            "questions": _asks(lit),
        }
    step(proposal, None, by=None, at=at, **values)
    return 1


def _withdraw(proposal: Proposal, now: PresentLights, at: datetime) -> int:
    """Green, or over: the system takes its proposal back. A light that is unknown this month stays asked;
    what people found on the spot is theirs to decide, whatever shines."""
    if proposal.origin != "light":
        return 0
    light = now.now.get(proposal.cause, "")
    if light == "UNKNOWN":
        return 0
    words = {"GREEN": _("灯已转绿，系统撤回"), "": _("已不再亮灯，系统撤回")}
    note = words.get(light, _("按现行规则不再提出，系统撤回"))
    step(
        proposal,
        None,
        by=None,
        at=at,
        state=State.DROPPED,
        note=note,
        detail={**proposal.detail, "over": True},
    )
    record(by=None, action="proposal.withdraw", subject=f"proposal:{proposal.pk}", at=at,
           summary=f"{note}：{proposal.text[:160]}")  # fmt: skip
    return 1


def _forget_green(dismissed: dict[str, Proposal], now: PresentLights) -> None:
    """What was dropped while red may be proposed anew once it has been green in between."""
    for cause, proposal in dismissed.items():
        green = now.now.get(cause, "") in ("GREEN", "")
        if green and not proposal.detail.get("over"):
            Proposal.objects.filter(pk=proposal.pk).update(detail={**proposal.detail, "over": True})


def _note(matter: Matter, light: str, at: datetime) -> int:
    """The matter's log is told once when its light changes."""
    before = _last_light(matter)
    light = light or "GREEN"
    if light in ("UNKNOWN", before) or not before:
        return 0
    change = {"before": LIGHTS[before], "after": LIGHTS[light]}
    matter.refresh_from_db()  # somebody may have acted on it while the lights were worked out
    event_log.append(matter=matter, kind=EventKind.LIGHT_CHANGED, by=None, at=at, data=LightData(light=light),
           text=_("灯由%(before)s转为%(after)s") % change)  # fmt: skip
    return 1


def _last_light(matter: Matter) -> str:
    """As the log was last told, else as the proposal said; "" for a matter that no light proposed."""
    noted = Event.objects.filter(stored_kinds.light_changed(), matter=matter)
    if (last := noted.order_by("-sequence").first()) is not None:
        return str(last.data["light"])
    proposal = matter.proposals.filter(cause=matter.cause).order_by("-pk").first()
    return str(proposal.detail.get("light", "")) if proposal else ""
