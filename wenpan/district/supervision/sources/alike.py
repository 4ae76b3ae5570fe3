"""The same order in two papers: open matters that a proposal may repeat, with the reasons.

An index of the pairs of characters of all open matters, made once a page, finds the few that are worth
comparing; `documents.orders.same_order` says how alike they are and why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.sources.proposal_rows import as_documents
from wenpan.documents.orders import proposal as found
from wenpan.documents.orders.same_order import likeness
from wenpan.documents.words.characters import same_length
from wenpan.documents.words.numbers import full_width

COMPARED = 12  # matters with the most pairs in common
FEWEST = 3  # pairs in common, below which nothing is compared
MOST = 3
_NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True)
class Alike:
    """A matter that may be the same order. `score` from 0 to 1."""

    pk: int
    number: str
    title: str
    state: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    pk: int
    number: str
    state: str
    order: found.MatterProposal
    pairs: frozenset[str]


def candidates(proposals: Sequence[Proposal]) -> dict[int, tuple[Alike, ...]]:
    """By proposal, the nearest first; matters of the same source are parts of one paper, not doubles."""
    if not proposals:
        return {}
    known = _known()
    index: dict[str, list[int]] = {}
    for place, matter in enumerate(known):
        for pair in matter.pairs:
            index.setdefault(pair, []).append(place)
    own = _own_sources(proposals)
    rows = {p.pk: _nearest(p, known, index, own.get(p.source_id, frozenset())) for p in proposals}
    return {pk: alike for pk, alike in rows.items() if alike}


def _known() -> list[_Known]:
    """Open matters, with lead and deadline as assigned or, before that, as planned."""
    rows = (
        Matter.objects.filter(state__in=lifecycle.OPEN, cause="")
        .order_by("pk")
        .annotate(
            code=Coalesce("lead__code", "proposals__lead__code", Value("")),
            unit=Coalesce("lead__short_name", "proposals__lead__short_name", Value("")),
            day=Coalesce("due", "proposals__deadline"),
            every=Coalesce(NullIf("recurrence", Value("")), "proposals__recurrence", Value("")),
        )
        .values("pk", "number", "title", "state", "code", "unit", "day", "every")
    )
    kept: dict[int, _Known] = {}
    for row in rows:
        if row["pk"] not in kept:
            kept[row["pk"]] = _Known(
                row["pk"], row["number"], row["state"], _order(row), _pairs(row["title"])
            )
    return list(kept.values())


def _order(row: Mapping[str, Any]) -> found.MatterProposal:
    return found.MatterProposal(
        text=row["title"],
        lead=row["unit"],
        coop=(),
        deadline=row["day"],
        deadline_text="",
        recurrence=row["every"],
        span=(0, 0),
        confidence=1.0,
        units=(row["code"],) if row["code"] else (),
    )


def _pairs(text: str) -> frozenset[str]:
    plain = _NOISE.sub("", same_length(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _own_sources(proposals: Sequence[Proposal]) -> dict[int | None, frozenset[int]]:
    wanted = {p.source_id for p in proposals if p.source_id}
    kept: dict[int | None, set[int]] = {}
    for source, pk in Matter.objects.filter(source__in=wanted).values_list("source", "pk"):
        kept.setdefault(source, set()).add(pk)
    return {source: frozenset(pks) for source, pks in kept.items()}


def _nearest(
    p: Proposal, known: Sequence[_Known], index: dict[str, list[int]], own: frozenset[int]
) -> tuple[Alike, ...]:
    common = Counter(place for pair in _pairs(p.text) for place in index.get(pair, ()))
    mine, rows = as_documents(p), []
    for place, count in common.most_common(COMPARED):
        matter = known[place]
        if count < FEWEST or matter.pk in own:
            continue
        like = likeness(mine, matter.order)
        if like.is_same:
            reasons = tuple(full_width(reason) for reason in like.reasons)
            rows.append(Alike(matter.pk, matter.number, matter.order.text, matter.state, like.score, reasons))
    return tuple(sorted(rows, key=lambda row: -row.score)[:MOST])
