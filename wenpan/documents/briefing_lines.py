"""One indicator's part of the analysis: its figures as facts, its sentences as spans.

Pure. A `Line` is a row of the board as the paper needs it; the names are those of the board. Growths
and differences are in percent and percentage points, levels in `level_unit`; None is not known and
leaves its clause out. Every clause registers the facts that it prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents import wording
from wenpan.documents.facts import Fact, Register
from wenpan.documents.numbers import shown
from wenpan.documents.paper import Inline, Span, label
from wenpan.economy.indicators import MEASURE_LABELS, Measure
from wenpan.economy.periods import Month, Period, parse_period

LIGHTS = {"RED": "红灯", "YELLOW": "黄灯", "GREEN": "绿灯", "UNKNOWN": "未知"}


@dataclass(frozen=True)
class Line:
    """A judged indicator. See `economy.judgement.JUDGED` for the meaning of the numbers."""

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
    direction: str = "up"
    frequency: str = "monthly"
    lag_months: int = 0
    part_of: str = ""
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
    rank_change: int | None = None
    tied: bool = False
    missing_rivals: tuple[str, ...] = ()
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
    figure_id: int | None = None
    level_id: int | None = None

    @property
    def when(self) -> Period:
        return parse_period(self.period)

    @property
    def is_growth(self) -> bool:
        return Measure(self.measure).is_growth

    @property
    def growth(self) -> float | None:
        """The growth that is compared with the city; beside a level it is the one its rank rests on."""
        if self.is_growth:
            return self.actual
        if self.city is None or self.versus_city is None:
            return None
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

    @property
    def growth_places(self) -> int:
        return self.decimals if self.is_growth else 1

    def key(self, what: str) -> str:
        return f"{self.indicator}/{what}"

    @property
    def period_words(self) -> str:
        return wording.at_end(self.when) if self.is_balance else wording.ytd(self.when)

    @property
    def than(self) -> str:
        """What the figure before is called: 上月, 1—2月, 上半年."""
        before = self.when.plus(-1)
        return wording.at_end(before) if self.is_balance else wording.earlier(self.when, before)


def light_span(line: Line, register: Register, before: str = "") -> Span:
    fact = register.word(line.key("light"), f"{line.name}灯色", LIGHTS[line.light], line.period)
    return Span(before + fact.shown, (fact.key,))


def name_span(line: Line) -> Span:
    return label(line.name)


def actual_span(line: Line, register: Register) -> Span:
    """The judged figure in words: 增长3.2%, or 45.20亿元."""
    if line.is_growth:
        return growth_span(line, register)
    fact = register.number(
        line.key(line.measure),
        f"{line.name}{MEASURE_LABELS[Measure(line.measure)]}",
        line.actual,
        decimals=line.places,
        unit=line.unit,
        period=line.period,
        source=line.figure_id,
    )
    return Span(wording.amount(line.actual, line.unit, line.places), (fact.key,))


def growth_span(line: Line, register: Register) -> Span:
    """The growth in words, also beside a judged level."""
    fact = register.number(
        line.growth_key,
        f"{line.name}增速" if not line.is_growth else f"{line.name}{MEASURE_LABELS[Measure(line.measure)]}",
        line.growth,
        decimals=line.growth_places,
        period=line.period,
        source=line.figure_id if line.is_growth else None,
    )
    return Span(wording.growth(line.growth, line.growth_places), (fact.key,))


def level_spans(line: Line, register: Register) -> list[Inline]:
    """323.45亿元, before a growth; nothing where no level is published."""
    if not line.is_growth or line.level is None:
        return []
    fact = register.number(
        line.key("level"),
        f"{line.name}{'余额' if line.is_balance else '累计'}",
        line.level,
        decimals=line.level_decimals,
        unit=line.level_unit,
        period=line.period,
        source=line.level_id,
    )
    return [Span(wording.amount(line.level, line.level_unit, line.level_decimals), (fact.key,)), ","]


def turn_spans(line: Line, register: Register) -> list[Inline]:
    if not line.is_growth or line.actual is None or line.before is None:
        return []
    register.number(line.key("previous"), f"{line.name}上期", line.before, decimals=line.decimals)
    key = line.key("change")
    register.difference(key, f"{line.name}较上期", line.key(line.measure), line.key("previous"))
    return [",", Span(wording.turn(line.actual, line.before, line.than, line.decimals), (key,))]


def city_spans(line: Line, register: Register) -> list[Inline]:
    """Against the city's own figure; only growths are compared."""
    if line.growth is None or line.city is None:
        return []
    places = line.growth_places
    own = growth_span(line, register)
    register.number(line.key("city"), f"{line.name}全市", line.city, decimals=places, period=line.period)
    key = line.key("versus_city")
    label_ = f"{line.name}与全市相差"
    register.difference(key, label_, line.growth_key, line.key("city"), page=line.versus_city)
    words = Span(wording.against(line.growth, line.city, decimals=places), (key,))
    return [",", words] if line.is_growth else [",", own, ",", words]


