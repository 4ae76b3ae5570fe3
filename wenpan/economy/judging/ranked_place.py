"""What a place among rivals says, for every record that has one: the judgement and the line of a paper.

Pure. Counts of regions; None is not known.
"""

from __future__ import annotations


class RankedPlace:
    """A base of records with `rank`, `rivals` (how many are ranked) and `behind` (those strictly worse)."""

    rank: int | None
    rivals: int | None
    behind: int | None

    @property
    def last(self) -> bool:
        """The last place, alone or shared. False where there is no place and where all share the first; what
        was judged before `behind` was counted tells it by the number of rivals."""
        if self.rank is None or self.rank == 1:
            return False
        return self.rank == self.rivals if self.behind is None else self.behind == 0
