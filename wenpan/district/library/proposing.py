"""From what units marked to proposed matters, by the means that read every paper that orders something."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground import sandbox
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.library.models import LibraryPaper, PaperMark
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.actions import proposing
from wenpan.district.supervision.sources.unit_resolver import UnitResolver
from wenpan.documents.orders import take_in
from wenpan.documents.orders.masthead import PaperHead
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.rules.policies import acceptance

SECONDS = 20


@transaction.atomic
def propose_marks(*, paper: LibraryPaper, by: User, at: datetime | None = None) -> list[Proposal]:
    """Every mark that has none yet becomes a proposal of its unit, in the unit's words, beside the passage.

    A time limit and cooperating units are taken from the passage where the rules read them there. The paper
    becomes a source like any other. Refused "state": nothing is marked, or the source is settled.
    """
    require(by, "matter.draft")
    at = at or timezone.now()
    marks = list(paper.marks.filter(proposal=None).select_related("unit"))
    if not marks:
        raise Refused("state", _("没有新标出的段落。"))
    read = _read(paper)
    found = [_of_mark(paper, mark, read) for mark in marks]
    source = paper.source or _same_file(paper) or _register(paper, by=by, at=at)
    kept = proposing.add_marked(source=source, proposals=found, by=by, at=at)
    for mark, proposal in zip(marks, kept, strict=True):
        PaperMark.objects.filter(pk=mark.pk).update(proposal=proposal)
    LibraryPaper.objects.filter(pk=paper.pk).update(source=source)
    words = {"title": paper.title, "n": len(kept)}
    record(
        by=by, action="library.propose", subject=f"library:{paper.pk}", at=at,
        summary=_("由《%(title)s》提出督办建议%(n)s条") % words, detail={"proposals": [p.pk for p in kept]},
    )  # fmt: skip
    return kept


def _same_file(paper: LibraryPaper) -> Source | None:
    return Source.objects.filter(sha256=paper.sha256).first() if paper.sha256 else None


def _register(paper: LibraryPaper, *, by: User, at: datetime) -> Source:
    taken = take_in.Taken(
        tuple(paper.paragraphs), "", PaperHead(dated=paper.dated), paper.dated, (), tuple(paper.places)
    )
    given = proposing.Given("notice", paper.title, paper.number, paper.issuer, paper.dated)
    source = proposing.register_source(
        taken=taken, filename=paper.filename, sha256=paper.sha256, by=by, given=given, at=at
    )
    Source.objects.filter(pk=source.pk).update(findings=[])  # nothing was looked for but what was marked
    source.refresh_from_db()
    return source


def _read(paper: LibraryPaper) -> tuple[MatterProposal, ...]:
    """What the rules find in the whole text; nothing where they would take too long."""
    given = (
        tuple(paper.paragraphs), tuple(paper.places), paper.dated, policy.calendar(),
        UnitResolver(paper.dated).gazetteer(), acceptance(),
    )  # fmt: skip
    try:
        read: tuple[MatterProposal, ...] = sandbox.apply(take_in.again, *given, seconds=SECONDS)
    except Unreadable:
        return ()
    return read


def _of_mark(paper: LibraryPaper, mark: PaperMark, read: tuple[MatterProposal, ...]) -> MatterProposal:
    start, end = span_of(paper, mark)
    inside = [p for p in read if start <= p.span[0] < end]
    place = next((p for p in paper.places[mark.first : mark.first + 1] if p), "")
    asked = _("由%(unit)s从学习文件中提出，请核定是否立项、何时办结") % {"unit": mark.unit.short_name}
    own = MatterProposal(
        text=mark.text, lead=mark.unit.short_name, coop=(), deadline=None, deadline_text="", recurrence="",
        span=(start, end), confidence=0.0, place=place,
        questions=(asked,),
    )  # fmt: skip
    if len(inside) != 1:  # none, or several: the unit's own words stand for all
        return own
    (one,) = inside
    return replace(own, deadline=one.deadline, deadline_text=one.deadline_text, recurrence=one.recurrence)


def span_of(paper: LibraryPaper, mark: PaperMark) -> tuple[int, int]:
    """Where the marked paragraphs stand in the joined text."""
    starts = [0, *accumulate(len(paragraph) + 1 for paragraph in paper.paragraphs)]
    return starts[mark.first], starts[mark.last] + len(paper.paragraphs[mark.last])
