"""The list of checks. To add one: a file here, its line in CHECKS, its entry in rules/quality.yaml, a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from wenpan.economy.quality.context import CheckContext
from wenpan.economy.quality.finding import Finding

Check = Callable[[pl.DataFrame, pl.DataFrame, CheckContext], list[Finding]]

CHECKS: Sequence[Check] = ()
