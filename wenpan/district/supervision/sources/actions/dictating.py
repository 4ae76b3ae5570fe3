"""Decisions taken down while a meeting goes on: a record without a paper, one typed line at a time.

A line is read by the rules that read papers; what they do not understand stays in the person's words, with
the question who is to do it. What a line becomes afterwards is decided as of any proposal (`deciding`).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.line_reading import MOST, read_line
from wenpan.district.supervision.sources.open_sources import require_unsettled, subject
from wenpan.district.supervision.sources.proposal_rows import STEP, rows_of
from wenpan.documents.orders import proposal as found


@transaction.atomic
def open_record(*, title: str, issuer: str, dated: date, by: User, at: datetime | None = None) -> Source:
    """A record of what a meeting decides: minutes whose text nobody has written yet."""
    require(by, "matter.draft")
    at = at or timezone.now()
    if not title.strip():
        raise Refused("bad_value", _("请写明会议名称。"))
    source = Source.objects.create(
        kind=Source.Kind.MINUTES,
        title=title.strip()[:200],
        issuer=issuer.strip()[:80],
        dated=dated,
        created_by=by,
        created_at=at,
    )
    record(by=by, action="source.open", subject=subject(source), at=at,
           summary=_("开始记录《%(title)s》的议定事项") % {"title": source.title},
           detail={"dated": dated.isoformat()})  # fmt: skip
    return source


@transaction.atomic
def dictate(*, source: Source, line: str, by: User, at: datetime | None = None) -> list[Proposal]:
    """One line becomes one proposal, or several where it orders several things.

    Raises Refused: "bad_value" (nothing typed, too long, not a record), "state" (settled already).
    """
    require(by, "matter.draft")
    words = " ".join(line.split())
    if not words or len(words) > MOST:
        raise Refused("bad_value", _("一行写一件议定事项，不超过%(most)d个字。") % {"most": MOST})
    if source.sha256 or source.kind != Source.Kind.MINUTES:
        raise Refused("bad_value", _("这份来源不是会议记录。"))
    require_unsettled(source)
    rows = rows_of(source, read_line(words, source.dated) or (_unread(words),), "person")
    last = max(source.proposals.values_list("order", flat=True), default=0)
    for number, row in enumerate(rows, start=1):
        row.order = last + number * STEP
        row.span_start = row.span_end = None  # the record has no text of its own
        row.evidence = words
        if row.lead is None and not row.questions:
            row.questions = [_("未定牵头单位")]
    kept = Proposal.objects.bulk_create(rows)
    record(by=by, action="source.write", subject=subject(source), at=at or timezone.now(),
           summary=_("会上记下：%(text)s") % {"text": words[:200]},
           detail={"proposals": [p.pk for p in kept]})  # fmt: skip
    return kept


def _unread(words: str) -> found.MatterProposal:
    """What the rules found no order in: kept as typed, and to be completed by hand."""
    return found.MatterProposal(
        text=words, lead="", coop=(), deadline=None, deadline_text="", recurrence="", span=(0, len(words)),
        confidence=0.0, questions=(_("没有认出责任单位，请指定"),),
    )  # fmt: skip
