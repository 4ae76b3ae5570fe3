"""What a memo is made from, and the memo itself: frozen values, kept with the meeting by the names of their
fields. Pure.

A question without a citation cannot be made: what nobody can look up is not asked in a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

DONE, LATE, HEARD, SILENT, WAITING, GONE = "done", "late", "heard", "silent", "waiting", "gone"
OUTCOMES = {
    DONE: "已办结", LATE: "逾期", HEARD: "有反馈", SILENT: "未反馈", WAITING: "待交办", GONE: "不作事项",
}  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """What a sentence stands on. `kind`: figure | indicator | estimate | matter | project | key_project |
    deal | request | question; `key`: its number or code; `label`: how it is called."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True)
class AgreedMatter:
    """A decision of an earlier meeting and what came of it. `heard`: the unit's last word since then."""

    matter: int
    number: str
    title: str
    unit: str
    unit_name: str
    due: date | None
    state: str  # in words
    outcome: str  # of OUTCOMES
    meeting: str
    heard: str = ""
    heard_on: date | None = None
    assigned_on: date | None = None
    last_time: bool = True  # of the last meeting; else of one before and still open


@dataclass(frozen=True)
class AskedBefore:
    """A question that the last meeting put, and its answer; "" where none came."""

    question: int
    unit: str
    unit_name: str
    text: str
    answer: str
    meeting: str
    subject: str = ""  # what it was about when it was asked first
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class IndicatorFact:
    """One judged indicator as the board shows it, in its own words."""

    code: str
    name: str
    unit: str
    unit_name: str
    light: str
    before: str  # the light of the month before; "" where it was not known
    months: int  # in a row on this light
    period: str
    actual: str
    gap: str
    needed: str
    rank: str
    chance: str
    forecast: str
    figure: int | None
    as_of: str
    matter: str = ""  # the open matter that follows it

    @property
    def is_new(self) -> bool:
        return self.light == "RED" and self.months <= 1


@dataclass(frozen=True)
class UnitExpectation:
    """What a unit expects of an indicator, and how its last expectation fared. Numbers as they are printed;
    "" where there is none. `error`: official − expected."""

    code: str
    name: str
    unit: str
    unit_name: str
    period: str
    expected: str
    note: str
    official_period: str
    official: str
    official_id: int | None
    last_period: str = ""
    last_expected: str = ""
    last_official: str = ""
    last_official_id: int | None = None
    error: str = ""
    wrong_side: bool = False  # what came was worse than what was expected
    target: str = ""
    short: bool = False  # what is expected lies below the year's target
    forecast: str = ""  # the program's own of the year's end, beside the unit's


@dataclass(frozen=True)
class EstimatorFact:
    """How a unit's estimates of one indicator came out until now, as printed. Errors: estimate − published.

    `coming`: its newest estimate that is not published yet, with the interval of its own errors.
    """

    unit_name: str
    name: str
    n: int
    mean_error: str
    mean_absolute: str
    naive: str  # mean absolute error of last period's figure carried on
    direction: str
    coming: str


@dataclass(frozen=True)
class UpwardFact:
    """What an indicator's owner learned from the higher department, and when the next contact is due."""

    code: str
    name: str
    unit_name: str
    on: date
    department: str
    person: str
    learned: str
    next_on: date | None
    late: bool


@dataclass(frozen=True)
class RedThing:
    """A project, a deal or a request that is red. `kind` as a citation's."""

    kind: str
    key: str
    name: str
    unit: str
    unit_name: str
    light: str
    words: str


@dataclass(frozen=True)
class IndustryPull:
    """One industry of GDP in its sorted place, as printed; "" where there is none. `pull` and `gap_pull` in
    points of GDP; 推算, never a figure of the official layers."""

    industry: str
    unit_name: str
    weight: str
    growth: str
    pull: str
    indicator: str
    actual: str
    target: str
    gap_pull: str  # with its interval
    expected: str


@dataclass(frozen=True)
class MemoFacts:
    """All that a memo is made from. `since`: the day of the last meeting, None before the first."""

    on: date
    as_of: str  # month of the newest judgement
    last_title: str
    since: date | None
    agreed: tuple[AgreedMatter, ...] = ()
    asked: tuple[AskedBefore, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    expectations: tuple[UnitExpectation, ...] = ()
    projects: tuple[RedThing, ...] = ()
    deals: tuple[RedThing, ...] = ()
    requests: tuple[RedThing, ...] = ()
    pulls: tuple[IndustryPull, ...] = ()
    pulls_said: str = ""  # of which quarter they are and what they add up to, or why there are none
    estimators: tuple[EstimatorFact, ...] = ()
    contacts: tuple[UpwardFact, ...] = ()
    left: dict[str, int] = field(default_factory=dict)  # of projects and deals: how many more there are


@dataclass(frozen=True)
class MemoQuestion:
    """One question to one unit. ValueError without a citation."""

    occasion: str
    unit: str
    unit_name: str
    text: str
    points: int
    citations: tuple[Citation, ...]
    subject: str = ""  # in the words of the first time; "" where this is the first

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"提问没有依据: {self.text}")


@dataclass(frozen=True)
class Speaker:
    """A unit in the order of the agenda, and why it stands there."""

    unit: str
    unit_name: str
    points: int
    questions: int
    why: tuple[str, ...]


@dataclass(frozen=True)
class AnsweredShare:
    """Of what the last meeting put and agreed: how much was answered. `answered` of `n`."""

    n: int
    answered: int

    @property
    def percent(self) -> float | None:
        return 100 * self.answered / self.n if self.n else None


@dataclass(frozen=True)
class Memo:
    """会前一纸. `left`: questions that the rules' most left out."""

    kind: str
    sections: tuple[str, ...]
    facts: MemoFacts
    questions: tuple[MemoQuestion, ...]
    agenda: tuple[Speaker, ...]
    answers: AnsweredShare
    outcomes: dict[str, int] = field(default_factory=dict)  # of the last meeting's decisions
    heard: AnsweredShare = field(default_factory=lambda: AnsweredShare(0, 0))
    left: int = 0
    rules: str = ""
    version: int = 1

    @property
    def new_reds(self) -> tuple[IndicatorFact, ...]:
        return tuple(f for f in self.facts.indicators if f.is_new)

    @property
    def standing_reds(self) -> tuple[IndicatorFact, ...]:
        return tuple(f for f in self.facts.indicators if f.light == "RED" and not f.is_new)

    @property
    def last_agreed(self) -> tuple[AgreedMatter, ...]:
        return tuple(row for row in self.facts.agreed if row.last_time)

    @property
    def older_agreed(self) -> tuple[AgreedMatter, ...]:
        return tuple(row for row in self.facts.agreed if not row.last_time)
