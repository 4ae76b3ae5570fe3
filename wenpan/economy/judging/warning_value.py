"""What a warning was worth: hits, false alarms, how early, and its economic value.

Pure. A warning costs C (a dispatch, a meeting); a missed target that nobody warned of costs L; what is
warned of costs C only. Over n cases with the share s of misses, rule and two yardsticks cost

    E = C·(warned)/n + L·(missed and not warned)/n,   always/never: min(C, s·L),   knowing: s·C,

and the relative economic value (Richardson 2000) is V = (climate − E) / (climate − knowing): 1 knows
everything, 0 is no better than warning always or never, below 0 is worse than that. With a
calibrated P(target met) the best warning at the ratio C/L is P < 1 − C/L.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
RATIOS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class WarningRecord:
    """How one warning did. Rates are NaN where there was nothing to be right about."""

    cases: int
    missed: int
    hit_rate: float  # share of the missed targets that were warned of
    false_alarm_rate: float  # share of the targets met that were warned of
    value: tuple[float, ...]  # at RATIOS

    @property
    def difference(self) -> float:
        """Hit rate minus false-alarm rate: 0 for anything that warns blindly, 1 for what is always right."""
        return self.hit_rate - self.false_alarm_rate


def warning_record(warned: Flags, missed: Flags) -> WarningRecord:
    """warned, missed (N,): was it warned of, and was the target missed."""
    hit = float(warned[missed].mean()) if missed.any() else float("nan")
    false = float(warned[~missed].mean()) if (~missed).any() else float("nan")
    values = tuple(economic_value(warned, missed, ratio) for ratio in RATIOS)
    return WarningRecord(len(missed), int(missed.sum()), hit, false, values)


def economic_value(warned: Flags, missed: Flags, ratio: float) -> float:
    """V at the cost/loss ratio C/L in (0, 1); NaN where always or never is already perfect."""
    if not 0 < ratio < 1:
        raise ValueError(f"cost/loss ratio must lie between 0 and 1, found {ratio}")
    if not len(missed):
        return float("nan")
    share = float(missed.mean())
    climate, knowing = min(ratio, share), share * ratio
    spent = float(warned.mean()) * ratio + float((missed & ~warned).mean())
    return (climate - spent) / (climate - knowing) if climate > knowing else float("nan")


@dataclass(frozen=True)
class Timeliness:
    """How early a standing warning came and how restless it was, over cases seen at several origins."""

    months_before: (
        float  # from the origin since which the warning stood to December, mean over misses (0: never)
    )
    changes: float  # how often a case's warning came or went in a year, mean over all cases


def timeliness(warned: Flags, missed: Flags, months: Sequence[int]) -> Timeliness:
    """warned (N, M) in the order of `months` (M,), missed (N,)."""
    standing = np.logical_and.accumulate(warned[:, ::-1], axis=1)[:, ::-1]
    since = np.where(standing.any(1), np.asarray(months)[np.argmax(standing, axis=1)], 12)
    before = float((12 - since[missed]).mean()) if missed.any() else float("nan")
    return Timeliness(before, float((warned[:, 1:] != warned[:, :-1]).sum(1).mean()) if len(warned) else 0.0)


def best_threshold(ratio: float) -> float:
    """P(target met) below which a warning pays at the cost/loss ratio."""
    return 1 - ratio
