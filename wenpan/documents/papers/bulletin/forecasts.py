"""八、预测成绩单: what the forecasts of a year that is over said and what came, in the year's bulletin.

Pure. The naive rule stands beside every number; nothing is left out, a bad year is printed like a good one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wenpan.documents.papers.bulletin.counted_spans import BulletinDraft
from wenpan.documents.papers.paper import Block, Inline, heading, label, paragraph


@dataclass(frozen=True)
class YearForecasts:
    """Of one year: counts, and shares from 0 to 1 (None: nothing to count). `bins`: (from, to, n, met)."""

    year: int
    said: int
    missed: int
    indicators: int
    mean_said: float | None
    met: float
    covered: float | None
    closer: float | None
    brier: float | None
    naive_brier: float | None
    hits: float | None
    false_alarms: float | None
    naive_hits: float | None
    naive_false_alarms: float | None
    bins: tuple[tuple[int, int, int, float], ...] = ()


def from_kept(data: Mapping[str, Any] | None) -> YearForecasts | None:
    """From a kept bulletin; None for one of other months, or of before there was a report."""
    if not data:
        return None
    bins = tuple((int(low), int(high), int(n), float(met)) for low, high, n, met in data["bins"])
    return YearForecasts(**{**data, "bins": bins})


def forecasts(said: BulletinDraft, found: YearForecasts | None) -> list[Block]:
    """Nothing where no year ended that was forecast."""
    if found is None:
        return []

    def share(name: str, words: str, value: float | None) -> Inline:
        if value is None:
            return "—"
        return said.number(f"forecasts/{name}", words, Decimal(str(round(100 * value, 6))), "%")

    def points(name: str, words: str, value: float | None) -> Inline:
        return "—" if value is None else said.number(f"forecasts/{name}", words, Decimal(str(value)), "", 3)

    first: list[Inline] = [
        label(f"{found.year}年"),
        "各月共对",
        said.number("forecasts/indicators", "有预判的指标", found.indicators, "项"),
        "指标的年度目标作出预判",
        said.number("forecasts/said", "预判次数", found.said, "次"),
        ", 平均说的完成概率",
        share("mean", "平均说的完成概率", found.mean_said),
        ", 实际完成",
        share("met", "实际完成", found.met),
        ";年末数落在所说八成区间内的",
        share("covered", "落在区间内", found.covered),
        ", 比照搬当期增速更接近实际的",
        share("closer", "比照搬更近", found.closer),
        "。概率得分(越低越好)",
        points("brier", "概率得分", found.brier),
        ", 低于目标即警告的办法为",
        points("naive_brier", "低于目标即警告的得分", found.naive_brier),
        "。红灯命中",
        share("hits", "红灯命中", found.hits),
        "、空报",
        share("false", "红灯空报", found.false_alarms),
        ", 低于目标即警告的办法命中",
        share("naive_hits", "低于目标命中", found.naive_hits),
        "、空报",
        share("naive_false", "低于目标空报", found.naive_false_alarms),
        "。",
    ]
    blocks: list[Block] = [heading(1, "八、预测成绩单"), paragraph(*first)]
    if found.bins:
        blocks.append(paragraph(*_bins(said, found)))
    return blocks


def _bins(said: BulletinDraft, found: YearForecasts) -> list[Inline]:
    out: list[Inline] = ["按所说概率分: "]
    for low, high, n, met in found.bins:
        count = said.number(f"forecasts/bin{low}", f"说{low}—{high}%的次数", n, "次")
        came = said.number(
            f"forecasts/bin{low}/met", f"说{low}—{high}%的实际完成", Decimal(str(round(100 * met, 6))), "%"
        )
        out += [label(f"说{low}—{high}%的"), count, ", 实际完成", came, ";"]
    return [*out[:-1], "。均取当时首次研判, 事后重新研判和目标调整不改。"]
