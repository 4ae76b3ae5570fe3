"""When a reported value is asked about although no relation is broken (`rules/outliers.yaml`)."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from wenpan.economy.quality.outliers.deviations import OutlierLimits
from wenpan.rules.loading import RuleError, load_yaml, path_of


def outlier_limits(home: Path | None = None) -> OutlierLimits:
    """The limits in force. RuleError names the one that is missing or no number above its least."""
    data, _ = load_yaml("outliers", home)
    values = {}
    for one in fields(OutlierLimits):
        value = data.get(one.name)
        least = 1 if one.name.startswith("least") else 0
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value <= (1 if one.name == "factor" else 0)
        ):
            raise RuleError(
                path_of("outliers", home),
                one.name,
                value,
                "大于1的数" if one.name == "factor" else "大于0的数",
            )
        values[one.name] = int(value) if least else float(value)
    return OutlierLimits(**values)  # type: ignore[arg-type]
