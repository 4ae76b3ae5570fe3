"""From the board to what the paper is made from: the same rows as the page, nothing computed anew."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.indicators.queries import Board, Judged
from wenpan.district.observations import queries as ledger
from wenpan.documents.papers.briefing.input import BriefingInput, BriefingPolicy
from wenpan.documents.papers.briefing.line import Line, OtherBasis
from wenpan.economy.figures.indicators import BASES, Indicator

# (indicator, period, measure, basis): the figure and its number in the ledger
OtherBases = dict[tuple[str, str, str, str], tuple[float, int]]
_FROM_CATALOGUE = {"lag_months", "part_of", "other_bases"}


def briefing_policy() -> BriefingPolicy:
    """The place's `briefing.yaml`, or ours. ValueError in Chinese where it cannot be used."""
    return BriefingPolicy.from_data(policy.load_yaml("briefing")[0])


def line(row: Judged, item: Indicator | None, others: OtherBases | None = None) -> Line:
    """A row of the board; what only the catalogue knows comes from there."""
    known = {
        f.name: getattr(row, f.name)
        for f in fields(Line)
        if f.name not in _FROM_CATALOGUE and hasattr(row, f.name)
    }
    if item is not None:
        known |= {
            "lag_months": item.lag_months,
            "part_of": item.part_of,
            "other_bases": _other_bases(row, item, others or {}),
        }
    return Line(**known)


def _other_bases(row: Judged, item: Indicator, held: OtherBases) -> tuple[OtherBasis, ...]:
    """What else is published of the judged growth, in the catalogue's order."""
    found = ((basis, held.get((row.indicator, row.period, row.measure, basis))) for basis in item.extra_bases)
    return tuple(
        OtherBasis(basis, BASES[basis], *figure)
        for basis, figure in found
        if figure is not None and basis != row.basis
    )


def _held(board: Board, catalogue: Any) -> OtherBases:
    """The ledger's growths on further bases in the periods of the board."""
    codes = [row.indicator for row in board.rows if getattr(catalogue.get(row.indicator), "extra_bases", ())]
    if not codes or board.as_of is None:
        return {}
    frame = ledger.frame(
        indicators=codes, regions=[ledger.home().code], since=board.as_of.plus(-12), until=board.as_of
    )
    kept = frame.filter((frame["basis"] != "natural") & frame["value"].is_not_null())
    columns = kept.select("indicator", "period", "measure", "basis", "value", "id")
    return {(i, p, m, b): (value, number) for i, p, m, b, value, number in columns.iter_rows()}


def told(row: Judged) -> bool:
    """Is this indicator part of the paper? Without a target and any figure it is not kept in this place."""
    return row.light != "UNKNOWN" or row.has_target or any(value is not None for value in row.trend)


def briefing_input(board: Board, *, dated: date, issuer: str, journal_head: str) -> BriefingInput:
    """Everything that the analysis of the board's month is made from. ValueError without a month."""
    if board.as_of is None:
        raise ValueError(_("还没有任何研判"))
    catalogue = policy.catalogue()
    held = _held(board, catalogue)
    lines = tuple(line(row, catalogue.get(row.indicator), held) for row in board.rows if told(row))
    return BriefingInput(
        as_of=board.as_of,
        place=board.region_name,
        city=board.city_name,
        lines=lines,
        policy=briefing_policy(),
        dated=dated,
        issuer=issuer,
        rule_name=board.rule_name,
        rule_version=board.rule_version,
        journal_head=journal_head,
        counts={"RED": board.counts.red, "YELLOW": board.counts.yellow, "GREEN": board.counts.green},
    )


def issuer_of(user: Any, place: str) -> str:
    """安禾区经济发展局: the unit of the person who makes the paper, with the place before it."""
    unit = getattr(user, "unit", None)
    if unit is None:
        return ""
    return unit.name if unit.name.startswith(place) else f"{place}{unit.name}"
