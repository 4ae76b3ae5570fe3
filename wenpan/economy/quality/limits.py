"""Limits of the checks: thresholds and severities, dated data from `rules/quality.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wenpan.economy.quality.finding import Severity


@dataclass(frozen=True)
class QualityLimits:
    """What each check allows, and how grave it is to go beyond.

    `severities` maps a check's code to hard | soft | note | off; `limits` maps a check's code to
    its named numbers. An unknown code is a ValueError, so that a typing error cannot disarm a check.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    version: str = ""
    source: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> QualityLimits:
        severities: dict[str, Severity | None] = {}
        limits: dict[str, dict[str, float]] = {}
        for code, entry in data["checks"].items():
            word = str(entry["severity"])
            if word not in (*Severity, "off", "False"):  # YAML reads a bare off as false
                raise ValueError(f"检查 {code} 的 severity 应为 hard、soft、note 或 off, 实为 {word!r}")
            severities[code] = Severity(word) if word in tuple(Severity) else None
            limits[code] = {k: float(v) for k, v in entry.get("limits", {}).items()}
        return cls(severities, limits, str(data.get("version", "")), str(data.get("source", "")))

    def severity(self, code: str) -> Severity | None:
        """None: this check is switched off."""
        if code not in self.severities:
            raise ValueError(f"规则 quality.yaml 里没有检查 {code}")
        return self.severities[code]

    def number(self, code: str, name: str) -> float:
        try:
            return self.limits[code][name]
        except KeyError:
            raise ValueError(f"规则 quality.yaml 里检查 {code} 缺少阈值 {name}") from None
