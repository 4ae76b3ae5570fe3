"""Query letters (`rules/query_letters.yaml`): working days until the answer, and what need not be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wenpan.rules.loading import RuleError, load_yaml, path_of


def answer_days(on: date, home: Path | None = None) -> int:
    """Working days, by the entry in force on a day. RuleError names what cannot be used."""
    data, _ = load_yaml("query_letters", home)
    entries = data.get("answer_days")
    path = path_of("query_letters", home)
    if not isinstance(entries, list) or not entries:
        raise RuleError(path, "answer_days", entries, "至少一条, 含 from 和 days")
    for entry in entries:
        days = entry.get("days") if isinstance(entry, dict) else None
        if type(days) is not int or days < 1 or type(entry.get("from")) is not date:
            raise RuleError(path, "answer_days", entry, "from(日期)和 days(不小于1的整数)")
    in_force = [entry for entry in entries if entry["from"] <= on]
    if not in_force:
        raise RuleError(path, "answer_days.from", str(entries[0]["from"]), f"不晚于 {on}")
    return int(max(in_force, key=lambda entry: entry["from"])["days"])


def stop_share(home: Path | None = None) -> float:
    """What is left unasked makes up less than this share of the total, all together: above 0, at most 0.5.

    0.005 where a place's older file does not name it. RuleError names what cannot be used.
    """
    data, _ = load_yaml("query_letters", home)
    share = data.get("stop_share", 0.005)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share <= 0.5:
        raise RuleError(path_of("query_letters", home), "stop_share", share, "大于0、不大于0.5的数")
    return float(share)
