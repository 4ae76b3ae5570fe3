"""What carries GDP: each industry's weight in last year's output, its growth and its pull, in points.

Pure; a reading aid (推算), never a GDP estimate: GDP is accounted by the higher office. Growth is in percent
at constant prices, a pull in percentage points, a weight a ratio of the whole.

    wᵢ = (Vᵢ / (1 + gᵢ)) / Σ (Vⱼ / (1 + gⱼ))        pullᵢ = wᵢ·gᵢ        growth = Σ pullᵢ

Vᵢ is this period's value, so that Vᵢ / (1 + gᵢ) is last year's same period at this year's constant prices.
The share of *this* year's value is the wrong weight: it counts growth twice (national Q1 2024: 5.41,
published 5.3; with last year's weights 5.28). As prices moved, the sum equals the published growth to about
0.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_WHOLE = {"total", "gdp", "合计", "总计", "地区生产总值", "国内生产总值", "生产总值"}
_SECTORS = {"第一产业", "第二产业", "第三产业"}


class SupportsError(ValueError):
    """Industries from which no pull can be worked out; a Chinese sentence that names the industry."""


@dataclass(frozen=True)
class IndustryFigure:
    """`value` at current prices; `growth` in percent at constant prices."""

    industry: str
    value: float
    growth: float


@dataclass(frozen=True)
class Pull:
    industry: str
    weight: float  # of the whole of last year, 0…1
    growth: float  # percent
    pull: float  # points


@dataclass(frozen=True)
class Supports:
    pulls: tuple[Pull, ...]
    growth: float  # of the whole, as it follows; points
    published: IndustryFigure | None  # the whole as published, where the table has it

    @property
    def apart(self) -> float | None:
        """Points between what follows and what was published."""
        return None if self.published is None else self.growth - self.published.growth

    def gap_pull(self, industry: str, target: float) -> float:
        """Points of the whole that an industry's target growth would add; negative where it is above it."""
        (one,) = (pull for pull in self.pulls if pull.industry == industry)
        return one.weight * (target - one.growth)


def supports(figures: Sequence[IndustryFigure]) -> Supports:
    """The pulls in the order given. A row that is the whole (GDP, 合计) is kept apart and compared.
    SupportsError for none, one twice, a value that is not positive, a growth of −100 % or less, or a sector
    beside its parts."""
    if any(not figure.industry for figure in figures):
        raise SupportsError("industry 为空")
    parts = [figure for figure in figures if figure.industry.lower() not in _WHOLE]
    wholes = [figure for figure in figures if figure.industry.lower() in _WHOLE]
    names = [figure.industry for figure in parts]
    if not parts:
        raise SupportsError("没有行业")
    if len(wholes) > 1:
        raise SupportsError(f"合计行多于一行: {'、'.join(whole.industry for whole in wholes)}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise SupportsError(f"行业重复: {twice[0]}")
    if (sectors := _SECTORS & set(names)) and set(names) - _SECTORS:
        raise SupportsError(f"{'、'.join(sorted(sectors))}与其中的行业并列, 会重复计入")
    for figure in parts:
        if not figure.value > 0:
            raise SupportsError(f"{figure.industry}: 增加值应大于0, 实为{figure.value:g}")
        if not -100 < figure.growth < 1000:
            raise SupportsError(f"{figure.industry}: 增速应为百分数且大于-100, 实为{figure.growth:g}")
    last = [figure.value / (1 + figure.growth / 100) for figure in parts]
    whole = sum(last)
    pulls = tuple(
        Pull(figure.industry, base / whole, figure.growth, base / whole * figure.growth)
        for figure, base in zip(parts, last, strict=True)
    )
    return Supports(pulls, sum(pull.pull for pull in pulls), wholes[0] if wholes else None)
