"""The list of proposals beside a paper (or of lights): one context for the whole page and for its part."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources import light_rows, queries
from wenpan.district.ui.awaited import MOST

SIZE = 60


def list_context(
    request: HttpRequest, source: Source | None, *, selected: int | None = None
) -> dict[str, Any]:
    """`source` None: the proposals of lights. The page that holds `selected` is shown."""
    show = request.GET.get("show", "all" if source else "open")
    show = show if show in queries.SHOW else "all"
    rows: QuerySet[Proposal] = source.proposals.all() if source else queries.from_lights()
    shown, asks = queries.filter_proposals(rows, show), light_rows.asked_for(request.GET)
    found = list(shown) if source else asks.of(shown)
    pages = Paginator(found, SIZE)
    page = pages.get_page(_page_of(found, selected) or request.GET.get("page"))
    settled = source is not None and source.settled_at is not None
    on_page = list(page.object_list)
    cards = queries.cards(on_page, settled=settled, first=page.start_index() or 1)
    may = request.user.may("matter.draft") and not settled  # type: ignore[union-attr]
    here = reverse("supervision:source", args=[source.pk]) if source else reverse("supervision:lights")
    return {
        "source": source,
        "show": show,
        "asks": asks_of(request, show),
        "page": page,
        "on_page": found,
        "cards": cards,
        "counts": queries.counts(rows),
        "may": may,
        "settled": settled,
        "selected": selected,
        "here": here,
        "sure": sum(card.certain for card in cards) if source and pages.num_pages == 1 else 0,
        "rest": [card.proposal for card in cards if card.looked_at] if source else [],
        "undoable": may and source is not None and source.proposals.exclude(past=[]).exists(),
    } | ({} if source else _narrowing(asks, show, found, pages.num_pages))


def asks_of(request: HttpRequest, show: str = "") -> str:
    """What the list was asked for, for the addresses of its acts: show=open&light=RED."""
    return light_rows.asked_for(request.GET).query(show=show or request.GET.get("show", ""))


def _narrowing(asks: light_rows.LightRows, show: str, found: list[Proposal], pages: int) -> dict[str, Any]:
    """Of the list of lights: its filter, and all open ones that it finds where they fill more than a page."""
    open_ones = [p for p in found if p.state == Proposal.State.OPEN][:MOST]
    return {
        "narrowed": asks,
        "tabs": asks.query(),
        "lights_named": light_rows.LIGHTS.items(),
        "subjects": light_rows.SUBJECTS.items(),
        "everything": open_ones if pages > 1 else [],
    }


def _page_of(found: list[Proposal], selected: int | None) -> int | None:
    places = [i for i, p in enumerate(found) if p.pk == selected]
    return places[0] // SIZE + 1 if places else None


def next_open(request: HttpRequest, source: Source | None, after: Proposal) -> int:
    """The proposal to look at after a decision: the next open one in order, else the first, else the same."""
    if source is None:
        asks = light_rows.asked_for(request.GET)
        rows = queries.from_lights().filter(Q(state=Proposal.State.OPEN) | Q(pk=after.pk))
        order = [p.pk for p in asks.of(rows.select_related("lead"))]
        at = order.index(after.pk) if after.pk in order else -1
        left = [pk for pk in (*order[at + 1 :], *order) if pk != after.pk]
        return left[0] if left else after.pk
    keys = sorted(source.proposals.filter(state=Proposal.State.OPEN).values_list("order", "pk"))
    later = [key for key in keys if key > (after.order, after.pk)] or keys
    return int(later[0][1]) if later else after.pk
