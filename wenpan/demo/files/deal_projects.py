"""The started deals of the fictional district are projects of its library: named, sized and owned alike."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

from wenpan.demo.files.project_files import Pool
from wenpan.demo.story.deals import SEED, SERVICES, StoryDeal
from wenpan.economy.time.periods import Month, parse_month

_APART = 6  # months between start and entry at most
_KINDS = ("industry", "services", "equipment", "agriculture")


def adopt(deals: Sequence[StoryDeal], pool: Pool, as_of: Month) -> dict[str, str]:
    """Deal → code of its project, where one entered near its start; the deal takes its name and, within a
    tenth or two, its amount."""
    rng, taken, found = random.Random(SEED), set[str](), dict[str, str]()
    rows = pool.projects.filter(pool.projects["kind"].is_in(_KINDS)).to_dicts()
    for deal in sorted((d for d in deals if "started_on" in d.days), key=lambda d: d.days["started_on"]):
        start = Month(deal.days["started_on"].year, deal.days["started_on"].month)
        near = [r for r in rows if r["code"] not in taken and _fits(r, deal, start, as_of)]
        if not near:
            continue
        row = min(near, key=lambda r: abs(math.log(r["planned_total"] / (deal.amount * 10_000))))
        taken.add(row["code"])
        found[deal.code] = row["code"]
        deal.name, deal.amount = (
            row["name"],
            round(row["planned_total"] / 10_000 * rng.uniform(0.95, 1.25), 2),
        )
    return found


def _fits(row: dict[str, Any], deal: StoryDeal, start: Month, as_of: Month) -> bool:
    if not row["entered"] or row["planned_total"] < 600 or row["entered"] > str(as_of):
        return False
    kind = "services" if deal.part in SERVICES else "industry"
    alike = (row["kind"] == "services") == (kind == "services")
    return alike and abs(parse_month(row["entered"]).index - start.index) <= _APART
