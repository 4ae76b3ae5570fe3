"""Answers: which figure is wanted, from which series it comes, in which unit, or why there is none.

Pure. All series of the observations take part (rivals lend their experience), so that the answer for
one figure does not depend on which other figures were asked for with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.forecast.additive import year_end_levels
from wenpan.economy.forecast.batches import Chained, StackedRows, WantedRows, batches
from wenpan.economy.forecast.figures import YEARS, Known, by_indicator, known_figures
from wenpan.economy.forecast.model import rest_of_year
from wenpan.economy.forecast.panel import KINDS, Panel, published_panels
from wenpan.economy.forecast.past_differences import held_to_past_differences
from wenpan.economy.forecast.year_end import LEVELS, Flags, Floats, Ints, YearEnd
from wenpan.economy.time.periods import Month, expected_period

NOTHING = "没有数据, 暂不预测"
STALE = "近两年没有数据, 暂不预测"
SHORT = "不足两年, 暂不预测"
NO_LEVEL = "未公布绝对额, 暂不预测绝对额"
NO_BASE = "上年为零或亏损, 不预测增速"
NONE_YET = "本年尚无数据, 按往年预测"
EARLY_END = "往年不公布12月数据, 按{}研判全年"
TOO_LITTLE = "没有足够数据, 暂不预测"
WIDENED = "历史不足两年, 区间按同类指标放宽"
FEW = 1.3  # intervals with less than two years of own misses are this much wider
SHAPELESS = 1.1  # and without any levels, where the course of the year is a guess
UNUSUAL = 0.7  # log growth of the year so far that a change of definition explains better
ENOUGH = 4  # published growths that show how they are printed
HELD = "总量与增速不衔接, 预测已按往年差距收回, 请核实"
JUMP = "与上年相比变动异常, 口径可能有变, 请核实"


@dataclass
class _Sheet:
    """The answer being filled in, row by row of `wanted`."""

    quantiles: Floats
    notes: npt.NDArray[np.object_]
    month: Ints
    value: Floats
    centre_left: Floats
    spread_left: Floats
    step: Ints
    ranks: Floats
    grain: Floats


def forecast_year_end(
    observations: pl.DataFrame,
    *,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    wanted: pl.DataFrame,
    known: Known | None = None,
    chained: Chained | None = None,
) -> YearEnd:
    """Distribution of each wanted figure at the end of `as_of`'s year.

    observations: region, indicator, period, measure, basis, value (the frame of the contracts);
    figures of periods after `as_of` are never read. wanted: region, indicator, measure, basis.
    `known`: what `known_figures` says of them, where the caller has it already. `chained`: takes the panels
    that were chained, for whoever needs them too.
    A figure that is already published for December comes back as itself. Refusals are NaN with a
    note. Method: `model` and docs/method.md.
    """
    wanted = wanted.with_columns(pl.col("basis").fill_null("natural"))
    n = wanted.height
    sheet = _Sheet(
        np.full((n, len(LEVELS)), np.nan),
        np.full(n, NOTHING, dtype=object),
        np.zeros(n, dtype=np.int64),
        np.full(n, np.nan),
        np.zeros((n, 13)),
        np.zeros((n, 13)),
        np.ones(n, dtype=np.int64),
        np.full((n, YEARS - 1), np.nan),
        np.zeros(n),
    )
    measures = wanted["measure"].to_list()
    kind = np.array([KINDS[m] for m in measures], dtype=object)
    is_growth = {m: Measure(m).is_growth for m in set(measures)}
    growth = np.array([is_growth[m] for m in measures], dtype=bool)
    figures, names = known or known_figures(observations, as_of)
    named = wanted.join(names, on=["indicator", "basis", "region"], how="left", maintain_order="left")
    series = named["series"].fill_null(-1).to_numpy()
    with np.errstate(all="ignore"):  # what is not known is NaN and stays NaN
        asked: list[WantedRows] = []
        for mine in by_indicator(figures, names):
            here = (series >= mine.first) & (series < mine.first + len(mine.regions))
            indicator = indicators.get(mine.code) or Indicator(mine.code, mine.code)
            for panel in published_panels(mine, indicator, as_of, set(kind[here].tolist())):
                row = np.flatnonzero(here & (kind == panel.kind))
                asked.append(WantedRows(panel, series[row] - panel.first, row, growth[row]))
        for batch in batches(asked):
            _answer(sheet, batch, as_of)
            if chained is not None:
                chained.update(batch.chained())
    return YearEnd(
        wanted,
        LEVELS,
        sheet.quantiles,
        sheet.notes.tolist(),
        as_of,
        sheet.month,
        sheet.value,
        sheet.centre_left,
        sheet.spread_left,
        sheet.step,
        sheet.ranks,
        sheet.grain,
    )


def _answer(sheet: _Sheet, batch: StackedRows, as_of: Month) -> None:
    origin = batch.origin()
    sheet.notes[batch.row[origin < 0]] = STALE
    signed = batch.panel.signed[batch.series]
    for k in np.unique(origin[origin >= 0]):
        for fill, which in ((_fill, ~signed), (_fill_signed, signed)):
            at = np.flatnonzero((origin == k) & which)
            if len(at):
                panel, series = batch.of_groups(at)
                fill(sheet, panel, int(k), series, batch.row[at], batch.growth[at])
    for r, end in zip(batch.row, batch.panel.ends[batch.series], strict=True):
        if end < 12 and np.isfinite(sheet.quantiles[r, 0]) and not sheet.notes[r]:
            sheet.notes[r] = EARLY_END.format(Month(as_of.year, int(end)).ytd_label)
    months = batch.panel.months
    sheet.step[batch.row] = 3 if len(months) == 4 else 1
    for indicator, mine in batch.parts:
        _say_if_late(sheet, indicator, months, batch.row[mine], origin[mine], as_of)


def _fill(sheet: _Sheet, panel: Panel, k: int, s: Ints, row: Ints, growth: Flags) -> None:
    """Rows whose series has k known slots this year, in logarithms."""
    last = len(panel.months)
    level, total, published = panel.level, panel.total, panel.growth
    month = panel.months[k - 1] if k else 0
    per, so_far_per = (np.where(panel.mean[s], n, 1) for n in (12, max(month, 1)))
    now = 100 * (total[s, -1, k - 1] / total[s, -2, k - 1] - 1) if k else np.full(len(s), np.nan)
    if k:
        now = np.where(np.isfinite(published[s, -1, k - 1]), published[s, -1, k - 1], now)
        so_far = level[s, -1, k - 1]
    else:
        so_far = np.full(len(s), np.nan)
    value = np.where(growth, now, so_far / so_far_per)
    sheet.month[row], sheet.value[row] = month, value
    if k == last:
        sheet.quantiles[row] = value[:, None]
        sheet.notes[row] = np.where(np.isnan(value), np.where(growth, SHORT, NO_LEVEL), "")
        return
    rest = rest_of_year(panel, k)
    few = rest.years[s] < 1.8
    unheard = _without_history(panel)[s]
    shapeless = ~np.isfinite(level[s]).any((1, 2))
    wider = np.where(few, FEW, 1.0) * np.where(shapeless, SHAPELESS, 1.0)
    centre = rest.centre[s, None]
    z = centre + (rest.quantiles[s] - centre) * wider[:, None]
    path = (rest.so_far[s, None] + rest.base[s, None] * np.exp(z)) / rest.last_total[s, None]
    held = np.zeros(len(s), dtype=bool)
    if k:
        path, held = held_to_past_differences(path, published, k, panel.group, s)
    end = np.where(np.isfinite(so_far), so_far * rest.last_total[s] / total[s, -1, k - 1], level[s, -2, -1])
    q = np.where(growth[:, None], 100 * (path - 1), path * end[:, None] / per[:, None])
    jump = np.abs(rest.g[s]) > UNUSUAL
    past = rest.ranks[s][:, -(YEARS - 1) :]
    sheet.ranks[row, YEARS - 1 - past.shape[1] :] = past
    q = np.where(unheard[:, None], np.nan, q)
    sheet.quantiles[row] = q
    sheet.grain[row] = np.where(growth, _grain(published)[s], 0.0)
    _fan_weights(sheet, panel, k, rest.left[s], row, growth)
    without = ~np.isfinite(level[s, -2:]).any((1, 2)) & np.isfinite(path[:, 0])
    refusal = np.where(unheard & np.isfinite(path[:, 0]), TOO_LITTLE, np.where(without, NO_LEVEL, SHORT))
    caveat = np.where(few, WIDENED, np.where(jump, JUMP, np.where(held, HELD, "")))
    sheet.notes[row] = np.where(np.isfinite(q[:, 0]), caveat, refusal)


def _grain(published: Floats) -> Floats:
    """(S,) the step in which growths are printed: 0.1 where all of at least ENOUGH have one decimal."""
    known = np.isfinite(published)
    tenths = np.where(known, published, 0.0) * 10
    whole = (np.abs(tenths - np.round(tenths)) < 1e-6).all((1, 2))
    return np.where(whole & (known.sum((1, 2)) >= ENOUGH), 0.1, 0.0)


def _without_history(panel: Panel) -> Flags:
    """(S,) nobody in the group has a figure of an earlier year: nothing tells how far off a year may end."""
    own = (np.isfinite(panel.level[:, :-1]) | np.isfinite(panel.growth[:, :-1])).any((1, 2))
    groups = np.zeros(int(panel.group.max()) + 1, dtype=bool)
    np.logical_or.at(groups, panel.group, own)
    return np.asarray(~groups[panel.group])


def _fill_signed(sheet: _Sheet, panel: Panel, k: int, s: Ints, row: Ints, growth: Flags) -> None:
    """Rows whose series has zeros or losses: levels are forecast additively, growths on a positive base."""
    level = panel.level
    month = panel.months[k - 1] if k else 0
    per, so_far_per = (np.where(panel.mean[s], n, 1) for n in (12, max(month, 1)))
    base = level[s, -2, -1]
    q = (
        np.repeat(level[s, -1, -1:], len(LEVELS), axis=1)
        if k == len(panel.months)
        else year_end_levels(panel, k)[s]
    )
    rate = np.where((base > 0)[:, None], 100 * (q / base[:, None] - 1), np.nan)
    so_far = level[s, -1, k - 1] if k else np.full(len(s), np.nan)
    last = level[s, -2, k - 1] if k else so_far
    now = np.where(last > 0, 100 * (so_far / last - 1), np.nan)
    sheet.month[row] = month
    sheet.value[row] = np.where(growth, now, so_far / so_far_per)
    q = np.where(growth[:, None], rate, q / per[:, None])
    sheet.quantiles[row] = q
    even = np.full((len(s), len(panel.months)), 1 / len(panel.months))
    _fan_weights(sheet, panel, k, even, row, growth)
    sheet.notes[row] = np.where(
        np.isfinite(q[:, 0]), "", np.where(growth & np.isfinite(base), NO_BASE, SHORT)
    )


def _fan_weights(sheet: _Sheet, panel: Panel, k: int, left: Floats, row: Ints, growth: Flags) -> None:
    """How much of the way (and of the spread) to December is behind in each month; see `YearEnd`."""
    months = list(panel.months)
    if panel.cumulative:
        usual = np.cumsum(np.where(np.isfinite(left), left, 1 / len(months)), axis=1)
        before = usual[:, k - 1, None] if k else np.zeros((len(row), 1))
        way = np.clip((usual - before) / (1 - before), 0, 1)
        size = np.where(growth[:, None], np.maximum(usual, 1e-3), 1.0)
        centre, spread = way / size, way**0.75 / size
    else:
        start = months[k - 1] if k else 0
        centre = np.repeat(np.clip((np.array(months) - start) / (12 - start), 0, 1)[None], len(row), axis=0)
        spread = np.sqrt(centre)
    sheet.centre_left[row[:, None], months] = centre
    sheet.spread_left[row[:, None], months] = spread


def _say_if_late(
    sheet: _Sheet, indicator: Indicator, months: tuple[int, ...], row: Ints, origin: Ints, as_of: Month
) -> None:
    """A figure that should be out but is not widens the interval by itself; say so."""
    due = expected_period(indicator.frequency, indicator.lag_months, as_of).end
    month = np.array([0, *months])[np.maximum(origin, 0)]
    if due.year != as_of.year or due.month < months[0]:
        return
    for r, m in zip(row, month, strict=True):
        if m < due.month and not sheet.notes[r]:
            sheet.notes[r] = f"最新数据为{Month(as_of.year, int(m)).ytd_label}" if m else NONE_YET
