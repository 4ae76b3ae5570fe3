"""A line of the analysis: one judged indicator of the board, as the paper needs it.

Pure. The names are those of the board. Growths and differences are in percent and percentage points,
levels in `level_unit`; None is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.indicators import Measure
from wenpan.economy.judging.ranked_place import RankedPlace
from wenpan.economy.time.periods import Period, parse_period


@dataclass(frozen=True)
class OtherBasis:
    """The same growth on a further published basis, in percent: 扣除留抵退税, 同口径."""

    basis: str
    label: str
    value: float
    figure_id: int | None = None


@dataclass(frozen=True)
class BriefingLine(RankedPlace):
    """A judged indicator. See `economy.judging.columns.JUDGED` for the meaning of the numbers."""

    indicator: str
    name: str
    group: str
    period: str
    measure: str
    unit: str  # of the judged measure
    light: str
    short_name: str = ""
    level_unit: str = ""
    decimals: int = 1
    level_decimals: int = 2
    growth_decimals: int = 1  # of the growth, the city's and a target of growth, so that unequal ones look it
    direction: str = "up"
    frequency: str = "monthly"
    lag_months: int = 0
    part_of: str = ""
    core: bool = True  # of the set that the board counts
    owner_name: str = ""
    actual: float | None = None
    level: float | None = None
    previous: float | None = None
    target: float | None = None
    comparison: str | None = None
    set_by: str | None = None
    gap: float | None = None
    schedule_gap: float | None = None  # points of progress ahead of schedule
    rank: int | None = None
    rivals: int | None = None
    behind: int | None = None  # rivals strictly worse; 0: last, alone or shared
    rank_pending: bool = False  # not enough rivals have published for a place
    rank_previous: int | None = None
    rivals_previous: int | None = None
    rank_due: str = ""  # 11月21日: by when the calendar of releases lets the others come
    rank_change: int | None = None
    tied: bool = False
    missing_rivals: tuple[str, ...] = ()
    level_growth: float | None = None  # of a judged level: the growth that is ranked and compared
    city: float | None = None
    versus_city: float | None = None
    needed: float | None = None
    needed_kind: str | None = None
    needed_unit: str | None = None
    months_left: int | None = None
    p10: float | None = None
    p50: float | None = None
    p90: float | None = None
    probability: float | None = None
    forecast_note: str = ""
    trend: tuple[float | None, ...] = ()
    reasons: tuple[str, ...] = ()
    since: str = ""
    held: bool = False  # the figures are better than the light: a rule asks for more better periods
    hold_periods: int = 0  # how many in a row
    better_periods: int = 0  # so far
    figure_id: int | None = None
    level_id: int | None = None
    other_bases: tuple[OtherBasis, ...] = ()

    @property
    def when(self) -> Period:
        return parse_period(self.period)

    @property
    def is_growth(self) -> bool:
        return Measure(self.measure).is_growth

    @property
    def on_target(self) -> bool:
        """The figure itself keeps the target; its light may still warn, for another reason."""
        if self.target is None or self.gap is None:
            return False
        return self.gap <= 0 if self.comparison == "<=" else self.gap >= 0

    @property
    def growth(self) -> float | None:
        """The growth that is ranked and compared with the city."""
        if self.is_growth:
            return self.actual
        if self.level_growth is not None or self.city is None or self.versus_city is None:
            return self.level_growth
        return round(self.city + self.versus_city, 9)

    @property
    def growth_key(self) -> str:
        return self.key(self.measure if self.is_growth else "growth")

    @property
    def before(self) -> float | None:
        """The figure of the period just before; None if that one was not published."""
        return None if len(self.trend) > 1 and self.trend[-2] is None else self.previous

    @property
    def is_balance(self) -> bool:
        return self.measure.startswith("balance")

    @property
    def places(self) -> int:
        """Decimals of the judged measure."""
        return self.decimals if self.is_growth else self.level_decimals

    def key(self, what: str) -> str:
        return f"{self.indicator}/{what}"

    @property
    def period_words(self) -> str:
        return analysis_phrases.at_end(self.when) if self.is_balance else analysis_phrases.ytd(self.when)

    @property
    def than(self) -> str:
        """What the figure before is called: 上月, 1—2月, 上半年."""
        before = self.when.plus(-1)
        return (
            analysis_phrases.at_end(before)
            if self.is_balance
            else analysis_phrases.earlier(self.when, before)
        )
