"""Messy books, every kind of fault of real tables crossed with layouts, heads, units and places: no value is
silently wrong, whatever is not understood is asked about or said.

Control: a reader for whom the words that nobody accounts for do not count.
"""

from __future__ import annotations

from unittest.mock import patch

from bars.bar import Result
from benchmarks.table_kinds.case import ASKED, RIGHT, WRONG, tally
from benchmarks.table_kinds.kinds import KINDS, verdicts
from wenpan.documents.tables.grammar.path_words import PathReader

EACH = 12
BOOKS = 60  # at least


def bar(seed: int) -> Result:
    found = _read(EACH)
    with patch.object(PathReader, "left_over", lambda _self, **_how: ()):
        careless = _read(3)
    books = sum(found[word] for word in (RIGHT, ASKED, WRONG, "dropped"))
    return Result(
        number=f"{books} books of {len(KINDS)} kinds: {found[RIGHT]} right, {found[ASKED]} asked, "
        f"{found[WRONG]} wrong, {found['dropped']} dropped, {found['silent']} values silently wrong",
        limit=f"0 silently wrong of at least {BOOKS} books, right in nine of ten",
        passed=books >= BOOKS and found["silent"] == 0 == found[WRONG] and found[RIGHT] >= 0.9 * books,
        control=f"with words left over taken as understood {careless['silent']} values are silently wrong",
        control_failed=careless["silent"] > 0,
    )


def _read(each: int) -> dict[str, int]:
    """Both halves: the words that the reader was tuned on and those that were kept aside."""
    verdicts_of_all = [v for aside in (False, True) for kind in KINDS for v in verdicts(kind, each, aside)]
    return dict(tally(verdicts_of_all))
