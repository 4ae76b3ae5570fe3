"""A row of the board as it is sorted, filtered, exported and printed.

Words are made when they are asked for, in full-width punctuation as Chinese is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenpan import rules as policy
from wenpan.district.indicators import sentences, words
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.ui import lights
from wenpan.district.ui.templatetags.ui import number_text
from wenpan.documents.words.numbers import full_width
from wenpan.economy.judging.lights import RuleSet

SEVERITY = {"RED": 0, "YELLOW": 1, "UNKNOWN": 2, "GREEN": 3}


@dataclass(frozen=True)
class BoardRow:
    j: JudgementRow
    place: int  # in the catalogue
    rules: RuleSet | None

    @property
    def light_order(self) -> int:
        return SEVERITY.get(self.j.light, 2)

    @property
    def word(self) -> str:
        return lights.short(self.j.light)

    @property
    def period(self) -> str:
        """1—9月, in the reader's language."""
        return words.period(self.j)

    @property
    def measure(self) -> str:
        return words.measure(self.j)

    @property
    def other_bases(self) -> tuple[tuple[str, float, int], ...]:
        """Name of the basis, growth in percent, its figure: what is published beside the judged growth."""
        return tuple((one.label, one.value, one.figure_id) for one in self.j.other_bases)

    @property
    def other_basis(self) -> str:
        """自然口径 −2.3%."""
        told = (f"{name} {number_text(value, 1, signed=True)}%" for name, value, _id in self.other_bases)
        return "；".join(told)

    @property
    def gap_words(self) -> str:
        return full_width(sentences.gap(self.j))

    @property
    def rank_words(self) -> str:
        return full_width(sentences.rank(self.j))

    @property
    def needed_words(self) -> str:
        return full_width(sentences.needed(self.j))

    @property
    def chance(self) -> str:
        return words.chance(self.j.probability)

    @property
    def since(self) -> str:
        return words.since(self.j)

    @property
    def first_warned(self) -> str:
        return words.first_warned(self.j)

    @property
    def held(self) -> str:
        """Why the light is worse than its figures; empty where it is not."""
        return words.held_words(self.j)

    @property
    def record(self) -> str:
        """How often we or a rival managed what is still needed."""
        return full_width(sentences.record(self.j))

    @property
    def run(self) -> int:
        """Months in a row on this light."""
        return sentences.run_months(self.j)

    @property
    def why(self) -> tuple[str, ...]:
        """Why this light, in at most five statements; that it is held comes first and is not counted."""
        said = tuple(full_width(reason) for reason in sentences.why(self.j))
        return (self.held, *said) if self.held else said

    @property
    def brief(self) -> tuple[str, ...]:
        """The same for a leader, in two or three sentences."""
        said = tuple(full_width(clause) for clause in sentences.brief(self.j))
        return (*said[:1], self.held, *said[1:]) if self.held else said

    @property
    def next_steps(self) -> tuple[str, ...]:
        return tuple(full_width(step) for step in sentences.next_steps(self.j, self.rules))

    @property
    def good(self) -> bool | None:
        """Is the gap on the good side? None where there is none."""
        if self.j.gap is None:
            return None
        return self.j.gap <= 0 if self.j.comparison == "<=" else self.j.gap >= 0

    @property
    def needed_decimals(self) -> int:
        return self.j.decimals if self.j.needed_kind == "growth" else self.j.level_decimals


FRONT, SURE = 3, 0.9  # a place among the rivals, a probability: from there on it is praised


def board_rows(rows: Iterable[JudgementRow]) -> tuple[BoardRow, ...]:
    """Red first, within a light in the order of the catalogue."""
    known = policy.light_rules()
    made = [BoardRow(j, i, known.get(j.rule_set)) for i, j in enumerate(rows)]
    return tuple(sorted(made, key=lambda r: (r.light_order, r.place)))


def best(rows: Iterable[BoardRow], most: int = 4) -> tuple[BoardRow, ...]:
    """What deserves praise: green, and among the first three or well on its way; best placed first."""
    greens = [row for row in rows if row.j.light == "GREEN" and _praised(row)]
    greens.sort(key=lambda r: (not r.j.core, r.j.rank or 99, -(r.j.probability or 0), r.place))
    return tuple(greens[:most])


def _praised(row: BoardRow) -> bool:
    """Nobody is praised for a place in the second half, however sure the target is."""
    j = row.j
    if j.rank is None:
        return not j.rank_pending and j.probability is not None and j.probability >= SURE
    return j.rank <= FRONT or (2 * j.rank <= (j.rivals or 0) and (j.probability or 0) >= SURE)


def worst(rows: Iterable[BoardRow], most: int = 6) -> tuple[BoardRow, ...]:
    """The red ones that a leader must read: the longest-standing, then the least likely to end well."""
    reds = [row for row in rows if row.j.light == "RED"]
    reds.sort(
        key=lambda r: (not r.j.core, -r.run, 1.0 if r.j.probability is None else r.j.probability, r.place)
    )
    return tuple(reds[:most])
