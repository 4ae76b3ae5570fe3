"""What a letter can be about: a rule that a return fails now, or a total that is out of line."""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.district.projects.base.scope import ALL
from wenpan.district.quality.checks import checks
from wenpan.district.quality.outlying import OUTLIER, SENTENCE, outlying
from wenpan.economy.time.periods import Month, parse_month


@dataclass(frozen=True)
class AskedFinding:
    code: str
    sentence: str
    source: str
    severity: str
    evidence: str
    suspects: tuple[str, ...]


def finding(project: int, month: Month, rule: str, newest: Month | None = None) -> AskedFinding | None:
    """None where the return is in order. `newest`: the newest month with returns, for what comes after."""
    if rule == OUTLIER:
        until = max(newest or month, month.plus(3), key=lambda m: m.index)
        for one in outlying(until, ALL).totals:
            if one.project == project and parse_month(one.period) == month:
                return AskedFinding(rule, SENTENCE, "", "soft", one.evidence, ())
        return None
    failed = next((f for f in checks(month, ALL, project).failed if f.rule.code == rule), None)
    if failed is None:
        return None
    r = failed.rule
    return AskedFinding(r.code, r.sentence, r.source, r.severity, failed.evidence, failed.suspects)
