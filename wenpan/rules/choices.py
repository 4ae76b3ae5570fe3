"""What a place chooses of its light rules: the worth of a timely warning, and the set in force.

Both are dated files of the place; a choice is appended, never overwritten. Writing is atomic: the old file
stands until the new one is whole.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml

from wenpan.economy.judging.lights import RuleSet
from wenpan.rules.loading import home_of, load_yaml
from wenpan.rules.proposed_lights import cost_ratio, proposed, proposed_text
from wenpan.rules.schema import DAY, Fits, form, read

COSTS, IN_FORCE = "warning_costs", "lights/in_force"


@dataclass(frozen=True)
class WarningCost:
    """From `since` on a miss is worth `dispatches` needless dispatches; `by` and `reason` as written."""

    since: date
    dispatches: float
    reason: str
    by: str = ""

    @property
    def ratio(self) -> float:
        return 1 / self.dispatches

    @property
    def words(self) -> str:
        return f"{self.dispatches:g}次空跑换一次及时"


def _is_worth(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 1 < value <= 100


@form
@dataclass(frozen=True)
class _CostEntry:
    from_: Annotated[date, DAY]
    dispatches: Annotated[float, Fits(_is_worth, "大于1、不超过100的数")]
    reason: Annotated[str, Fits(bool, "必填")]
    by: str = ""


@form
@dataclass(frozen=True)
class _CostsFile:
    costs: tuple[_CostEntry, ...]


def warning_costs(home: Path | None = None) -> tuple[WarningCost, ...]:
    """Oldest first. RuleError names what is wrong."""
    data, provenance = load_yaml(COSTS, home)
    said = read(_CostsFile, data, provenance.file).costs
    return tuple(WarningCost(entry.from_, entry.dispatches, entry.reason, entry.by) for entry in said)


def warning_cost(on: date, home: Path | None = None) -> WarningCost | None:
    """What holds on a day; of several from one day the one written last."""
    known = [cost for cost in warning_costs(home) if cost.since <= on]
    return max(reversed(known), key=lambda cost: cost.since, default=None)


def say_cost(cost: WarningCost, home: Path | None = None) -> Path:
    """Appends it to the place's own file. ValueError where the number cannot be one."""
    cost_ratio(cost.dispatches)
    data, _provenance = load_yaml(COSTS, home)
    entry = {"from": cost.since, "dispatches": cost.dispatches, "reason": cost.reason, "by": cost.by}
    return _write(COSTS, {**data, "costs": [*data["costs"], entry]}, home)


def fitting(dispatches: float) -> RuleSet:
    """The set that fits: the default one with its limits of the chance moved to what the ratio asks."""
    return RuleSet.from_data(proposed(dispatches))


def put_in_force(
    code: str, *, since: date, source: str, fitted: float | None = None, home: Path | None = None
) -> tuple[Path, ...]:
    """From `since` on `code` judges; with `fitted` its file is written first. What judged before stays."""
    written = []
    if fitted is not None:
        path = _place(home) / "lights" / f"{code}.yaml"
        replace_file(path, proposed_text(fitted) + "\n")
        written.append(path)
    data, _provenance = load_yaml(IN_FORCE, home)
    kept = [entry for entry in data["in_force"] if entry["from"] != since]
    chosen = {**data, "source": source, "in_force": [*kept, {"from": since, "rules": code}]}
    return (*written, _write(IN_FORCE, chosen, home))


def _place(home: Path | None) -> Path:
    return home_of(home) / "rules"


def _write(name: str, data: dict[str, Any], home: Path | None) -> Path:
    path = _place(home) / f"{name}.yaml"
    replace_file(path, yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110))
    return path


def replace_file(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
