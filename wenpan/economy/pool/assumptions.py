"""What the expectation takes for granted before a pool has taught it anything.

Pure. The defaults are those of `wenpan/rules/projects/expectation.yaml`, where each stands with its
reason and where a place may change it; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from wenpan.economy.unusable import UnusableError

Shape = tuple[float, float]  # (a, b) of a Beta distribution over the time that a project takes


class AssumptionError(UnusableError):
    """An assumption that cannot be used."""


@dataclass(frozen=True)
class Assumptions:
    """`…_lessons`, `…_projects`, `…_years`: as if so many had been seen that say so."""

    curve: Shape = (1.5, 2.0)
    curves: Mapping[str, Shape] = field(
        default_factory=lambda: {"equipment": (1.2, 1.6), "estate": (1.6, 1.8)}
    )  # by kind; `curve` for the others
    curve_projects: float = 10.0
    curve_from: float = 0.6  # share done from which a project teaches the shape
    fitted: bool = True  # False: the curves stay as set
    duration: tuple[float, float] = (6.0, 120.0)  # months
    moving_months: int = 3  # value within so many months: moving
    pace_months: int = 6
    years: int = 4  # earlier years that teach
    moving: tuple[float, float] = (0.5, 0.5)  # weights of curve and pace
    standing: tuple[float, float] = (0.1, 0.0)
    ratios: tuple[float, ...] = (0.0, 0.5, 0.8, 1.0, 1.2, 1.5)  # outcome / guess
    group_lessons: float = 30.0
    scale_sd: float = 0.3  # doubt about the level of a group without lessons (log)
    factor_sd: float = 0.06  # spread of the factor that all projects of a year share (log)
    factor_years: float = 3.0
    entries: float = 5.0  # entries so far this year and before, drawn towards each other by so many

    @classmethod
    def from_data(cls, data: Any) -> Assumptions:
        """From the YAML's mapping, every key of it; AssumptionError names the first that is wrong."""
        if not isinstance(data, Mapping):
            raise AssumptionError("assumptions", data, "键值对")
        names = [f.name for f in fields(cls)]
        for key in data:
            if key not in names:
                raise AssumptionError(str(key), data[key], f"已知的名称({'、'.join(names)})")
        for name in names:
            if name not in data:
                raise AssumptionError(name, None, "必填")
        return cls(**{name: _READ[name](name, data[name]) for name in names})


def _number(low: float, high: float, expected: str) -> Callable[[str, Any], float]:
    def read(key: str, found: Any) -> float:
        number = isinstance(found, int | float) and not isinstance(found, bool)
        if not number or not low <= found <= high:
            raise AssumptionError(key, found, expected)
        return float(found)

    return read


def _whole(low: int, high: int) -> Callable[[str, Any], int]:
    def read(key: str, found: Any) -> int:
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise AssumptionError(key, found, f"{low}到{high}的整数")
        return found

    return read


def _several(each: Callable[[str, Any], float], count: int, expected: str) -> Callable[[str, Any], Any]:
    """`count` 0: any number of them."""

    def read(key: str, found: Any) -> tuple[float, ...]:
        if not isinstance(found, list) or not found or (count and len(found) != count):
            raise AssumptionError(key, found, expected)
        return tuple(each(key, item) for item in found)

    return read


def _duration(key: str, found: Any) -> Any:
    low_high = _several(_number(1, 600, "1到600个月"), 2, "最短和最长两个月数")(key, found)
    if low_high[0] > low_high[1]:
        raise AssumptionError(key, found, "最短不大于最长")
    return low_high


def _curves(key: str, found: Any) -> dict[str, Shape]:
    if not isinstance(found, Mapping):
        raise AssumptionError(key, found, "类别到(a, b)的对照")
    return {str(kind): _shape(f"{key}.{kind}", shape) for kind, shape in found.items()}


def _yes_no(key: str, found: Any) -> bool:
    if not isinstance(found, bool):
        raise AssumptionError(key, found, "true 或 false")
    return found


_shape = _several(_number(0.1, 20, "0.1到20的数"), 2, "Beta分布的两个参数")
_weights = _several(_number(0, 10, "0到10的数"), 2, "曲线和自身进度两个权重")
_count = _number(0.1, 10_000, "大于0的数")
_READ: dict[str, Callable[[str, Any], Any]] = {
    "curve": _shape,
    "curves": _curves,
    "curve_projects": _count,
    "curve_from": _number(0.3, 1.0, "0.3到1的比例"),
    "fitted": _yes_no,
    "duration": _duration,
    "moving_months": _whole(1, 24),
    "pace_months": _whole(1, 24),
    "years": _whole(1, 20),
    "moving": _weights,
    "standing": _weights,
    "ratios": _several(_number(0, 100, "不小于0的数"), 0, "至少一个比值"),
    "group_lessons": _count,
    "scale_sd": _number(0, 2, "0到2的数"),
    "factor_sd": _number(0, 2, "0到2的数"),
    "factor_years": _number(1, 100, "不小于1的年数"),
    "entries": _count,
}
