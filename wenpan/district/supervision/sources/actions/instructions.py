"""Matters without a paper to read: a leader's note (领导批示), or written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.open_sources import require_unsettled, subject
from wenpan.district.supervision.sources.proposal_rows import STEP, too_early


@dataclass(frozen=True)
class MatterPlan:
    """What a person plans for a matter; `deadline` None lets the type's limit count from assignment."""

    text: str
    kind: str = ""
    lead: Unit | None = None
    coops: Sequence[Unit] = ()
    deadline: date | None = None
    deadline_text: str = ""
    recurrence: str = ""
    important: bool = False
    leader: str = ""


@transaction.atomic
def take_note(
    *, leader: str, words: str, dated: date, planned: MatterPlan, by: User, at: datetime | None = None
) -> Proposal:
    """领导批示: kept in its own words as a source, with one proposal whose type gives the limit."""
    require(by, "matter.draft")
    at = at or timezone.now()
    leader, words = leader.strip(), words.strip()
    if not leader or not words:
        raise Refused("bad_value", _("请写明批示领导和批示内容。"))
    source = Source.objects.create(
        kind=Source.Kind.NOTE,
        title=_("%(leader)s批示：%(words)s") % {"leader": leader[:40], "words": words[:60]},
        issuer=leader[:80],
        dated=dated,
        paragraphs=[line for line in words.splitlines() if line.strip()],
        created_by=by,
        created_at=at,
    )
    record(by=by, action="source.note", subject=subject(source), at=at,
           summary=_("登记%(leader)s批示：%(words)s") % {"leader": leader, "words": words[:160]},
           detail={"dated": dated.isoformat(), "kind": planned.kind})  # fmt: skip
    whole = "\n".join(source.paragraphs)
    return _proposed(source, planned, by, at, span=(0, len(whole)), evidence=whole)


@transaction.atomic
def write_by_hand(
    *,
    planned: MatterPlan,
    by: User,
    source: Source | None = None,
    evidence: str = "",
    at: datetime | None = None,
) -> Proposal:
    """A proposal that a person found, in a paper (its words must stand there) or without one."""
    require(by, "matter.draft")
    require_unsettled(source)
    span = None
    if source is not None and evidence.strip():
        whole = "\n".join(source.paragraphs)
        start = whole.find(evidence.strip())
        if start < 0:
            raise Refused("bad_value", _("原文里没有这段依据，请从原文里照抄。"))
        span = (start, start + len(evidence.strip()))
    return _proposed(source, planned, by, at or timezone.now(), span=span, evidence=evidence.strip())


def _proposed(
    source: Source | None,
    planned: MatterPlan,
    by: User,
    at: datetime,
    *,
    span: tuple[int, int] | None,
    evidence: str,
) -> Proposal:
    if not planned.text.strip():
        raise Refused("bad_value", _("请写明督办事项。"))
    if planned.kind and planned.kind not in policy.types():
        raise Refused("bad_value", _("没有这种事项类型：%(kind)s。") % {"kind": planned.kind})
    lead = planned.lead
    proposal = Proposal.objects.create(
        source=source,
        origin="person",
        order=span[0] * STEP if span else _last(source) + STEP,
        text=planned.text.strip()[:400],
        lead=lead,
        coops=[u.code for u in planned.coops if lead is None or u.code != lead.code],
        deadline=planned.deadline,
        deadline_text=planned.deadline_text.strip()[:80],
        recurrence=planned.recurrence,
        span_start=span[0] if span else None,
        span_end=span[1] if span else None,
        evidence=evidence,
        confidence=1.0,
        questions=[
            *([] if lead else [_("未定牵头单位")]),
            *(too_early(planned.deadline, source.dated) if source else []),
        ],
        kind=planned.kind,
        important=planned.important,
        leader=planned.leader.strip()[:40],
    )
    record(by=by, action="proposal.write", subject=f"proposal:{proposal.pk}", at=at,
           summary=_("手工提出事项：%(text)s") % {"text": proposal.text[:160]},
           detail={"source": source.pk if source else None})  # fmt: skip
    return proposal


def _last(source: Source | None) -> int:
    if source is None:
        return 0
    return max(source.proposals.values_list("order", flat=True), default=0)
