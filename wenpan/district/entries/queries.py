"""Reads: the list, one unit, the counts of a year beside the same time last year, the calendar of batches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from wenpan.district.entries.models import EntryCandidate, EntryFact, EntryPaper, EntryStep
from wenpan.district.entries.rules import WAY, same_day_last_year
from wenpan.economy.requests.entry_batches import EntryBatch, batches, next_batch
from wenpan.rules.figures.entries import EntryPaperKind, EntrySet, entry_rules, set_in_force

Kind = EntryStep.Kind


def candidates(stage: str = "", trade: str = "") -> QuerySet[EntryCandidate]:
    rows = EntryCandidate.objects.select_related("town")
    if stage in Kind.values:
        rows = rows.filter(stage=stage)
    if trade:
        rows = rows.filter(trade=trade)
    return rows


@dataclass(frozen=True)
class StageCount:
    """Units that took a step from 1 January to a day, and to the same day last year."""

    kind: str
    now: int
    before: int


def counts(on: date) -> list[StageCount]:
    """The way to the list, then returns, refusals and withdrawals beside it. A unit counts once a step."""
    last = same_day_last_year(on)
    now, before = _taken(date(on.year, 1, 1), on), _taken(date(last.year, 1, 1), last)
    order = [*WAY, "returned", "refused", "left"]
    return [StageCount(kind, now.get(kind, 0), before.get(kind, 0)) for kind in order]


def _taken(since: date, until: date) -> dict[str, int]:
    rows = EntryStep.objects.filter(cancelled_at__isnull=True, on__gte=since, on__lte=until)
    grouped = rows.order_by().values("kind").annotate(n=Count("candidate", distinct=True))
    return {row["kind"]: row["n"] for row in grouped}


def reasons(on: date) -> list[tuple[str, str, int]]:
    """(kind, reason, how many) of the year's returns, refusals and withdrawals, the most frequent first."""
    rows = EntryStep.objects.filter(
        cancelled_at__isnull=True,
        kind__in=("returned", "refused", "left"),
        on__gte=date(on.year, 1, 1),
        on__lte=on,
    )
    grouped = (
        rows.order_by().values("kind", "reason").annotate(n=Count("pk")).order_by("-n", "kind", "reason")
    )
    return [(row["kind"], row["reason"], row["n"]) for row in grouped[:30]]


@dataclass(frozen=True)
class EntryPage:
    candidate: EntryCandidate
    facts: tuple[EntryFact, ...]
    steps: tuple[EntryStep, ...]
    papers: tuple[tuple[EntryPaperKind, EntryPaper | None], ...]


def entry_page(candidate: EntryCandidate) -> EntryPage:
    got = {paper.code: paper for paper in candidate.papers.all()}
    wanted = entry_rules().papers_of(candidate.trade)
    return EntryPage(
        candidate,
        tuple(candidate.facts.select_related("noted_by")),
        tuple(candidate.steps.select_related("taken_by", "cancelled_by").order_by("pk")),
        tuple((paper, got.get(paper.code)) for paper in wanted),
    )


def calendar_of(on: date, code: str = "") -> tuple[EntrySet, list[EntryBatch], EntryBatch | None]:
    """The set in force (or another one), its batches of the year, and the next."""
    chosen = entry_rules().set_of(code) or set_in_force(on)
    return chosen, batches(chosen.rules, on.year), next_batch(chosen.rules, on)
