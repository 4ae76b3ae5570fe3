"""What the monthly analysis is made from: the board's lines, the place, and the policy of the paper.

Pure. The policy is `wenpan/rules/briefing.yaml` (sections, words for probabilities, when to refuse).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from wenpan.documents.papers.briefing.deals import DealsMonth
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.reasons import SaidReason
from wenpan.documents.papers.briefing.room_sections import RoomSection
from wenpan.documents.papers.briefing.together import TargetsTogether
from wenpan.documents.papers.briefing.under_way import UnderWay
from wenpan.economy.time.periods import Month

Bands = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Section:
    title: str
    groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class BriefingPolicy:
    """The parsed `briefing.yaml`; `from_data` raises ValueError in Chinese where it cannot be used."""

    sections: tuple[Section, ...]
    headline: tuple[str, ...]
    required: tuple[str, ...]
    missing_share: float
    chance: Bands
    chance_cap: float
    outlook_below: float
    outlook_details: int
    suggestions: int
    advice: Bands
    advice_unknown: str
    chart_indicators: tuple[str, ...]
    closing: str
    version: str = ""
    masthead: str = "{place}经济运行分析"
    number: str = "{year}年第{serial}期"
    copies_to: str = ""
    copies: int = 0
    summary_reds: int = 6  # of the summary: so many reds with their causes
    summary_words: int = 90  # characters of a cause in the summary
    summary_next: int = 5  # so many suggestions
    project_groups: tuple[str, ...] = ("投资",)  # groups of indicators that projects behind plan weigh on

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> BriefingPolicy:
        try:
            return cls(
                sections=tuple(
                    Section(str(s["title"]), tuple(s.get("groups", ())), tuple(s.get("indicators", ())))
                    for s in data["sections"]
                ),
                headline=tuple(data["headline"]),
                required=tuple(data["required"]),
                missing_share=float(data["missing_share"]),
                chance=_bands(data, "chance"),
                chance_cap=float(data["chance_cap"]),
                outlook_below=float(data["outlook_below"]),
                outlook_details=int(data["outlook_details"]),
                suggestions=int(data["suggestions"]),
                advice=_bands(data, "advice"),
                advice_unknown=str(data["advice_unknown"]),
                chart_indicators=tuple(data["chart_indicators"]),
                closing=str(data["closing"]).strip(),
                version=str(data.get("version", "")),
                **_optional(data),
            )
        except KeyError as missing:
            raise ValueError(f"briefing.yaml: 缺少 {missing.args[0]}") from missing


_WORDS = ("masthead", "number", "copies_to")
_COUNTS = ("copies", "summary_reds", "summary_words", "summary_next")


def _optional(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a place's older file does not say yet. ValueError where it cannot be used."""
    found: dict[str, Any] = {name: str(data[name]).strip() for name in _WORDS if name in data}
    for name in (name for name in _COUNTS if name in data):
        if not isinstance(data[name], int) or isinstance(data[name], bool) or data[name] < 0:
            raise ValueError(f"briefing.yaml: {name} 应为不小于0的整数, 实为 {data[name]!r}")
        found[name] = data[name]
    try:
        found.get("number", "").format(year=2022, serial=1)
        found.get("masthead", "").format(place="")
    except (KeyError, IndexError, ValueError) as wrong:
        raise ValueError(
            f"briefing.yaml: masthead 只能用 {{place}}, number 只能用 {{year}}、{{serial}}, 实有 {wrong}"
        ) from wrong
    if "project_groups" in data:
        found["project_groups"] = tuple(str(group) for group in data["project_groups"])
    return found


def _bands(data: Mapping[str, Any], name: str) -> Bands:
    bands = tuple((float(band["least"]), str(band["words"])) for band in data[name])
    falling = all(a[0] > b[0] for a, b in pairwise(bands))
    if not bands or not falling or bands[-1][0] != 0:
        raise ValueError(f"briefing.yaml: {name} 应从高到低排列, 最后一档 least 为 0, 实为 {bands}")
    return bands


def words_for(probability: float, bands: Bands) -> str:
    return next(words for least, words in bands if probability >= least)


@dataclass(frozen=True)
class BriefingInput:
    """One month's board, and what stands around it on the paper."""

    as_of: Month
    place: str  # 安禾区
    city: str  # 宁澜市
    lines: tuple[BriefingLine, ...]
    policy: BriefingPolicy
    dated: date
    issuer: str = ""
    rule_name: str = ""
    rule_version: str = ""
    journal_head: str = ""
    counts: Mapping[str, int] | None = None  # by light, as the page shows them
    together: TargetsTogether | None = None
    deals: DealsMonth | None = None
    reasons: tuple[SaidReason, ...] = ()  # of the red ones, as their units say
    under_way: tuple[UnderWay, ...] = ()
    rooms: tuple[RoomSection, ...] = ()  # what other rooms tell of the month
    summarised: bool = True

    def of(self, *lights: str) -> tuple[BriefingLine, ...]:
        return tuple(line for line in self.lines if line.light in lights)

    def section_lines(self, section: Section, taken: Sequence[str]) -> tuple[BriefingLine, ...]:
        """The section's lines in the board's order, singly named ones last; none is told twice."""
        free = [line for line in self.lines if line.indicator not in taken]
        named = self.singly_named
        grouped = [line for line in free if line.group in section.groups and line.indicator not in named]
        single = [line for line in free if line.indicator in section.indicators]
        return tuple(grouped + single)

    @property
    def singly_named(self) -> frozenset[str]:
        return frozenset(code for section in self.policy.sections for code in section.indicators)


def dated_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
