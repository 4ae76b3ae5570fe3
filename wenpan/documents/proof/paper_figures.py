"""What a paper says, and what it is read with: figures, vocabulary, the state of a sentence. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

SCALE = {"": Decimal("0.0001"), "万": Decimal(1), "亿": Decimal(10000)}
YEARS = range(1900, 2201)  # a period of another year is none: `6022年1—2月` is a slip of the pen


@dataclass(frozen=True)
class PaperFigure:
    """`kind`: level | growth | points | share | rank | climb | top | count | date; `value` is signed.

    A `top` is a region said to be among the first `value`, a `date` the month of a title. `against`: what
    points are compared with, the whole of a share, the field of a rank.

    `indicator` is a code, "" where unknown; `subject` the words before it.
    """

    paragraph: int
    start: int
    end: int
    words: str
    kind: str
    value: Decimal
    decimals: int
    unit: str = ""
    indicator: str = ""
    subject: str = ""
    region: str = ""
    period: str = ""
    basis: str = "natural"
    monthly: bool = False  # of the month alone, not cumulative
    word: str = ""
    sentence: int = 0
    planned: bool = False  # a target, a forecast, a need: no published figure
    against: str = ""  # of points: the region or 上月 that it is compared with
    dated: bool = False  # the paragraph says the period; else it is the paper's month


@dataclass(frozen=True)
class Vocabulary:
    """`indicators`, `regions`: every written name with its code. `home`: the region where none is named.

    `wholes`: the indicator of which another is a part (税收占比: of 一般公共预算收入).
    """

    indicators: Mapping[str, str]
    regions: Mapping[str, str]
    home: str
    year: int
    period: str = ""
    wholes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class SentenceState:
    """What the sentence has said so far. `members`: the list of a `分别`, `turn` whose number comes next."""

    indicator: str = ""
    subject: str = ""
    region: str = ""
    period: str = ""
    basis: str = "natural"
    monthly: bool = False
    members: list[tuple[str, str, str]] = field(default_factory=list)
    turn: int = -1
    levels: list[tuple[str, str, str]] = field(default_factory=list)  # and of what amounts
    said: list[tuple[str, str, str]] = field(default_factory=list)  # of what growth was told, in its order
    share: tuple[str, str, str] = ("", "", "")  # indicator, name and whole: 税收占收入比重：甲区…
    first: int = 0  # of the region lists of a paragraph: 增速居全市前三位的区县
    topic: tuple[str, str] = ("", "")  # of a paragraph that goes through regions: 固定资产投资：甲区…。乙区…
    headed: bool = (
        False  # whether the topic stood before as a head, or what is said goes on after a semicolon
    )
