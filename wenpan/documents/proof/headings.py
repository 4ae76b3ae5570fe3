"""Words without a number that say what those after them are of: headings, `税收占收入比重：`. Pure."""

from __future__ import annotations

import re

from wenpan.documents.proof.paper_figures import SentenceState
from wenpan.documents.proof.subject_names import SubjectNames

# 固定资产投资（牵头单位：区发改局）: who is in charge says nothing of the figures.
_OFFICES = re.compile(r"\((?:牵头|责任|配合|主管|分管|报送)[^()\d]*\)")

_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])(?P<head>[^,。;:]{2,30})。?$"
)


def without_offices(plain: str) -> str:
    """The text, as long as before, with nothing in the place of those brackets."""
    return _OFFICES.sub(lambda m: "_" * len(m.group()), plain)


def section_of(plain: str, before: tuple[str, str], naming: SubjectNames) -> tuple[str, str]:
    """The indicator of the heading line that a paragraph is, or under which it stands."""
    m = _ITEM.match(plain.strip())
    if m is None:
        return before
    heard = naming.subject(naming.a_region.sub("", m["head"]))
    return heard if heard and heard[0] else ("", "")


def shared(words: str, told: SentenceState, naming: SubjectNames) -> bool:
    """`税收占一般公共预算收入比重：`: a share whose numbers follow, each behind its region."""
    m = re.fullmatch(r"(?P<part>.{2,16}?)占(?P<of>.{2,16}?)的?(?:比重|比例|份额)", words)
    heard = naming.subject(m["part"]) if m else None
    if m is None or heard is None or not heard[0]:
        return False
    told.share = (*heard, naming.whole_of(m["of"]))
    return True