def place_facts(line: Line, register: Register) -> list[str]:
    """Keys of the place and of its change, registered."""
    rank = register.number(
        line.key("rank"), f"{line.name}位次", line.rank, decimals=0, unit="位", period=line.period
    )
    register.number(line.key("rivals"), f"{line.name}参排地区", line.rivals, decimals=0, unit="个")
    if line.rank_change is None:
        return [rank.key]
    change = register.number(
        line.key("rank_change"), f"{line.name}位次变动", line.rank_change, decimals=0, unit="位"
    )
    return [rank.key, change.key]


def place_spans(line: Line, register: Register) -> list[Inline]:
    if line.rank is None or not line.rivals or line.rivals < 2:
        return []
    keys = place_facts(line, register)
    words = wording.place(line.rank, line.rivals, line.rank_change, than=line.than, tied=line.tied)
    missing = "、".join(line.missing_rivals)
    note = [label(f"({missing}尚未公布, 未参与排位)")] if missing else []
    what = "" if line.is_growth or line.growth is None else "增速"
    return [",", Span(what + words, tuple(keys)), *note]


def target_spans(line: Line, register: Register) -> list[Inline]:
    """Against the primary target: points for a growth, share done and schedule for a level."""
    if line.target is None or line.actual is None:
        return []
    return [";", *(_growth_target(line, register) if line.is_growth else _level_target(line, register))]


def _growth_target(line: Line, register: Register) -> list[Inline]:
    aim = register.number(
        line.key("target"), f"{line.name}目标", line.target, decimals=line.decimals, unit=line.unit
    )
    gap = line.key("gap")
    page = line.gap if line.comparison != "<=" or line.gap is None else None
    register.difference(gap, f"{line.name}与目标相差", line.key(line.measure), aim.key, page=page)
    words = wording.against_target(
        line.actual, line.target, line.comparison or ">=", line.set_by or "", line.decimals
    )
    return [Span(words, (aim.key, gap))]


def _level_target(line: Line, register: Register) -> list[Inline]:
    """Share of the year's target done, against the share due: due = done - schedule_gap."""
    if not line.target or line.actual is None:
        return []
    done = line.actual / line.target * 100
    due = done - line.schedule_gap if line.schedule_gap is not None else None
    first = register.number(line.key("progress"), f"{line.name}完成进度", done, period=line.period)
    keys = [first.key]
    if due is not None:
        register.number(line.key("schedule"), f"{line.name}时序进度", due, period=line.period)
        key = line.key("ahead")
        register.difference(
            key, f"{line.name}与时序相差", line.key("progress"), line.key("schedule"), page=line.schedule_gap
        )
        keys.append(key)
    return [Span(wording.progress(done, due, line.set_by or ""), tuple(keys))]


def needed_spans(line: Line, register: Register) -> list[Inline]:
    """后三个月需增长8.4%; for a level the amount and the monthly average."""
    if line.needed is None or not line.months_left or line.months_left < 1:
        return []
    span = wording.rest_of_year(line.months_left, quarterly=line.frequency == "quarterly")
    if line.needed_kind == "amount":
        return _needed_amount(line, span, register)
    words = wording.needed_growth(line.needed, span, line.comparison or ">=", line.decimals)
    fact = register.number(
        line.key("needed"), f"{line.name}{span}需", line.needed, decimals=line.decimals, unit="%"
    )
    return [Span(words, (fact.key,))]


