"""Proposals of the documents as rows of this room: names become units, doubts become questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources.certainty import certainty
from wenpan.district.supervision.sources.unit_resolver import ResolvedUnits, UnitResolver
from wenpan.documents.orders import proposal as found
from wenpan.documents.orders.scanned import strip_of
from wenpan.documents.orders.units.gazetteer import is_person

_PAPERS_OWN = "时限早于文件日期"  # said here with both days
STEP = 1000  # between two proposals; what is split off finds room


def rows_of(source: Source, proposals: Sequence[found.MatterProposal], origin: str) -> list[Proposal]:
    """Unsaved rows, in the order of the text."""
    book = UnitResolver(source.dated)
    text = "\n".join(source.paragraphs)
    return [_row(source, p, book, text, origin) for p in proposals]


def _row(source: Source, p: found.MatterProposal, book: UnitResolver, text: str, origin: str) -> Proposal:
    person = bool(p.lead) and is_person(p.lead)
    lead = book.resolve([] if person or not p.lead else [p.lead])
    coop = book.resolve(p.coop)
    first, others, asks = _lead_of(lead)
    coops = [u.code for u in (*others, *coop.units) if first is None or u.code != first.code]
    return Proposal(
        source=source,
        origin=origin,
        order=p.span[0] * STEP,
        text=p.text[:400],
        lead_text=p.lead[:120],
        lead=first,
        leader=p.lead[:40] if person else "",
        coop_text="、".join(p.coop)[:300],
        coops=list(dict.fromkeys(coops)),
        deadline=p.deadline,
        deadline_text=p.deadline_text[:80],
        recurrence=p.recurrence[:24],
        span_start=p.span[0],
        span_end=p.span[1],
        place=p.place[:80],
        evidence=text[p.span[0] : p.span[1]],
        confidence=min(p.confidence, certainty().scanned_at_most) if strip_of(p.place) else p.confidence,
        questions=[
            *(q for q in p.questions if q != _PAPERS_OWN),
            *asks,
            *too_early(p.deadline, source.dated),
        ],
        detail={"leads": [u.code for u in lead.units]} if first is None and lead.units else {},
    )


def _lead_of(named: ResolvedUnits) -> tuple[Unit | None, tuple[Unit, ...], list[str]]:
    """The lead, further leads (they cooperate), and what to ask. A group has no lead of itself."""
    units = named.units
    if named.groups and len(units) > 1:
        words = {"name": "、".join(named.groups), "count": len(units)}
        return None, (), [_("牵头的是“%(name)s”（%(count)d个单位），请指定一个或按单位拆分") % words]
    if not units or not named.first_known:
        return None, units, []
    if len(units) > 1:
        joint = "、".join(u.short_name for u in units)
        return units[0], units[1:], [_("原文并列牵头：%(units)s，暂按首列单位牵头") % {"units": joint}]
    return units[0], (), []


def too_early(deadline: date | None, dated: date) -> list[str]:
    if deadline is None or deadline >= dated:
        return []
    return [_("时限%(due)s早于成文日期%(dated)s，请核对") % {"due": deadline, "dated": dated}]


def as_documents(p: Proposal) -> found.MatterProposal:
    """A kept proposal as the documents know it, for comparing; `lead` joined."""
    return found.MatterProposal(
        text=p.text,
        lead=p.lead.short_name if p.lead else p.lead_text,
        coop=tuple(name for name in p.coop_text.split("、") if name),
        deadline=p.deadline,
        deadline_text=p.deadline_text,
        recurrence=p.recurrence,
        span=(p.span_start or 0, p.span_end or 0),
        confidence=p.confidence,
        units=(p.lead.code,) if p.lead else (),
        coop_units=tuple(p.coops),
    )
