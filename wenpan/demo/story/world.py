"""A fictional economy: ten districts, every indicator, every month of five years, from one seed.

Pure numpy. Arrays are (regions, months); month 0 is January 2018; the last region is the city. `level`
is what happened in the month (for a balance: at its end), in the catalogue's unit; `base` is the same
month of the year before on the basis that published growth compares with (scope, prices). Growth of any
span is therefore sum(level) / sum(base) − 1, for a district and for the city alike, while the ratio of
published levels says something else.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wenpan.demo.story import drivers
from wenpan.demo.story.drivers import DRIVERS, Driver

Array = NDArray[np.float64]
HOME = "anhe"
CITY = "ninglan"
DISTRICTS = (HOME, *drivers.RIVALS)
REGIONS = (*DISTRICTS, CITY)
YEARS = drivers.LAST_YEAR - drivers.FIRST_YEAR + 1
MONTHS = YEARS * 12


def month_index(year: int, month: int) -> int:
    return (year - drivers.FIRST_YEAR) * 12 + month - 1


@dataclass(frozen=True)
class Series:
    """One indicator. `refund` is what was paid back in the month; zero but for revenue and tax in 2022."""

    level: Array
    base: Array
    refund: Array


@dataclass(frozen=True)
class World:
    seed: int
    series: dict[str, Series]

    def __getitem__(self, code: str) -> Series:
        return self.series[code]


def simulate(seed: int = 2022) -> World:
    """The same seed gives the same world, to the last bit; no indicator's depend on another's."""
    series = {code: _indicator(code, driver, seed) for code, driver in DRIVERS.items()}
    parts = [series[code] for code in drivers.PARTS_OF_FAI]
    series["fai"] = Series(*(sum(getattr(p, f) for p in parts) for f in ("level", "base", "refund")))
    return World(seed, series)


def _random(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def _indicator(code: str, driver: Driver, seed: int) -> Series:
    rng = _random(seed, code)
    growth = _growth(code, driver, rng)
    size = _size(code, driver)
    level = _levels(size, driver.season, growth, rng)
    base = _comparable_base(driver, level, rng)
    for (indicator, district, year, month), amount in drivers.STRUCK_OFF.items():
        if indicator == code:
            level[DISTRICTS.index(district), month_index(year, month)] = amount
    refund = np.zeros_like(level)
    if code in drivers.REFUNDED:
        refund = _refunds(level, seed)
        level = level - refund
    if code in drivers.BALANCES:
        level, base = _balances(size, growth)
    return Series(*(_with_city(code, a) for a in (level, base, refund)))


def _growth(code: str, driver: Driver, rng: np.random.Generator) -> Array:
    """Growth of each month over the same month of the year before, %: (districts, months)."""
    national = np.concatenate([drivers.NATIONAL[drivers.FIRST_YEAR + y] for y in range(YEARS)])
    if code in ("industry_electricity", "electricity"):  # power leads output by a month
        national = np.append(national[1:], national[-1])
    lead = np.array([0.0, *(lead for _, lead in drivers.RIVALS.values())])
    swing = driver.swing * rng.normal(1.0, 0.08, (len(DISTRICTS), 1))
    growth = driver.trend + lead[:, None] + swing * national + _wander(driver.noise, rng)
    if code in drivers.CITY_TURNS:
        year, month, extra = drivers.CITY_TURNS[code]
        growth[:, month_index(year, month) :] += extra
    if code in drivers.HOME_TURNS_2022:
        month, extra = drivers.HOME_TURNS_2022[code]
        turn = month_index(2022, month)
        since = np.arange(MONTHS - turn)
        growth[0, turn:] += extra * np.minimum(1.0, drivers.TURN_BEGINS + drivers.TURN_GROWS * since)
    return np.asarray(growth)


def _wander(noise: float, rng: np.random.Generator, memory: float = 0.7) -> Array:
    """A region's own luck: it lasts for months and fades (AR(1) with standard deviation `noise`)."""
    shocks = rng.normal(0.0, noise * np.sqrt(1 - memory**2), (len(DISTRICTS), MONTHS))
    out = np.empty_like(shocks)
    state = rng.normal(0.0, noise, len(DISTRICTS))
    for t in range(MONTHS):
        state = memory * state + shocks[:, t]
        out[:, t] = state
    return out


def _levels(size: Array, season_name: str, growth: Array, rng: np.random.Generator) -> Array:
    season = np.array(drivers.SEASONS[season_name], dtype=float)
    wobble = rng.normal(1.0, 0.02, (len(DISTRICTS), 12))
    first = size[:, None] * (season / season.sum()) * wobble
    level = np.empty((len(DISTRICTS), MONTHS))
    level[:, :12] = first
    for t in range(12, MONTHS):
        level[:, t] = level[:, t - 12] * (1 + growth[:, t] / 100)
    return level


SIZES = np.array([1.0, *(size for size, _ in drivers.RIVALS.values())])


def _size(code: str, driver: Driver) -> Array:
    """Of the first year. What is counted per head differs little between districts; the rest by size."""
    return driver.scale * (1 + 0.12 * (SIZES - 1) if code in drivers.PER_HEAD else SIZES)


def _comparable_base(driver: Driver, level: Array, rng: np.random.Generator) -> Array:
    """Last year's month in this year's scope and prices; the first year has none and repeats itself."""
    scope = rng.normal(0.0, driver.drift, (len(DISTRICTS), YEARS)).repeat(12, axis=1)
    base = np.empty_like(level)
    base[:, :12] = level[:, :12]
    base[:, 12:] = level[:, :-12] * (1 + (driver.deflator + scope[:, 12:]) / 100)
    return base


def _refunds(level: Array, seed: int) -> Array:
    """Value-added tax paid back from April to July 2022; most of all at home."""
    share = _random(seed, "refunds").normal(drivers.REFUND_OF_RIVALS, 0.07, len(DISTRICTS)).clip(0.35, 0.75)
    share[0] = 1.0
    refund = np.zeros_like(level)
    for month, part in drivers.REFUNDS_2022.items():
        t = month_index(2022, month)
        refund[:, t] = level[:, t] * part * share
    last_year = slice(month_index(2021, 1), month_index(2022, 1))
    refund[:, last_year] = level[:, last_year] * drivers.REFUND_BASE_2021
    return refund


def _balances(size: Array, growth: Array) -> tuple[Array, Array]:
    """A balance at the month's end, growing smoothly, and the balance of a year before."""
    start = size[:, None]
    months = np.arange(MONTHS) / 12
    usual = growth.mean(axis=1, keepdims=True)
    wave = np.cumsum(growth - usual, axis=1) / 12
    level = start * (1 + usual / 100) ** months * (1 + wave / 100)
    before = start * (1 + usual / 100) ** (months[:12] - 1) * (1 + wave[:, :12] / 100)
    return level, np.concatenate([before, level[:, :-12]], axis=1)


def _with_city(code: str, districts: Array) -> Array:
    """The city is the sum of its districts; what is counted per head is their mean weighted by size."""
    if code in drivers.PER_HEAD:
        city = (districts * SIZES[:, None]).sum(axis=0) / SIZES.sum()
    else:
        city = districts.sum(axis=0)
    return np.concatenate([districts, city[None, :]])
