"""Which paragraph of a paper that came back is which of the one that was made: by text, marks, likeness."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from wenpan.documents.papers.returned.elements import PaperElement

LIKE = 0.55  # share of signs in common from which a paragraph is taken for an edited one


def pairs(made: Sequence[PaperElement], sent: Sequence[PaperElement]) -> dict[int, int]:
    """Position in `sent` → position in `made`; a new paragraph has none, a deleted one is in no value."""
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, [_key(e) for e in made], [_key(e) for e in sent], autojunk=False)
    for a, b, n in matcher.get_matching_blocks():
        found |= {b + k: a + k for k in range(n)}
    taken = set(found.values())
    by_mark = {mark: at for at, one in enumerate(made) for mark in one.marks}
    for at, one in enumerate(sent):
        if at in found:
            continue
        votes = [by_mark[m] for m in one.marks if m in by_mark and by_mark[m] not in taken]
        best = max(set(votes), key=votes.count) if votes else _likest(one, made, taken)
        if best is not None:
            found[at] = best
            taken.add(best)
    return found


def _key(one: PaperElement) -> str:
    return ("#" if one.cells else "") + "".join(one.text.split())


def _likest(one: PaperElement, made: Sequence[PaperElement], taken: set[int]) -> int | None:
    best, at = LIKE, None
    matcher = SequenceMatcher(None, b=one.text, autojunk=False)
    for number, other in enumerate(made):
        if number in taken or bool(other.cells) != bool(one.cells):
            continue
        matcher.set_seq1(other.text)
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, at = ratio, number
    return at
