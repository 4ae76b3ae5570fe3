"""What the checks may know besides the figures and the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import polars as pl

from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.quality.finding import Severity


class Limits(Protocol):
    """The thresholds of `rules/quality.yaml` by the check's name; KeyError where one is not described."""

    def __getitem__(self, name: str) -> Any: ...


@dataclass(frozen=True)
class CheckContext:
    """Names, the month of the file, and the limits.

    `regions` maps code to name. `expected_regions` are those that a table of all districts must
    hold; empty means: do not ask. `ranks` are the printed ranks (region, indicator, period,
    measure, basis, rank, sheet, cell). `city` is the parent's code, which is never ranked. `compared`
    are numbers printed beside figures (kind, other, signed, value, against besides the keys of ranks).
    `year_plans`: (region, indicator, year) to the levels that the year's targets want, in the catalogue's
    unit.
    """

    catalogue: Mapping[str, Indicator]
    regions: Mapping[str, str]
    home: str
    period: str | None
    expected_regions: Collection[str]
    limits: Limits
    ranks: pl.DataFrame | None = None
    city: str = ""
    compared: pl.DataFrame | None = None
    year_plans: Mapping[tuple[str, str, int], tuple[float, ...]] = field(default_factory=dict)

    def subject(self, indicator: str, region: str) -> str:
        """固定资产投资 · 安禾区"""
        known = self.catalogue.get(indicator)
        return f"{known.name if known else indicator} · {self.regions.get(region, region)}"

    def severity(self, check: str) -> Severity | None:
        """None: the check is switched off."""
        word = str(self.limits[check]["severity"])
        if word in ("off", "False"):  # YAML reads a bare off as false
            return None
        return Severity(word)

    def number(self, check: str, name: str) -> float:
        return float(self.limits[check][name])
