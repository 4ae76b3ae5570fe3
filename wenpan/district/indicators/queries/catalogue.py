"""指标目录: every indicator of the catalogue with its newest judgement, by group."""

from __future__ import annotations

from dataclasses import dataclass

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.queries.board import board, visible
from wenpan.economy.figures.indicators import Indicator


@dataclass(frozen=True)
class CatalogueEntry:
    item: Indicator
    owner_name: str
    j: JudgementRow | None  # None: never judged
    part_of: str  # name of the whole, if it is a part


def catalogue_entries(*, user: User, q: str = "") -> list[CatalogueEntry]:
    """Sorted by group in the catalogue's order; `q` looks into names, aliases, owner and definition."""
    known = policy.catalogue()
    shown = board(user=user)
    units = dict(Unit.objects.values_list("code", "short_name"))
    judged = {j.indicator: j for j in shown.rows}
    may_see = visible(user, shown.as_of.year if shown.as_of else 0)
    groups = list(dict.fromkeys(item.group for item in known.values()))
    entries = [
        CatalogueEntry(
            item,
            units.get(item.owner, item.owner),
            judged.get(code),
            known[item.part_of].short if item.part_of in known else "",
        )
        for code, item in known.items()
        if may_see(item)
    ]
    wanted = [entry for entry in entries if _matches(entry, q)]
    return sorted(wanted, key=lambda e: groups.index(e.item.group))


def _matches(entry: CatalogueEntry, q: str) -> bool:
    item = entry.item
    texts = (item.code, item.name, item.short, *item.aliases, entry.owner_name, item.definition)
    return not q or any(q.casefold() in text.casefold() for text in texts)
