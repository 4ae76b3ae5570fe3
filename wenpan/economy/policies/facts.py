"""The facts about a firm that a policy may ask for, by name.

Pure. A fact that is not known is None, never 0 and never "no": an omitted input that counts as zero makes a
firm look eligible. Each fact has the question to ask where it is not known. Facts come from open registers,
lists and the firm's own statement; its confidential survey return is no source (统计法).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from wenpan.economy.unusable import UnusableError

Value = float | str | bool | date | tuple[str, ...] | None


class FactKind(StrEnum):
    NUMBER = "number"
    WORD = "word"
    YES_NO = "yes_no"
    DAY = "day"
    MARKS = "marks"  # lists the firm stands on, honours it holds


@dataclass(frozen=True)
class FirmFact:
    code: str
    name: str
    kind: FactKind
    unit: str
    question: str


class PolicyError(UnusableError):
    """A policy that cannot be used."""


def facts_from_data(data: Mapping[str, Any]) -> dict[str, FirmFact]:
    """From the parsed YAML: code → fact. PolicyError names the first thing that is wrong."""
    found = {}
    for code, item in (data.get("facts") or {}).items():
        if not isinstance(item, Mapping) or item.get("kind") not in list(FactKind):
            raise PolicyError(f"facts.{code}.kind", item, "、".join(FactKind))
        if not item.get("name") or not item.get("question"):
            raise PolicyError(f"facts.{code}", item, "有 name 和 question(不知道时要问的话)")
        found[str(code)] = FirmFact(
            str(code),
            str(item["name"]),
            FactKind(item["kind"]),
            str(item.get("unit") or ""),
            str(item["question"]),
        )
    if not found:
        raise PolicyError("facts", None, "至少一项事实")
    return found


def value_or_none(value: Any) -> Any:
    """The value, or None where it is not known: an absent one, a NaN, an empty word."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    return value
