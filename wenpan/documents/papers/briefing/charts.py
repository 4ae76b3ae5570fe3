"""The two charts of the analysis, from the same lines as its text.

Pure. Figure 1: growth of the headline indicators beside the city's. Figure 2: the trend of the chosen
indicators over their last published periods. A chart with nothing to show is left out.
"""

from __future__ import annotations

from wenpan.documents.papers import charts
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput
from wenpan.documents.papers.charts import Bar, Trend
from wenpan.documents.papers.paper import Picture
from wenpan.economy.time.periods import Month

_MOST_BARS, _LEAST_PERIODS = 9, 3


def pictures(given: BriefingInput) -> tuple[Picture, ...]:
    made = [_bars(given), _trends(given)]
    return tuple(
        Picture(f"图{at + 1} {caption}", png, alt)
        for at, (caption, png, alt) in enumerate(found for found in made if found is not None)
    )


def _growing(given: BriefingInput) -> list[BriefingLine]:
    return [line for line in given.lines if line.is_growth and line.actual is not None and not line.part_of]


def _bars(given: BriefingInput) -> tuple[str, bytes, str] | None:
    """Those that people ask for first: named by the policy, then with a target; in the board's order."""
    policy = given.policy
    wanted = (*policy.headline, *policy.required, *policy.chart_indicators)
    lines = [line for line in _growing(given) if line.target is not None or line.indicator in wanted]
    lines = [line for line in lines if line.city is not None] or lines
    first = sorted(lines, key=lambda line: line.indicator not in wanted)[:_MOST_BARS]
    lines = [line for line in lines if line in first]
    if not lines:
        return None
    png = charts.growth_bars(
        [Bar(line.short_name or line.name, line.actual, line.city) for line in lines], place=given.place
    )
    names = "、".join(line.name for line in lines)
    return f"主要指标增速与全市对比(截至{given.as_of.label})", png, f"条形图: {names}的增速, 与全市并列"


def _trends(given: BriefingInput) -> tuple[str, bytes, str] | None:
    """Monthly indicators of the same period only, so that one axis of months is true for all lines."""
    by_code = {line.indicator: line for line in _growing(given)}
    chosen = [by_code[code] for code in given.policy.chart_indicators if code in by_code]
    chosen = [line for line in chosen if line.period == str(given.as_of) and _known(line) >= _LEAST_PERIODS][
        :4
    ]
    if not chosen:
        return None
    length = max(len(line.trend) for line in chosen)
    months = [given.as_of.plus(at - length + 1) for at in range(length)]
    trends = [
        Trend(line.short_name or line.name, (None,) * (length - len(line.trend)) + line.trend)
        for line in chosen
    ]
    png = charts.trend_lines(trends, [_tick(month, at == 0) for at, month in enumerate(months)])
    names = "、".join(trend.name for trend in trends)
    return "部分指标增速走势", png, f"折线图: {names}近{length}个月的增速"


def _known(line: BriefingLine) -> int:
    return sum(value is not None for value in line.trend)


def _tick(month: Month, first: bool) -> str:
    """9月, with the year at the left end and in January."""
    return f"{month.month}月\n{month.year}" if first or month.month == 1 else f"{month.month}月"
