"""One judgement as the pages and the documents see it: a frozen record.

Shape: the columns of `economy.judging.columns.JUDGED`, and what is needed to show them (names, owner,
since when, ids of the figures). None is "not known" and prints as "—"; it is never 0. Growths, gaps
in points and needed growth are in percent; levels are in `unit`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wenpan.economy.figures.indicators import BASES
from wenpan.economy.figures.quantities import MISSING, grouped
from wenpan.economy.judging.columns import JUDGED, JudgedColumns
from wenpan.economy.judging.light_words import SHORT
from wenpan.economy.judging.ranked_place import RankedPlace
from wenpan.economy.time.periods import Month, parse_period
from wenpan.rules.releases import due_words


@dataclass(frozen=True)
class TargetChip:
    """Another target of the same indicator, with its own light."""

    judgement_id: int
    target_id: str
    set_by: str
    label: str  # 市下达
    measure: str
    basis: str
    comparison: str
    target: float | None
    gap: float | None
    gap_unit: str
    light: str
    unit: str
    decimals: int

    @property
    def full_label(self) -> str:
        """市下达 ≥5.0%."""
        sign = "≤" if self.comparison == "<=" else "≥"
        value = grouped(self.target, self.decimals)
        return f"{self.label} {sign}{value}{'' if value == MISSING else self.unit}"

    @property
    def word(self) -> str:
        return SHORT.get(self.light, SHORT["UNKNOWN"])


@dataclass(frozen=True)
class OtherGrowth:
    """The same growth as published on another basis, in percent."""

    basis: str
    value: float
    figure_id: int

    @property
    def label(self) -> str:
        """扣除留抵退税, in the reader's language."""
        return _(BASES[self.basis])


@dataclass(frozen=True, kw_only=True)
class JudgementRow(JudgedColumns, RankedPlace):
    """A judged row, and what is needed to show it."""

    # what is needed to show them
    name: str
    short_name: str
    group: str
    unit: str  # of the judged measure: % or the indicator's unit
    level_unit: str
    decimals: int
    level_decimals: int
    growth_decimals: int  # of the growth that is ranked and compared with the city
    direction: str
    frequency: str
    core: bool
    owner: str
    owner_name: str
    target_label: str  # 市下达 ≥6.0%
    since: str  # first month of the present run of this light
    figure_id: int | None
    level_id: int | None
    judgement_id: int
    other_targets: tuple[TargetChip, ...]
    raw_light: str = ""  # as the numbers alone give it, before a better light is held back
    hold_periods: int = 0  # better periods in a row that the rules ask for; 0 where the light is not held
    better_periods: int = 0  # of them so far
    first_warned: str = ""  # first period of the year that was not green
    record: str = ""  # how often we or a rival managed what is needed
    other_bases: tuple[OtherGrowth, ...] = ()
    ahead: Mapping[str, Any] = field(default_factory=dict)  # see `economy.forecast.scenario.AnnualForecast`

    @property
    def period_month(self) -> Month:
        return parse_period(self.period).end

    @property
    def rank_due(self) -> str:
        """11月21日: by when the calendar of releases lets the place come that is withheld; else ""."""
        return due_words(self.indicator, parse_period(self.period)) if self.rank_pending else ""

    @property
    def place_before(self) -> str:
        """10/10: the last place that was published; empty where there was none."""
        known = self.rank_previous is not None and self.rivals_previous is not None
        return f"{self.rank_previous}/{self.rivals_previous}" if known else ""

    @property
    def promise(self) -> tuple[str, str]:
        """(市下达, ≥6.0%); two empty texts without a target."""
        who, _space, what = self.target_label.partition(" ")
        return who, what

    @property
    def held(self) -> bool:
        """The numbers have turned better, the light has not yet."""
        return bool(self.raw_light) and self.raw_light != self.light

    @property
    def has_target(self) -> bool:
        return self.target is not None


FACTS = tuple(JUDGED)


def clean(value: Any) -> Any:
    """A value as JSON keeps it: NaN is None, tuples are lists, months are texts."""
    if isinstance(value, float):
        return None if math.isnan(value) or math.isinf(value) else value
    if isinstance(value, list | tuple):
        return [clean(v) for v in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
