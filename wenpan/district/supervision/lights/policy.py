"""Which lights propose matters: `rules/supervision/light_matters.yaml`, validated when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan import rules
from wenpan.rules.loading import RuleError, path_of

NAME = "supervision/light_matters"
LIGHTS = frozenset({"RED", "YELLOW"})


@dataclass(frozen=True)
class LightMatters:
    """Lights of each kind that propose; `only` empty: every indicator but those in `but`."""

    indicators: frozenset[str]
    projects: frozenset[str]
    key_projects: frozenset[str]
    problems: bool
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()
    version: str = ""

    def takes(self, code: str) -> bool:
        return (not self.only or code in self.only) and code not in self.but


def light_matters() -> LightMatters:
    """RuleError for a light or an indicator that does not exist."""
    data, provenance = rules.load_yaml(NAME)
    overdue = _part(data, "problems").get("overdue")
    if not isinstance(overdue, bool):
        raise RuleError(path_of(NAME), "problems.overdue", overdue, "true 或 false")
    return LightMatters(
        _lights(data, "indicators"),
        _lights(data, "projects"),
        _lights(data, "key_projects"),
        overdue,
        _codes(data, "only"),
        _codes(data, "except"),
        provenance.version,
    )


def _part(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key)
    if not isinstance(found, dict):
        raise RuleError(path_of(NAME), key, found, "键值对")
    return found


def _lights(data: Any, key: str) -> frozenset[str]:
    found = _part(data, key).get("lights")
    if not isinstance(found, list) or not set(found) <= LIGHTS:
        raise RuleError(path_of(NAME), f"{key}.lights", found, "RED、YELLOW 的列表, 可以为空")
    return frozenset(found)


def _codes(data: Any, key: str) -> frozenset[str]:
    found = _part(data, "indicators").get(key) or []
    if unknown := set(found) - set(rules.catalogue()):
        raise RuleError(path_of(NAME), f"indicators.{key}", sorted(unknown), "目录里的指标代码")
    return frozenset(found)
