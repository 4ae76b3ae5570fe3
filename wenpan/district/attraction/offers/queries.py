"""What is on offer, and how complete the pitch of each reserve project is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from wenpan.district.attraction.models import Offer, OfferUse, PitchPaper
from wenpan.district.attraction.offers.actions import RESERVE
from wenpan.district.attraction.scope import deals_of
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject
from wenpan.district.ui import asked
from wenpan.rules.deals import OfferKind, PitchItem, offer_rules, pitch_rule


@dataclass(frozen=True)
class OfferFilters:
    """Blank: everything; `state` "on" (the default): what is still on offer."""

    kind: str = ""
    state: str = "on"

    @classmethod
    def of(cls, get: Mapping[str, str]) -> OfferFilters:
        rules = offer_rules()
        states = {"on", "all", *(s.code for s in rules.states)}
        kind = asked.choice(get, "kind", {k.code for k in rules.kinds}, "")
        return cls(kind, asked.choice(get, "state", states, "on"))


def offers(filters: OfferFilters) -> QuerySet[Offer]:
    """Each with `wanted`, how many deals and reserve projects point to it."""
    rows = Offer.objects.filter(retracted=False).select_related("unit").annotate(wanted=Count("uses"))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.state == "on":
        return rows.filter(state__in=[s.code for s in offer_rules().states if s.on_offer])
    return rows if filters.state == "all" else rows.filter(state=filters.state)


@dataclass(frozen=True)
class KindTotal:
    """Of one kind what is on offer: how many, how much in its unit (None: no amount is known), how many
    wanted.
    """

    kind: OfferKind
    count: int
    amount: Any
    wanted: int


def kind_totals() -> tuple[KindTotal, ...]:
    rows = Offer.objects.filter(
        retracted=False, state__in=[s.code for s in offer_rules().states if s.on_offer]
    )
    sums = {
        r["kind"]: r for r in rows.order_by().values("kind").annotate(n=Count("pk"), amount=Sum("amount"))
    }
    wanted = dict(
        rows.filter(uses__isnull=False).order_by().values_list("kind").annotate(Count("pk", distinct=True))
    )
    return tuple(
        KindTotal(k, sums[k.code]["n"], sums[k.code]["amount"], wanted.get(k.code, 0))
        for k in offer_rules().kinds
        if k.code in sums
    )


def uses_of(offer: Offer, user: Any) -> list[OfferUse]:
    """Who points to an offer, of the deals and projects that this person sees."""
    seen = Q(deal__in=deals_of(user)) | Q(key_project__in=reserve_projects(user))
    return list(offer.uses.filter(seen).select_related("deal__unit", "key_project__unit", "by"))


def reserve_projects(user: Any) -> QuerySet[KeyProject]:
    """Key projects that are still ideas, in reserve or in preparation, of the newest list."""
    rows = KeyProject.objects.filter(retracted=False, stage__in=RESERVE)
    newest = rows.order_by("-year").values_list("year", flat=True).first() or 0
    return rows.filter(scope_of(user).projects(), year=newest).select_related("unit", "department")


@dataclass(frozen=True)
class PitchState:
    """One reserve project: what of the list is there, what is missing, what it points to."""

    project: KeyProject
    papers: tuple[tuple[PitchItem, PitchPaper | None], ...]
    uses: tuple[OfferUse, ...]

    @property
    def there(self) -> int:
        return sum(paper is not None for _item, paper in self.papers)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(item.name for item, paper in self.papers if paper is None)

    @property
    def complete(self) -> bool:
        return not self.missing


def pitches(user: Any, today: date, *, key: int | None = None) -> list[PitchState]:
    """Of every reserve project that this person sees, or of one; those with most missing last."""
    rows = reserve_projects(user)
    projects = list(rows.filter(pk=key) if key is not None else rows)
    keys = [p.pk for p in projects]
    papers = {
        (p.key_project_id, p.item): p
        for p in PitchPaper.objects.filter(key_project__in=keys, withdrawn_at=None).select_related("by")
    }
    uses: dict[int, list[OfferUse]] = defaultdict(list)
    for use in OfferUse.objects.filter(key_project__in=keys).select_related("offer"):
        uses[use.key_project_id or 0].append(use)
    items = pitch_rule(today).items
    found = [
        PitchState(p, tuple((i, papers.get((p.pk, i.code))) for i in items), tuple(uses[p.pk]))
        for p in projects
    ]
    return sorted(found, key=lambda state: (-state.there, state.project.pinyin))
