"""What people found on the spot asks for a matter: one cause once.

Where an open matter follows the cause already, the finding is joined to it; where a proposal is open, it
gains the finding; else a new proposal waits for the office. A project on two lists is one cause under two
names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.event_data import JoinedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.sources.proposal_history import step

State = Proposal.State
ORIGIN = "campaign"


@dataclass(frozen=True)
class InspectionFinding:
    """`cause`: the address of what was looked at; `also`: of its twin, "" for none. `place`: in which
    inspection, by which team; `evidence`: what was found, in words."""

    cause: str
    text: str
    lead: Unit | None
    evidence: str
    place: str
    url: str = ""
    also: str = ""
    kind: str = "inspection"
    deadline: date | None = None

    @property
    def causes(self) -> list[str]:
        return [cause for cause in (self.cause, self.also) if cause]


@transaction.atomic
def propose_from_inspection(*, finding: InspectionFinding, by: User, at: datetime | None = None) -> Proposal:
    """The proposal that now stands for the finding: new, or merged into the matter that follows its cause, or
    the open one that it joined."""
    require(by, "matter.draft", "campaign.take_part")
    at = at or timezone.now()
    hold()
    if (matter := open_matter(causes=finding.causes)) is not None:
        return _joined(finding, matter, by, at)
    standing = Proposal.objects.filter(state=State.OPEN, cause__in=finding.causes).order_by("pk").first()
    if standing is not None:
        return _added(finding, standing, by, at)
    proposal = Proposal.objects.create(state=State.OPEN, **_values(finding))
    _tell(proposal, finding, by, at, "propose", _("督查发现问题，提出事项"))
    return proposal


@transaction.atomic
def withdraw_inspection(*, proposal: Proposal, by: User, at: datetime | None = None) -> Proposal:
    """The finding was put right before the office decided: its proposal goes.

    Raises Refused "state" where the office, or a light before it, has made it its own.
    """
    require(by, "matter.draft", "campaign.take_part")
    proposal.refresh_from_db()
    if proposal.state != State.OPEN or proposal.origin != ORIGIN or proposal.past:
        number = proposal.matter.number if proposal.matter else ""
        words = {"number": number or _("待确认的建议")}
        raise Refused(
            "state", _("这条问题已列入%(number)s，请由督查办在事项上说明，不能直接改为没有问题。") % words
        )
    step(proposal, None, by=by, at=at, entry={"deed": "drop"}, state=State.DROPPED, note=_("督查结果已更正"))
    record(by=by, action="proposal.withdraw", subject=f"proposal:{proposal.pk}", at=at,
           summary=_("督查结果更正，撤回建议：%(text)s") % {"text": proposal.text[:160]})  # fmt: skip
    return proposal


def open_matter(*, causes: list[str]) -> Matter | None:
    """The open matter that follows one of the causes; what was looked at may be a matter itself."""
    rows = Matter.objects.filter(state__in=lifecycle.OPEN)
    own = [int(c.partition(":")[2]) for c in causes if c.startswith("matter:") and c[7:].isdecimal()]
    return rows.filter(pk__in=own).first() or rows.filter(cause__in=causes).order_by("pk").first()


def _values(finding: InspectionFinding) -> dict[str, object]:
    return {
        "cause": finding.cause[:80],
        "origin": ORIGIN,
        "text": finding.text.strip()[:400],
        "lead": finding.lead,
        "kind": finding.kind,
        "place": finding.place[:80],
        "evidence": finding.evidence,
        "confidence": 1.0,
        "deadline": finding.deadline,
        "questions": [] if finding.lead else [_("没有登记责任单位，请指定牵头单位")],
        "detail": {"url": finding.url},
    }


def _joined(finding: InspectionFinding, matter: Matter, by: User, at: datetime) -> Proposal:
    """Kept as a proposal that was merged at once, so that the office may take it back like any other."""
    proposal = Proposal.objects.create(
        state=State.MERGED,
        matter=matter,
        note=_("并入 %(number)s") % {"number": matter.number},
        past=[{"deed": "join", "at": at.isoformat()}],
        decided_by=by,
        decided_at=at,
        **_values(finding),
    )
    event_log.append(
        matter=matter,
        kind=EventKind.JOINED,
        by=by,
        at=at,
        text=_("%(place)s发现：%(words)s") % {"place": finding.place, "words": finding.evidence},
        data=JoinedData(proposal=proposal.pk, source=None),
    )
    _tell(proposal, finding, by, at, "join", _("督查发现的问题并入 %(number)s") % {"number": matter.number})
    return proposal


def _added(finding: InspectionFinding, standing: Proposal, by: User, at: datetime) -> Proposal:
    """From now on it is what people found: it no longer goes with the light that proposed it."""
    words = f"{standing.evidence}\n{finding.place}：{finding.evidence}".strip()
    step(standing, None, by=by, at=at, origin=ORIGIN, place=finding.place[:80], evidence=words)
    _tell(standing, finding, by, at, "propose", _("督查发现的问题列入待确认的建议"))
    return standing


def _tell(
    proposal: Proposal, finding: InspectionFinding, by: User, at: datetime, deed: str, words: str
) -> None:
    record(by=by, action=f"proposal.{deed}", subject=f"proposal:{proposal.pk}", at=at,
           summary=f"{words}：{finding.text[:160]}",
           detail={"cause": finding.cause, "place": finding.place})  # fmt: skip
