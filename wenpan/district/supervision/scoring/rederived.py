"""Kept score sheets beside the events: every frozen month is scored again by the rules kept in its sheet.

For `wenpan doctor`. A sheet of an older form (before its walk was the life cycle's) is counted, not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wenpan.district.supervision.models import ScoreSheet
from wenpan.district.supervision.scoring import policy as scoring_rules
from wenpan.district.supervision.scoring.month_log import month_log
from wenpan.district.supervision.scoring.queries import scored_anew, to_json
from wenpan.economy.time.periods import parse_month

FORM = 2


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each line of a kept sheet that the events do not give, and each missing one."""
    older = compared = 0
    for sheet in ScoreSheet.objects.order_by("month"):
        if sheet.data.get("version") != FORM:
            older += 1
            continue
        compared += 1
        month = parse_month(sheet.month)
        new = to_json(scored_anew(month, month_log(month), scoring_rules.from_json(sheet.data["rules"])))
        where = f"supervision.ScoreSheet row {sheet.pk} ({sheet.month}) is not what the events give"
        was, is_now = _by_key(sheet.data), _by_key(new)
        for key in sorted(was.keys() | is_now.keys()):
            if was.get(key) != is_now.get(key):
                yield f"{where}: {key} {was.get(key)} is kept, {is_now.get(key)} is derived."
        for unit in sorted(sheet.data["matters"].keys() | new["matters"].keys()):
            a, b = sheet.data["matters"].get(unit, 0), new["matters"].get(unit, 0)
            if a != b:
                yield f"{where}: {unit} led {a} matters, {b} are derived."
    tell(f"score sheets: {compared} compared, {older} of older forms not comparable")


def _by_key(data: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Line → unit, points, day."""
    return {line["key"]: (line["unit"], line["points"], line["day"]) for line in data["lines"]}
