"""From the board to what the paper is made from: the same rows as the page, nothing computed anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.models import User
from wenpan.district.attraction.report.queries import deals_of_month
from wenpan.district.bulletins.policy import briefing_policy
from wenpan.district.bulletins.reasons.quotations import said_of, under_way_of
from wenpan.district.indicators.queries import Board, JudgementRow
from wenpan.district.indicators.queries.together import joint_page
from wenpan.district.observations import queries as ledger
from wenpan.district.ui.paper_sections import sections_of
from wenpan.documents.papers.briefing.indicator_line import BriefingLine, OtherBasis
from wenpan.documents.papers.briefing.input import BriefingInput
from wenpan.documents.papers.briefing.together import TargetsTogether
from wenpan.economy.figures.indicators import BASES, Indicator

# (indicator, period, measure, basis): the figure and its number in the ledger
OtherBases = dict[tuple[str, str, str, str], tuple[float, int]]


def briefing_line(
    row: JudgementRow, item: Indicator | None, others: OtherBases | None = None
) -> BriefingLine:
    """A row of the board; what only the catalogue knows comes from there."""
    return BriefingLine(
        indicator=row.indicator,
        name=row.name,
        group=row.group,
        period=row.period,
        measure=row.measure,
        unit=row.unit,
        light=row.light,
        short_name=row.short_name,
        level_unit=row.level_unit,
        decimals=row.decimals,
        level_decimals=row.level_decimals,
        growth_decimals=row.growth_decimals,
        direction=row.direction,
        frequency=row.frequency,
        owner_name=row.owner_name,
        actual=row.actual,
        level=row.level,
        previous=row.previous,
        target=row.target,
        comparison=row.comparison,
        set_by=row.set_by,
        gap=row.gap,
        schedule_gap=row.schedule_gap,
        rank=row.rank,
        rivals=row.rivals,
        behind=row.behind,
        rank_previous=row.rank_previous,
        rivals_previous=row.rivals_previous,
        rank_due=row.rank_due,
        rank_change=row.rank_change,
        missing_rivals=row.missing_rivals,
        level_growth=row.growth,
        city=row.city,
        versus_city=row.versus_city,
        needed=row.needed,
        needed_kind=row.needed_kind,
        needed_unit=row.needed_unit,
        months_left=row.months_left,
        p10=row.p10,
        p50=row.p50,
        p90=row.p90,
        probability=row.probability,
        forecast_note=row.forecast_note,
        trend=row.trend,
        reasons=row.reasons,
        since=row.since,
        held=row.held,
        hold_periods=row.hold_periods,
        better_periods=row.better_periods,
        figure_id=row.figure_id,
        level_id=row.level_id,
        tied=bool(row.tied),
        rank_pending=bool(row.rank_pending),
        lag_months=item.lag_months if item else 0,
        part_of=item.part_of if item else "",
        core=row.core,
        other_bases=_other_bases(row, item, others or {}) if item else (),
    )


def _other_bases(row: JudgementRow, item: Indicator, held: OtherBases) -> tuple[OtherBasis, ...]:
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


def belongs_in_paper(row: JudgementRow) -> bool:
    """Is this indicator part of the paper? Without a target and any figure it is not kept in this place."""
    return row.light != "UNKNOWN" or row.has_target or any(value is not None for value in row.trend)


def briefing_input(
    board: Board, *, dated: date, issuer: str, journal_head: str, at: datetime | None = None
) -> BriefingInput:
    """Everything that the analysis of the board's month is made from, as it stands at the moment.

    ValueError without a month.
    """
    if board.as_of is None:
        raise ValueError(_("还没有任何研判"))
    catalogue = policy.catalogue()
    held = _held(board, catalogue)
    rows = [row for row in board.rows if belongs_in_paper(row)]
    lines = tuple(briefing_line(row, catalogue.get(row.indicator), held) for row in rows)
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
        together=_together(board),
        deals=deals_of_month(board.as_of),
        counts={"RED": board.counts.red, "YELLOW": board.counts.yellow, "GREEN": board.counts.green},
        reasons=said_of(rows, board.as_of, dated),
        under_way=under_way_of(rows, dated),
        rooms=sections_of(board.as_of, at or timezone.now()),
    )


def _together(board: Board) -> TargetsTogether | None:
    """What the board's own card says."""
    home = ledger.home()
    joint = joint_page(home, board.as_of) if board.as_of is not None else None
    if joint is None:
        return None
    return TargetsTogether(
        of_city=joint.of_city,
        targets=joint.targets,
        all_met=joint.all_met,
        sure=joint.sure,
        even=joint.even,
        event=joint.event,
        event_chance=joint.event_chance,
        push=joint.pushes[0].name,
        if_pushed=joint.pushes[0].if_met,
        years=joint.years,
        ranked=joint.ranked,
        none_last=joint.none_last,
    )


def issuer_of(user: User, place: str) -> str:
    """安禾区经济发展局: the unit of the person who makes the paper, with the place before it."""
    unit = getattr(user, "unit", None)
    if unit is None:
        return ""
    return unit.name if unit.name.startswith(place) else f"{place}{unit.name}"
