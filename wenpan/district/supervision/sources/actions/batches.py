"""Decisions on many proposals at once: all that are certain of a paper, and those that a person ticked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.actions import deciding, undoing
from wenpan.district.supervision.sources.queries import sure_of
from wenpan.district.ui.awaited import BatchOutcome, chosen, each

State = Proposal.State
DECISIONS = ("confirm", "drop", "undo")


@transaction.atomic
def confirm_sure(*, source: Source, by: User, at: datetime | None = None) -> BatchOutcome:
    """确认全部把握较大的: every certain proposal of the paper becomes a drafted matter; the others stay open.

    Raises Refused "state" where none is certain.
    """
    require(by, "matter.draft")
    rows = list(source.proposals.filter(state=State.OPEN).select_related("source", "lead"))
    sure = sure_of(rows)
    if not sure:
        raise Refused("state", _("没有把握较大的建议，请逐条看过再定。"))
    return each((str(p.pk), p.text[:40], _deciding("confirm", p, p.version, "", by, at)) for p in sure)


@transaction.atomic
def decide_many(
    *, decision: str, keys: Sequence[str], by: User, words: str = "", at: datetime | None = None
) -> BatchOutcome:
    """The same decision on the ticked proposals: confirm, drop (with one reason for all), undo.

    Raises Refused: "bad_value" (nothing ticked, no such decision), "reason_missing".
    """
    require(by, "matter.draft")
    if decision not in DECISIONS:
        raise Refused("bad_value", _("没有这种处理。"))
    if decision == "drop" and not words.strip():
        raise Refused("reason_missing", _("请写明为什么不作督办事项。"))
    ticked = chosen(keys)
    rows = Proposal.objects.select_related("source", "lead").in_bulk(list(ticked))

    def act(p: Proposal | None, seen: int | None) -> Callable[[], Any] | None:
        return None if p is None else _deciding(decision, p, seen, words, by, at)

    return each(
        (str(pk), rows[pk].text[:40] if pk in rows else str(pk), act(rows.get(pk), seen))
        for pk, seen in ticked.items()
    )


def _deciding(
    decision: str, p: Proposal, seen: int | None, words: str, by: User, at: datetime | None
) -> Callable[[], Any]:
    if decision == "drop":
        return lambda: deciding.dismiss(proposal=p, reason=words, by=by, seen=seen, at=at)
    if decision == "undo":
        return lambda: undoing.undo(proposal=p, by=by, seen=seen, at=at)
    return lambda: _confirm(p, by, seen, at)


def _confirm(p: Proposal, by: User, seen: int | None, at: datetime | None) -> None:
    """Not without a lead: what nobody would answer for is edited first."""
    if p.lead_id is None:
        raise Refused("state", _("未定牵头单位，请先修改。"))
    deciding.confirm(proposal=p, by=by, seen=seen, at=at)
