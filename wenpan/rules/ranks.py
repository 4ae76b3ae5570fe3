"""The rule that says when a place among rivals is one: how many of them must have published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from wenpan.economy.judging.ranks import RankRule
from wenpan.rules.loading import RuleError, load_yaml, path_of

_NAME = "ranks"
_KEYS = {"from", "of_last", "of_family"}


def rank_rule(on: date, home: Path | None = None) -> RankRule:
    """The rule in force on a day. RuleError names what cannot be used."""
    data, provenance = load_yaml(_NAME, home)
    path = path_of(_NAME, home)
    entries = data.get("in_force")
    if not isinstance(entries, list) or not entries:
        raise RuleError(path, "in_force", entries, "至少一条 {from, of_last, of_family}")
    chosen = [entry for at, entry in enumerate(entries) if _day(path, at, entry) <= on]
    if not chosen:
        raise RuleError(path, "in_force", str(on), "至少一条在该日之前生效的规定")
    entry = max(chosen, key=lambda found: found["from"])
    shares = {key: _share(path, key, entry.get(key)) for key in ("of_last", "of_family")}
    return RankRule(**shares, version=provenance.version)


def _day(path: Path, at: int, entry: Any) -> date:
    key = f"in_force[{at}]"
    if not isinstance(entry, dict) or not isinstance(entry.get("from"), date):
        raise RuleError(path, f"{key}.from", entry, "日期, 如 2022-01-01")
    for name in entry:
        if name not in _KEYS:
            raise RuleError(path, f"{key}.{name}", entry[name], f"已知的字段({'、'.join(sorted(_KEYS))})")
    return entry["from"]  # type: ignore[no-any-return]


def _share(path: Path, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RuleError(path, f"in_force.{key}", value, "0到1之间的比例")
    return float(value)
