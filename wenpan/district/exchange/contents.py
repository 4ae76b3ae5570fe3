"""What a letter carries, read from our own ledger; and what our rules say of the figures that came."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from wenpan import rules
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.observations.models import Observation, Region
from wenpan.district.supervision.models import Matter
from wenpan.economy.figures import plain_files
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.figures.series import round_of
from wenpan.economy.judging import ranks
from wenpan.economy.judging.judgement import judge
from wenpan.economy.time.periods import parse_month
from wenpan.rules import rank_rule

OPEN = (Matter.State.ASSIGNED, Matter.State.WORKING, Matter.State.ANSWERED)


def _csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue()


def observations(region: Region, as_of: str) -> str:
    """The home's official figures up to the month, as published, as `observations.csv`."""
    found = Observation.objects.filter(
        region=region, superseded_at=None, status=Observation.Status.VALUE
    ).order_by("indicator", "period", "measure", "basis")
    quarter = f"{as_of[:4]}-Q{(int(as_of[5:7]) + 2) // 3}"
    rows = found.values_list("indicator", "period", "measure", "basis", "value", "released")
    return _csv(
        ("region", "indicator", "period", "measure", "basis", "value", "released"),
        (
            (region.code, *row[:5], row[5] or "")
            for row in rows
            if row[1] <= (quarter if "Q" in row[1] else as_of)
        ),
    )


def targets(region: Region, year: int) -> str:
    found = Target.objects.filter(
        region=region, year=year, unit=None, superseded_at=None, withdrawn_at=None
    ).order_by("indicator", "set_by")
    rows = found.values_list("indicator", "year", "measure", "comparison", "value", "set_by")
    return _csv(
        ("region", "indicator", "year", "measure", "comparison", "value", "set_by"),
        ((region.code, *row) for row in rows),
    )


def lights(region: Region, as_of: str) -> list[dict[str, Any]]:
    """What the sender's own board shows."""
    found = Judgement.objects.filter(region=region, as_of=as_of, primary=True, superseded_at=None)
    return [
        {"indicator": row.indicator, "light": row.light, "rules": f"{row.rule_set} {row.rule_version[:12]}"}
        for row in found.order_by("indicator")
    ]


def open_matters(unit_code: str) -> list[dict[str, Any]]:
    """Matters that are with a unit of ours, for the place that this unit keeps itself."""
    found = Matter.objects.filter(lead__code=unit_code, state__in=OPEN).order_by("number")
    return [
        {"number": row.number, "title": row.title, "due": row.due.isoformat() if row.due else "",
         "evidence": row.evidence[:2000]}
        for row in found
    ]  # fmt: skip


def judged_by_our_rules(
    observations_text: str, targets_text: str, as_of: str
) -> tuple[list[dict[str, Any]], str]:
    """Our judgement of figures that came, by the rules in force here: (a row an indicator and target, which
    rules). Raises plain_files.PlainFileError and ValueError for what cannot be read."""
    month = parse_month(as_of)
    figures = plain_files.read_observations(observations_text.encode(), "observations.csv")
    wanted = plain_files.read_targets(targets_text.encode(), "targets.csv")
    known = dict(rules.catalogue())
    codes = figures["indicator"].unique().to_list()
    indicators = {code: Indicator(code, code) for code in codes if code not in known} | known
    rule_set = rules.rules_in_force(round_of(month))
    frame = judge(
        figures, wanted, indicators=indicators, regions=ranks.families(None, figures["region"]), as_of=month,
        rules=rule_set, rank_rule=rank_rule(round_of(month)), known_on=None,
    )  # fmt: skip
    names = {code: indicator.name for code, indicator in indicators.items()}
    rows = [
        {"indicator": row["indicator"], "name": names.get(row["indicator"], row["indicator"]),
         "light": row["light"], "actual": row["actual"], "gap": row["gap"], "p50": row["p50"]}
        for row in frame.iter_rows(named=True)
    ]  # fmt: skip
    return rows, rule_set.code
