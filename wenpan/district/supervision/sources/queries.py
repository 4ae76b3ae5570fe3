"""Papers and what was proposed from them: the list, the page of one with its text cut at the evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Matter, Proposal, Source
from wenpan.district.supervision.sources.alike import Alike, candidates
from wenpan.district.supervision.sources.certainty import certainty
from wenpan.documents.orders.proposal import NO_LIMIT
from wenpan.documents.orders.scanned import strip_of

State = Proposal.State
SHOW = ("open", "done", "all")


def sources() -> QuerySet[Source]:
    """With the counts of their proposals: all, open, confirmed, joined or merged, dropped."""

    def count(*states: str) -> Count:
        return Count("proposals", filter=Q(proposals__state__in=states))

    return Source.objects.select_related("created_by").annotate(
        found=Count("proposals", filter=~Q(proposals__state=State.SPLIT)),
        left=count(State.OPEN),
        confirmed=count(State.CONFIRMED),
        joined=count(State.MERGED),
        dropped=count(State.DROPPED),
    )


def filtered(kind: str = "", state: str = "") -> QuerySet[Source]:
    rows = sources()
    if kind in Source.Kind.values:
        rows = rows.filter(kind=kind)
    wanted = {
        "open": Q(left__gt=0, settled_at=None),
        "decided": Q(left=0, settled_at=None),
        "settled": Q(settled_at__isnull=False),
    }.get(state)
    return rows.filter(wanted) if wanted is not None else rows


@dataclass(frozen=True)
class Piece:
    """A stretch of the original text; `marked`: some proposal has it as evidence. `first_of`: ids whose
    evidence begins here."""

    start: int
    end: int
    text: str
    marked: bool
    first_of: tuple[int, ...]


def pieces(source: Source, proposals: Sequence[Proposal]) -> list[list[Piece]]:
    """The paragraphs, cut where evidence begins and ends. Positions are those of the joined text."""
    spans = [(a, b, p.pk) for p in proposals if p.state != State.SPLIT for a, b in p.spans]
    starts = {p.pk: p.spans[0][0] for p in proposals if p.spans}
    found, at = [], 0
    for paragraph in source.paragraphs:
        end = at + len(paragraph)
        here = [s for s in spans if s[0] < end and s[1] > at]
        cuts = sorted({at, end, *(c for a, b, _pk in here for c in (a, b) if at < c < end)})
        row = []
        for a, b in pairwise(cuts):
            marked = any(s <= a and b <= e for s, e, _pk in here)
            begins = tuple(pk for s, _e, pk in here if s == a and starts.get(pk) == s)
            row.append(Piece(a, b, paragraph[a - at : b - at], marked, begins))
        found.append(row)
        at = end + 1
    return found


@dataclass(frozen=True)
class Card:
    """One proposal as it is shown, with units by name and matters that may order the same."""

    proposal: Proposal
    coops: tuple[Unit, ...]
    leads: tuple[Unit, ...]
    kind: str
    sure: bool
    alike: tuple[Alike, ...]
    undoable: bool
    order: int
    picture: int | None  # of a scan: the paragraph whose strip shows the evidence

    @property
    def spans(self) -> str:
        """12-30,44-60: for the script that shows them in the text."""
        return ",".join(f"{a}-{b}" for a, b in self.proposal.spans)

    @property
    def certain(self) -> bool:
        """It may be confirmed with all others that are: open, sure, led by somebody, like no open matter."""
        p = self.proposal
        return self.sure and p.state == State.OPEN and p.lead_id is not None and not self.alike

    @property
    def looked_at(self) -> bool:
        """A person confirms it with the rest after looking through: open, led, not one of the certain."""
        p = self.proposal
        return p.state == State.OPEN and p.lead_id is not None and not self.alike and not self.certain

    @property
    def lead_differs(self) -> bool:
        """The paper's words are worth showing beside the unit."""
        lead = self.proposal.lead
        return lead is None or lead.short_name not in self.proposal.lead_text


def cards(proposals: Sequence[Proposal], *, settled: bool = False, first: int = 1) -> list[Card]:
    """Units of all in one query; candidates for the same order only for open ones."""
    codes = {c for p in proposals for c in (*p.coops, *p.detail.get("leads", ()))}
    units = {u.code: u for u in Unit.objects.filter(code__in=codes)}
    types, sure_from = policy.types(), certainty().sure_from
    alike = candidates([p for p in proposals if p.state == State.OPEN and not p.cause])
    return [
        Card(
            p,
            tuple(units[c] for c in p.coops if c in units),
            tuple(units[c] for c in p.detail.get("leads", ()) if c in units),
            types[kind].name if (kind := kind_code(p)) in types else kind,
            p.confidence >= sure_from and not asked_of(p),
            alike.get(p.pk, ()),
            bool(p.past or p.split_from_id) and not settled,
            number,
            _picture_of(p),
        )
        for number, p in enumerate(proposals, start=first)
    ]


