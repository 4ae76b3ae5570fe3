"""A row of the board as it is sorted, filtered, exported and printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenpan import rules as policy
from wenpan.district.indicators import sentences
from wenpan.district.indicators.judged import LIGHT_WORDS, Judged

WORDS = LIGHT_WORDS
SEVERITY = {"RED": 0, "YELLOW": 1, "UNKNOWN": 2, "GREEN": 3}


@dataclass(frozen=True)
class BoardRow:
    j: Judged
    place: int  # in the catalogue
    light_order: float
    period: str  # 1—9月
    measure: str
    basis: str  # "" for the natural one
    gap_words: str
    rank_words: str
    needed_words: str
    chance: str
    since: str
    run: int
    why: tuple[str, ...]  # the reasons of the rules, as judged
    brief: tuple[str, ...]  # the same for a leader, in two or three sentences
    next_steps: tuple[str, ...]

    @property
    def good(self) -> bool | None:
        """Is the gap on the good side? None where there is none."""
        if self.j.gap is None:
            return None
        return self.j.gap <= 0 if self.j.comparison == "<=" else self.j.gap >= 0

    @property
    def word(self) -> str:
        return WORDS.get(self.j.light, WORDS["UNKNOWN"])

    @property
    def needed_decimals(self) -> int:
        return self.j.decimals if self.j.needed_kind == "growth" else self.j.level_decimals


def board_rows(rows: Iterable[Judged]) -> tuple[BoardRow, ...]:
    """Red first, within a light the longest-standing and widest gap first."""
    made = [_row(j, i) for i, j in enumerate(rows)]
    return tuple(sorted(made, key=lambda r: (r.light_order, r.place)))


def _row(j: Judged, place: int) -> BoardRow:
    rules = policy.light_rules().get(j.rule_set)
    return BoardRow(
        j=j,
        place=place,
        light_order=SEVERITY.get(j.light, 2),
        period=sentences.period_label(j),
        measure=sentences.measure_label(j),
        basis=sentences.basis_label(j),
        gap_words=sentences.gap(j),
        rank_words=sentences.rank(j),
        needed_words=sentences.needed(j),
        chance=sentences.chance(j.probability),
        since=sentences.since(j),
        run=sentences.run_months(j),
        why=j.reasons,
        brief=sentences.brief(j),
        next_steps=sentences.next_steps(j, rules),
    )


def worst(rows: Iterable[BoardRow], most: int = 6) -> tuple[BoardRow, ...]:
    """The red ones that a leader must read: the longest-standing, then the least likely to end well."""
    reds = [row for row in rows if row.j.light == "RED"]
    reds.sort(
        key=lambda r: (not r.j.core, -r.run, 1.0 if r.j.probability is None else r.j.probability, r.place)
    )
    return tuple(reds[:most])
