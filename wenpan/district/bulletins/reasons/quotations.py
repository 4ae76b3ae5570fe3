"""What the analysis quotes of the causes, and whom and what its suggestions name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.roles import LIAISON
from wenpan.district.bulletins.models import RedReason
from wenpan.district.bulletins.reasons.clues import clues_of, matters_of, projects_behind
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.supervision.models import Charge, Matter
from wenpan.documents.papers.briefing.reasons import SaidReason
from wenpan.documents.papers.briefing.under_way import MatterUnderWay, ProjectBehind, UnderWay
from wenpan.economy.time.periods import Month

CLUES = 2  # of a cause that nobody wrote


def said_of(rows: Sequence[JudgementRow], month: Month, on: date) -> tuple[SaidReason, ...]:
    """Of the red rows, in their order. Where nothing is written, the unit's own words about its matters."""
    red = [row for row in rows if row.light == "RED"]
    if not red:
        return ()
    asked = RedReason.objects.filter(as_of=str(month), indicator__in=[row.indicator for row in red])
    kept = {one.indicator: one for one in asked.select_related("unit", "signed_by")}
    silent = [row for row in red if row.indicator not in kept]
    clues = clues_of(silent, on)
    units = dict(Unit.objects.filter(code__in={row.owner for row in red}).values_list("code", "short_name"))
    return tuple(_said(row, kept.get(row.indicator), clues, units) for row in red)


def _said(row: JudgementRow, kept: RedReason | None, clues: dict, units: dict[str, str]) -> SaidReason:  # type: ignore[type-arg]
    if kept is None:
        own = [f"{clue.label}：{clue.words}" for clue in clues.get(row.indicator, ()) if clue.said]
        return SaidReason(row.indicator, units.get(row.owner, ""), clues=tuple(own[:CLUES]))
    signer = str(kept.signed_by) if kept.signed_by else ""
    return SaidReason(row.indicator, kept.unit.short_name, kept.words, signer)


def under_way_of(rows: Sequence[JudgementRow], on: date) -> tuple[UnderWay, ...]:
    """Of the red and yellow rows: matters, projects behind plan, who is in charge, whom to call."""
    lit = [row for row in rows if row.light in ("RED", "YELLOW") and row.owner]
    if not lit:
        return ()
    matters, projects = matters_of(lit), projects_behind(lit, on)
    owners = {row.owner for row in lit}
    charges = Charge.objects.filter(unit__code__in=owners).select_related("unit", "leader")
    leaders = {charge.unit.code: str(charge.leader) for charge in charges if charge.leader.is_active}
    people = User.objects.filter(unit__code__in=owners, role=LIAISON.code, is_active=True)
    contacts: dict[str, str] = {}
    for person in people.select_related("unit").order_by("pk"):
        contacts.setdefault(person.unit_code, str(person))
    return tuple(
        UnderWay(
            row.indicator,
            tuple(_matter(matter, on) for matter in matters[row.indicator]),
            tuple(
                ProjectBehind(
                    one.name, str(one.department or one.unit or ""), one.reasons[0] if one.reasons else ""
                )
                for one in projects.get(row.indicator, ())[:2]
            ),
            leaders.get(row.owner, ""),
            contacts.get(row.owner, ""),
        )
        for row in lit
    )


def _matter(matter: Matter, on: date) -> MatterUnderWay:
    late = matter.due is not None and matter.due < on and not matter.paused
    return MatterUnderWay(matter.number, matter.title, str(matter.lead or ""), matter.due, late)
