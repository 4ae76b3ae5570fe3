"""The same order in two papers: open matters whose words are those of a proposal, with the reasons.

Words are compared by pairs of characters; an index of all open matters is made once a page, so that fifty
proposals against some thousand matters stay a matter of milliseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from wenpan.district.supervision import rules
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.documents.chinese import same_length

NEAR = 0.5  # share of the shorter text's pairs that both have
CLEAR = 0.75  # as much without the same unit
MOST = 3
_NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")


@dataclass(frozen=True)
class Alike:
    """A matter that may be the same order. `share` of common pairs, 0–1."""

    pk: int
    number: str
    title: str
    state: str
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    pk: int
    number: str
    title: str
    state: str
    lead: int | None
    due: date | None
    pairs: frozenset[str]


def pairs(text: str) -> frozenset[str]:
    plain = _NOISE.sub("", same_length(text))
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


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
    found = {p.pk: _nearest(p, known, index, own.get(p.source_id, frozenset())) for p in proposals}
    return {pk: rows for pk, rows in found.items() if rows}


def _known() -> list[_Known]:
    open_ = Q(state__in=rules.OPEN)
    rows = Matter.objects.filter(open_, cause="").values_list(
        "pk", "number", "title", "state", "lead", "due", "proposals__lead", "proposals__deadline"
    )
    found: dict[int, _Known] = {}
    for pk, number, title, state, lead, due, planned, planned_due in rows:
        found.setdefault(
            pk, _Known(pk, number, title, state, lead or planned, due or planned_due, pairs(title))
        )
    return list(found.values())


def _own_sources(proposals: Sequence[Proposal]) -> dict[int | None, frozenset[int]]:
    wanted = {p.source_id for p in proposals if p.source_id}
    rows = Matter.objects.filter(source__in=wanted).values_list("source", "pk")
    found: dict[int | None, set[int]] = {}
    for source, pk in rows:
        found.setdefault(source, set()).add(pk)
    return {source: frozenset(pks) for source, pks in found.items()}


def _nearest(
    p: Proposal, known: Sequence[_Known], index: dict[str, list[int]], own: frozenset[int]
) -> tuple[Alike, ...]:
    mine = pairs(p.text)
    if not mine:
        return ()
    common = Counter(place for pair in mine for place in index.get(pair, ()))
    rows = []
    for place, count in common.most_common(20):
        matter = known[place]
        share = count / max(1, min(len(mine), len(matter.pairs)))
        same_unit = p.lead_id is not None and p.lead_id == matter.lead
        if matter.pk not in own and share >= (NEAR if same_unit else CLEAR):
            reasons = _reasons(p, matter, share, same_unit)
            rows.append(Alike(matter.pk, matter.number, matter.title, matter.state, share, reasons))
    return tuple(sorted(rows, key=lambda row: -row.share)[:MOST])


def _reasons(p: Proposal, matter: _Known, share: float, same_unit: bool) -> tuple[str, ...]:
    told = [_("文字重合%(share)d%%") % {"share": round(100 * share)}]
    if same_unit:
        told.append(_("牵头单位相同"))
    if p.deadline is not None and p.deadline == matter.due:
        told.append(_("时限相同"))
    return tuple(told)
