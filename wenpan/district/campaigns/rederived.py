"""Campaigns beside their own days, their lists and what was found; the 通报 beside the rows that it counts.

For `wenpan doctor`; reads only. Not compared: what a matter came to afterwards, a later name of a unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from wenpan.district.campaigns.facts import campaign_facts, issued_facts
from wenpan.district.campaigns.models import Campaign, CampaignObject, ObjectChoice
from wenpan.documents.papers.letters.campaign_report import CampaignFacts, check
from wenpan.rules.schema import KeptDataError

State = Campaign.State
LATER = {"results", "units", "lines", "issuer", "kind", "on"}  # compared apart, or by names that may change


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each state, list and report that the rows do not give."""
    rows = Campaign.objects.order_by("pk")
    tell(f"campaigns: {rows.count()} made again from what was found")
    for campaign in rows:
        where = f"campaigns.Campaign row {campaign.pk} (“{campaign.title}”)"
        if campaign.state not in (follows := _states(campaign)):
            yield f"{where} is kept as {campaign.state}, its own days give {' or '.join(follows)}."
        yield from _report(campaign)
    yield from _lists()


def _states(campaign: Campaign) -> tuple[str, ...]:
    if campaign.issued_at is not None:
        return (State.ISSUED,)
    if campaign.closed_at is not None:
        return (State.CLOSED,)
    if campaign.started_at is not None:
        return (State.RUNNING,)
    return (State.PLANNED, State.CANCELLED)


def _report(campaign: Campaign) -> Iterator[str]:
    where = f"the report of campaigns.Campaign row {campaign.pk}"
    try:
        kept = issued_facts(campaign)
        if kept is not None:
            check(kept)
    except (KeptDataError, ValueError) as fault:
        yield f"{where} contradicts itself: {fault}."
        return
    if (kept is None) == (campaign.issued_at is not None):
        yield f"{where} is {'missing' if kept is None else 'kept, and it was never issued'}."
    if kept is None:
        return
    made = campaign_facts(campaign, kept.on)
    wrong = [
        field.name
        for field in fields(CampaignFacts)
        if field.name not in LATER and getattr(kept, field.name) != getattr(made, field.name)
    ]
    counts = [(c.objects, c.seen, c.problems) for c in kept.units]
    wrong += ["units"] * (Counter(counts) != Counter((c.objects, c.seen, c.problems) for c in made.units))
    wrong += ["results"] * (_numbers(kept) != _numbers(made))
    wrong += ["lines"] * (_lines(kept) != _lines(made))
    if wrong:
        yield f"{where} is not what was found: {', '.join(wrong)}."


def _numbers(facts: CampaignFacts) -> list[int]:
    return sorted(count for _name, count in facts.results if count)


def _lines(facts: CampaignFacts) -> Counter[object]:
    told = (replace(line, matter="", unit="", result="seen" * bool(line.result)) for line in facts.lines)
    return Counter(told)


def _lists() -> Iterator[str]:
    taken = {choice.pk: choice.taken for choice in ObjectChoice.objects.all()}
    for choice in ObjectChoice.objects.order_by("pk"):
        if not set(choice.taken) <= set(choice.found):
            yield f"campaigns.ObjectChoice row {choice.pk} took what its query did not find."
    for item in CampaignObject.objects.exclude(choice=None).order_by("pk"):
        if item.subject not in taken.get(item.choice_id or 0, ()):
            yield f"campaigns.CampaignObject row {item.pk}: {item.subject} is not on the list that took it."
