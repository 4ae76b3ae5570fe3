"""Taking a decision back, the last one first, until the source is settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.event_data import DroppedData, UnjoinedData
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.open_sources import require_unsettled
from wenpan.district.supervision.sources.proposal_history import fresh, restored, step

State = Proposal.State
WORDS = {"confirm": "确认", "edit": "修改", "merge": "合并", "absorb": "合并", "split": "拆分",
         "drop": "不立事项", "join": "并入"}  # fmt: skip


@transaction.atomic
def undo(*, proposal: Proposal, by: User, seen: int | None = None, at: datetime | None = None) -> Proposal:
    """Takes back the last decision on it; of a piece that was split off, the split.

    Raises Refused "state": nothing to take back, the source is settled, the matter has moved on, a later
    decision stands on this one, or another proposal of the same cause is open by now.
    """
    require(by, "matter.draft")
    fresh(proposal)
    require_unsettled(proposal.source)
    if not proposal.past and proposal.split_from is not None:
        proposal, seen = proposal.split_from, None
    if not proposal.past:
        raise Refused("state", _("这一条没有可以撤销的处理。"))
    entry = proposal.past[-1]
    _require_no_other(proposal)
    _UNDO[entry["deed"]](proposal, entry, by, seen, at)
    record(by=by, action="proposal.undo", subject=f"proposal:{proposal.pk}", at=at,
           summary=_("撤销“%(deed)s”：%(text)s")
           % {"deed": WORDS[entry["deed"]], "text": proposal.text[:160]},
           detail={"source": proposal.source_id, "version": proposal.version})  # fmt: skip
    return proposal


@transaction.atomic
def undo_last(*, source: Source, by: User, at: datetime | None = None) -> Proposal:
    """The last decision in the source, whichever proposal it was on."""
    decided = list(source.proposals.exclude(past=[]))
    if not decided:
        raise Refused("state", _("还没有可以撤销的处理。"))
    last = max(decided, key=lambda p: (p.past[-1]["at"], p.decided_at, p.version))
    return undo(proposal=last, by=by, at=at)


def _require_no_other(proposal: Proposal) -> None:
    """A cause waits for a decision once."""
    hold()
    same = Proposal.objects.filter(cause=proposal.cause, state=State.OPEN).exclude(pk=proposal.pk)
    if proposal.cause and proposal.state != State.OPEN and (other := same.first()) is not None:
        words = _("同一起因另有一条待确认（%(text)s），请先处理那一条，再撤销这一条。")
        raise Refused("state", words % {"text": other.text[:40]})


def _open_again(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    step(p, seen, by=by, at=at, past=p.past[:-1], state=State.OPEN, note="")


def _confirm(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    """The drafted matter is dropped; its number is used up, as a voided form's is."""
    matter = p.matter
    assert matter is not None  # the database holds it
    if matter.state != lifecycle.DRAFT:
        raise Refused("state", _("%(number)s已经%(state)s，不能撤销确认；请在事项页办理。")
                      % {"number": matter.number, "state": matter.get_state_display()})  # fmt: skip
    step(p, seen, by=by, at=at, past=p.past[:-1], state=State.OPEN, matter=None)
    data = DroppedData(proposal=p.pk)
    event_log.append(matter=matter, kind=EventKind.DROPPED, by=by, text=_("撤销确认"), at=at, data=data)


def _join(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    matter = p.matter
    assert matter is not None
    step(p, seen, by=by, at=at, past=p.past[:-1], state=State.OPEN, matter=None, note="")
    words = _("撤销并入：%(words)s") % {"words": p.text}
    data = UnjoinedData(proposal=p.pk, undone=True)
    event_log.append(matter=matter, kind=EventKind.UNJOINED, by=by, at=at, text=words, data=data)


def _edit(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    step(p, seen, by=by, at=at, past=p.past[:-1], **restored(entry["values"]))


def _merge(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    into = p.merged_into
    assert into is not None
    last = into.past[-1] if into.past else {}
    if last.get("deed") != "absorb" or last.get("other") != p.pk:
        raise Refused("state", _("合并之后又处理过那一条，请先撤销那一条。"))
    step(p, seen, by=by, at=at, past=p.past[:-1], state=State.OPEN, merged_into=None)
    step(into, None, by=by, at=at, past=into.past[:-1], **restored(last["values"]))


def _absorb(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    other = Proposal.objects.get(pk=entry["other"])
    _merge(other, other.past[-1], by, None, at)
    fresh(p)


def _split(p: Proposal, entry: Any, by: User, seen: int | None, at: Any) -> None:
    pieces = Proposal.objects.filter(split_from=p)
    if pieces.exclude(past=[]).exists() or pieces.filter(pieces__isnull=False).exists():
        raise Refused("state", _("拆出的条目又处理过，请先撤销它们。"))
    pieces.delete()
    _open_again(p, entry, by, seen, at)


_UNDO = {
    "confirm": _confirm, "join": _join, "edit": _edit, "merge": _merge, "absorb": _absorb, "split": _split,
    "drop": _open_again,
}  # fmt: skip