def _needed_amount(line: Line, span: str, register: Register) -> list[Inline]:
    """`needed` is what each month left must bring."""
    unit, places = line.needed_unit or line.unit, line.level_decimals
    words = wording.needed_amount(line.needed, unit, span, places, "增加" if line.is_balance else "完成")
    monthly = shown(line.needed, places)
    if monthly is None or monthly <= 0:
        return [words]
    fact = register.number(
        line.key("needed"), f"{line.name}{span}月均需", monthly, decimals=places, unit=unit
    )
    return [Span(words, (fact.key,))]


def outlook_spans(
    line: Line, register: Register, bands: Sequence[tuple[float, str]], cap: float
) -> list[Inline]:
    """全年预计下降10.2%左右(八成可能在…之间),完成年度目标难度很大(概率低于5%)."""
    return [*_expected(line, register), *chance_spans(line, register, bands, cap)]


def register_forecast(line: Line, register: Register) -> None:
    """The low, middle and high end of the year-end forecast: p10, p50, p90."""
    for name in ("p10", "p50", "p90"):
        value, words = getattr(line, name), f"{line.name}年末预测{name}"
        register.number(line.key(name), words, value, decimals=line.places, unit=line.unit)


def chance_fact(line: Line, register: Register, cap: float) -> Fact:
    """P(target met) in whole percent, held within `cap` of 0 and 100 as it is printed."""
    percent = min(max(line.probability or 0.0, cap), 1 - cap) * 100
    return register.number(line.key("probability"), f"{line.name}完成概率", percent, decimals=0)


def _expected(line: Line, register: Register) -> list[Inline]:
    if line.p50 is None:
        return []
    register_forecast(line, register)
    if not line.is_growth:
        return [
            "全年预计",
            Span(wording.amount(line.p50, line.unit, line.places), (line.key("p50"),)),
            "左右",
        ]
    out: list[Inline] = [
        "全年预计",
        Span(wording.growth(line.p50, line.decimals), (line.key("p50"),)),
        "左右",
    ]
    between = wording.spread(line.p10, line.p90, line.decimals)
    keys = tuple(line.key(name) for name in (("p90", "p10") if _falling(line) else ("p10", "p90")))
    return [*out, "(八成可能在", Span(between, keys), ")"] if between else out


def _falling(line: Line) -> bool:
    """Both ends fall: the smaller fall is said first."""
    ends = [shown(value, line.decimals) for value in (line.p10, line.p90)]
    return all(end is not None and end < 0 for end in ends)


def chance_spans(
    line: Line, register: Register, bands: Sequence[tuple[float, str]], cap: float
) -> list[Inline]:
    if line.probability is None or line.target is None:
        return []
    fact = chance_fact(line, register, cap)
    return [",", Span(wording.chance(line.probability, bands, cap), (fact.key,))]


def run_words(line: Line, as_of: Month) -> Span | None:
    """本月新转入, 自6月起: since when this light has been on."""
    if not line.since:
        return None
    first = parse_period(line.since).end
    if first == as_of:
        return label("本月新转入")
    year = "" if first.year == as_of.year else f"{first.year}年"
    return label(f"自{year}{first.month}月起")


def sentence(line: Line, register: Register, *, with_period: bool = True) -> list[Inline]:
    """Everything that is known of one indicator, without the full stop."""
    head: list[Inline] = [label(f"{line.period_words},")] if with_period else []
    if line.actual is None:
        return [*head, name_span(line), wording.NOT_PUBLISHED, ",", light_span(line, register, "灯色")]
    lit: list[Inline] = [] if line.light == "UNKNOWN" else [",", light_span(line, register, "亮")]
    return [
        *head,
        name_span(line),
        *level_spans(line, register),
        actual_span(line, register),
        *turn_spans(line, register),
        *city_spans(line, register),
        *place_spans(line, register),
        *target_spans(line, register),
        *lit,
    ]
