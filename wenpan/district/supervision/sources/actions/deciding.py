"""A person decides on each proposal: confirm, edit, merge, split, drop, join to a matter, and take it back.

Every decision is one conditional update on the version that the person saw, remembers in `past` what it
changed, and is journalled. Nothing is issued here: to confirm drafts a matter, which must still be
registered and assigned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.event_data import JoinedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.matters.actions.opening import draft
from wenpan.district.supervision.models import Matter, Proposal, Source
from wenpan.district.supervision.sources.open_sources import require_unsettled, subject
from wenpan.district.supervision.sources.proposal_history import fresh, remembered, step, written
from wenpan.district.supervision.sources.proposal_rows import too_early
from wenpan.district.supervision.sources.splitting import parts_of

State = Proposal.State


@transaction.atomic
def confirm(*, proposal: Proposal, by: User, seen: int | None = None, at: datetime | None = None) -> Matter:
    """One proposal becomes one drafted matter, with its source, evidence and span. What is planned (lead,
    cooperating units, deadline) stays on the proposal and prefills the assignment.

    Raises Refused: "state" (decided already, or the paper's day was never checked), "clash".
    """
    require(by, "matter.draft")
    at = at or timezone.now()
    _require_open(proposal)
    source = proposal.source
    if source is not None and any(f.get("code") == "date_unknown" for f in source.findings):
        raise Refused("state", _("请先核对并保存成文日期，再确认事项。"))
    matter = draft(
        title=proposal.text,
        kind=kind_of(proposal=proposal),
        by=by,
        source=source,
        cause=proposal.cause,
        evidence=proposal.evidence,
        span=_span(proposal),
        important=proposal.important,
        leader=proposal.leader,
        at=at,
    )
    step(proposal, seen, by=by, at=at, entry={"deed": "confirm"}, state=State.CONFIRMED, matter=matter)
    _tell(proposal, by, at, "confirm", _("确认建议，拟办 %(number)s") % {"number": matter.number})
    return matter


@transaction.atomic
def edit(
    *,
    proposal: Proposal,
    changes: Mapping[str, Any],
    by: User,
    seen: int | None = None,
    at: datetime | None = None,
) -> Proposal:
    """Other words, units or dates; questions that the change answers are gone. `changes` may hold text, lead
    (Unit or None), coops (codes), deadline, deadline_text, recurrence, kind, important, leader.
    """
    require(by, "matter.draft")
    _require_open(proposal)
    values = written(changes)
    if not str(values.get("text", proposal.text)).strip():
        raise Refused("bad_value", _("请写明督办事项。"))
    if values.get("kind") and values["kind"] not in policy.types():
        raise Refused("bad_value", _("没有这种事项类型：%(kind)s。") % {"kind": values["kind"]})
    lead = values.get("lead", proposal.lead)
    coops = values.get("coops", proposal.coops)
    values["coops"] = [c for c in coops if lead is None or c != lead.code]
    deadline = values.get("deadline", proposal.deadline)
    values["questions"] = too_early(deadline, proposal.source.dated) if proposal.source else []
    if lead is None:
        values["questions"].append(_("未定牵头单位"))
    entry = {"deed": "edit", "values": remembered(proposal)}
    step(proposal, seen, by=by, at=at, entry=entry, **values)
    _tell(proposal, by, at, "edit", _("修改建议"))
    return proposal


@transaction.atomic
def merge(*, proposal: Proposal, into: Proposal, by: User, deadline: date | None = None,
          seen: int | None = None, at: datetime | None = None) -> Proposal:  # fmt: skip
    """Two of one source become one: the words of both, the units of both, the earlier one's lead.

    Where they name two different days the person says which (`deadline`): nothing is left out in silence.
    Raises Refused: "state" (one of the two is decided already, with what it has become), "days_differ".
    """
    require(by, "matter.draft")
    _require_open(proposal)
    _require_open(into)
    if proposal.pk == into.pk or proposal.source_id is None or proposal.source_id != into.source_id:
        raise Refused("bad_value", _("只能并入同一来源的另一条。"))
    codes = [*into.coops, *([proposal.lead.code] if proposal.lead else []), *proposal.coops]
    lead = into.lead or proposal.lead
    spans = [v for v in (into.span_start, proposal.span_start) if v is not None]
    ends = [v for v in (into.span_end, proposal.span_end) if v is not None]
    values: dict[str, Any] = {
        "text": _joined(into.text, proposal.text)[:400],
        "lead": lead,
        "coops": [c for c in dict.fromkeys(codes) if lead is None or c != lead.code],
        "deadline": _day_of_both(proposal, into, deadline),
        "deadline_text": into.deadline_text or proposal.deadline_text,
        "recurrence": into.recurrence or proposal.recurrence,
        "span_start": min(spans, default=None),
        "span_end": max(ends, default=None),
        "detail": {**into.detail, "spans": [*into.spans, *proposal.spans]},
        "evidence": f"{into.evidence}\n{proposal.evidence}".strip(),
        "questions": list(dict.fromkeys([*into.questions, *proposal.questions])),
    }
    step(proposal, seen, by=by, at=at, entry={"deed": "merge"}, state=State.MERGED, merged_into=into)
    entry = {"deed": "absorb", "other": proposal.pk, "values": remembered(into)}
    step(into, None, by=by, at=at, entry=entry, **values)
    _tell(proposal, by, at, "merge", _("合并到上一条"))
    return into


@transaction.atomic
def split(*, proposal: Proposal, parts: Sequence[str], by: User, seen: int | None = None,
          at: datetime | None = None) -> list[Proposal]:  # fmt: skip
    """One becomes several, each with its own words and, where they name one, its own deadline."""
    require(by, "matter.draft")
    _require_open(proposal)
    if proposal.cause:
        raise Refused("bad_value", _("灯触发的事项一灯一事，不能拆分。"))
    words = [part.strip() for part in parts if part.strip()]
    if len(words) < 2:
        raise Refused("bad_value", _("请至少写两行，一行一个事项。"))
    pieces = Proposal.objects.bulk_create(parts_of(proposal, words))
    return _split(proposal, pieces, by=by, seen=seen, at=at)


@transaction.atomic
def split_among(*, proposal: Proposal, leads: Sequence[Any], by: User, seen: int | None = None,
                at: datetime | None = None) -> list[Proposal]:  # fmt: skip
    """The same order to several units: one each, so that each has its own number and answers for itself."""
    require(by, "matter.draft")
    _require_open(proposal)
    if proposal.cause or len(leads) < 2:
        raise Refused("bad_value", _("至少要有两个单位才能按单位拆分。"))
    rows = parts_of(proposal, [proposal.text] * len(leads))
    for row, unit in zip(rows, leads, strict=True):
        row.lead, row.questions, row.detail = (
            unit,
            too_early(row.deadline, proposal.source.dated) if proposal.source else [],
            {},
        )
        row.coops = [c for c in row.coops if c not in {u.code for u in leads}]
    return _split(proposal, Proposal.objects.bulk_create(rows), by=by, seen=seen, at=at)


def _split(proposal: Proposal, pieces: list[Proposal], *, by: User, seen: int | None, at: datetime | None
           ) -> list[Proposal]:  # fmt: skip
    entry = {"deed": "split", "pieces": [p.pk for p in pieces]}
    step(proposal, seen, by=by, at=at, entry=entry, state=State.SPLIT)
    _tell(proposal, by, at, "split", _("拆成 %(count)d 条") % {"count": len(pieces)})
    return pieces


@transaction.atomic
def dismiss(*, proposal: Proposal, by: User, reason: str = "", seen: int | None = None,
            at: datetime | None = None) -> Proposal:  # fmt: skip
    """不立事项: it orders nothing that must be watched, and why. It can be taken back.

    Raises Refused "reason_missing".
    """
    require(by, "matter.draft")
    _require_open(proposal)
    if not reason.strip():
        raise Refused("reason_missing", _("请写明为什么不作督办事项。"))
    step(proposal, seen, by=by, at=at, entry={"deed": "drop"}, state=State.DROPPED, note=reason.strip()[:300])
    _tell(proposal, by, at, "drop", _("不立事项"))
    return proposal


@transaction.atomic
def join(*, proposal: Proposal, matter: Matter, by: User, seen: int | None = None,
         at: datetime | None = None) -> Proposal:  # fmt: skip
    """并入已有事项: the same order in a second paper; the matter's log tells which and in what words."""
    require(by, "matter.draft")
    _require_open(proposal)
    where = f"《{proposal.source.title}》" if proposal.source else proposal.place
    event_log.append(
        matter=matter,
        kind=EventKind.JOINED,
        by=by,
        at=at,
        text=_("%(where)s再次部署：%(words)s")
        % {"where": where, "words": proposal.evidence or proposal.text},
        data=JoinedData(proposal=proposal.pk, source=proposal.source_id),
    )
    note = _("并入 %(number)s") % {"number": matter.number}
    step(proposal, seen, by=by, at=at, entry={"deed": "join"}, state=State.MERGED, matter=matter, note=note)
    _tell(proposal, by, at, "join", note)
    return proposal


@transaction.atomic
def settle(*, source: Source, by: User, at: datetime | None = None) -> Source:
    """确认完毕: nothing is open any more; from now on no decision is taken back here."""
    require(by, "matter.draft")
    at = at or timezone.now()
    left = source.proposals.filter(state=State.OPEN).count()
    if left:
        raise Refused("state", _("还有 %(count)d 条没有定，不能确认完毕。") % {"count": left})
    changed = Source.objects.filter(pk=source.pk, settled_at__isnull=True).update(
        settled_at=at, settled_by=by
    )
    if changed != 1:
        raise Refused("clash", _("这份来源刚被确认完毕。"))
    source.refresh_from_db()
    confirmed = source.proposals.filter(state=State.CONFIRMED).count()
    record(by=by, action="source.settle", subject=subject(source), at=at,
           summary=_("《%(title)s》确认完毕，拟办 %(count)d 件")
           % {"title": source.title, "count": confirmed})  # fmt: skip
    return source


def kind_of(*, proposal: Proposal) -> str:
    """The type of matter: its own, else as the kind of its source says."""
    return proposal.kind or policy.type_of_source(proposal.source.kind if proposal.source else "")


def _require_open(proposal: Proposal) -> None:
    fresh(proposal)
    require_unsettled(proposal.source)
    if proposal.state != State.OPEN:
        number = proposal.matter.number if proposal.matter else ""
        words = {"text": proposal.text[:30], "state": f"{proposal.get_state_display()}{number}"}
        raise Refused("state", _("“%(text)s”%(state)s，不能再处理；要改，请先撤销它。") % words)


def _day_of_both(proposal: Proposal, into: Proposal, chosen: date | None) -> date | None:
    days = {day for day in (into.deadline, proposal.deadline) if day is not None}
    if chosen is not None:
        if chosen not in days:
            raise Refused("bad_value", _("时限只能取两条里写明的日子。"))
        return chosen
    if len(days) > 1:
        words = {"first": into.deadline, "second": proposal.deadline}
        raise Refused(
            "days_differ",
            _("两条的时限不同（%(first)s、%(second)s），请先用“修改”把时限定为同一天，再并入。") % words,
        )
    return next(iter(days), None)


def _span(proposal: Proposal) -> tuple[int, int] | None:
    if proposal.span_start is None or proposal.span_end is None:
        return None
    return proposal.span_start, proposal.span_end


def _joined(first: str, second: str) -> str:
    return f"{first.rstrip('。；;')}；{second}"


def _tell(proposal: Proposal, by: User, at: datetime | None, deed: str, words: str) -> None:
    record(by=by, action=f"proposal.{deed}", subject=f"proposal:{proposal.pk}", at=at,
           summary=f"{words}：{proposal.text[:160]}",
           detail={"source": proposal.source_id, "version": proposal.version})  # fmt: skip