def _picture_of(p: Proposal) -> int | None:
    """The paragraph in which its evidence begins, where that was recognised in a picture."""
    if p.source is None or p.span_start is None or strip_of(p.place) is None:
        return None
    starts = list(accumulate((len(paragraph) + 1 for paragraph in p.source.paragraphs), initial=0))
    return bisect_right(starts, p.span_start) - 1


def asked_of(proposal: Proposal) -> list[str]:
    """What a person must answer before it can be confirmed with others. A limit that the paper does not write
    is none of it: the type of matter gives one, and the card shows it."""
    return [question for question in proposal.questions if question != NO_LIMIT]


def is_sure(proposal: Proposal) -> bool:
    """Certain: high confidence, a lead, and nothing that it asks."""
    sure = proposal.confidence >= certainty().sure_from
    return sure and not asked_of(proposal) and proposal.lead_id is not None


def sure_of(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those that can be confirmed together: certain, and no open matter orders the same."""
    certain = [p for p in proposals if p.state == State.OPEN and is_sure(p)]
    alike = candidates([p for p in certain if not p.cause])
    return [p for p in certain if not alike.get(p.pk)]


def kind_code(proposal: Proposal) -> str:
    return proposal.kind or policy.type_of_source(proposal.source.kind if proposal.source else "")


def filter_proposals(proposals: QuerySet[Proposal], show: str) -> QuerySet[Proposal]:
    """`open`, `done` or all; what was split shows as its pieces."""
    rows = proposals.exclude(state=State.SPLIT)
    rows = rows.select_related("source", "lead", "matter", "merged_into", "decided_by", "split_from")
    if show == "open":
        return rows.filter(state=State.OPEN)
    return rows.exclude(state=State.OPEN) if show == "done" else rows


@dataclass(frozen=True)
class SourceCounts:
    open: int
    done: int
    confirmed: int
    joined: int
    dropped: int

    @property
    def all(self) -> int:
        return self.open + self.done


def counts(proposals: QuerySet[Proposal]) -> SourceCounts:
    by_state = dict(
        proposals.exclude(state=State.SPLIT).order_by().values_list("state").annotate(n=Count("pk"))
    )
    done = sum(n for state, n in by_state.items() if state != State.OPEN)
    return SourceCounts(
        by_state.get(State.OPEN, 0),
        done,
        by_state.get(State.CONFIRMED, 0),
        by_state.get(State.MERGED, 0),
        by_state.get(State.DROPPED, 0),
    )


def dictated() -> Q:
    """Sources that are records of a meeting: minutes without a file."""
    return Q(kind=Source.Kind.MINUTES, sha256="")


def from_lights() -> QuerySet[Proposal]:
    """Proposals without a paper: what red and yellow lights ask for, newest first."""
    return Proposal.objects.filter(source=None).exclude(cause="").order_by("-pk")


def planned(matter: Matter) -> Proposal | None:
    """The proposal that a matter was confirmed from: lead, cooperating units and deadline to begin with."""
    rows = matter.proposals.filter(state=State.CONFIRMED).select_related("lead").order_by("pk")
    return rows.first()


def task_table(source: Source) -> list[dict[str, Any]]:
    """任务分解表: what was confirmed, with number and state of its matter, in the order of the paper."""
    rows = source.proposals.filter(state=State.CONFIRMED).select_related("lead", "matter", "matter__lead")
    rows = rows.prefetch_related("matter__coops")
    names = dict(Unit.objects.values_list("code", "short_name"))
    return [_line(number, p, names) for number, p in enumerate(rows, start=1)]


def _line(number: int, p: Proposal, names: dict[str, str]) -> dict[str, Any]:
    """Once assigned, as the matter has it; before that, as planned."""
    m = p.matter
    given = m is not None and m.assigned_on is not None
    assert m is not None  # the database holds it
    lead = m.lead if given else p.lead
    coops = [u.short_name for u in m.coops.all()] if given else [names[c] for c in p.coops if c in names]
    return {
        "order": number,
        "number": m.number,
        "title": m.title,
        "lead": lead.short_name if lead else "",
        "coops": "、".join(coops),
        "due": m.due if given else p.deadline,
        "due_words": (m.due_words if given else p.deadline_text) or "",
        "recurrence": m.recurrence if given else p.recurrence,
        "kind": m.kind,
        "important": m.important,
        "leader": m.leader,
        "state": m.get_state_display(),
        "evidence": p.evidence,
        "place": p.place,
    }
