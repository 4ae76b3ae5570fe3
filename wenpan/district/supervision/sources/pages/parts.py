"""The list of proposals beside a paper (or of lights): one context for the whole page and for its part."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources import queries

SIZE = 60


def list_context(
    request: HttpRequest, source: Source | None, *, selected: int | None = None
) -> dict[str, Any]:
    """`source` None: the proposals of lights. The page that holds `selected` is shown."""
    show = request.GET.get("show", "all" if source else "open")
    show = show if show in queries.SHOW else "all"
    rows: QuerySet[Proposal] = source.proposals.all() if source else queries.from_lights()
    found = list(queries.filter_proposals(rows, show))
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
    }


def _page_of(found: list[Proposal], selected: int | None) -> int | None:
    places = [i for i, p in enumerate(found) if p.pk == selected]
    return places[0] // SIZE + 1 if places else None


def next_open(source: Source | None, after: Proposal) -> int:
    """The proposal to look at after a decision: the next open one in order, else the first, else the same."""
    rows = (
        source.proposals.filter(state=Proposal.State.OPEN)
        if source
        else queries.from_lights().filter(state="open")
    )
    keys = (
        list(rows.values_list("order", "pk"))
        if source
        else [(-pk, pk) for pk in rows.values_list("pk", flat=True)]
    )
    mine = (after.order, after.pk) if source else (-after.pk, after.pk)
    later = sorted(key for key in keys if key > mine) or sorted(keys)
    return int(later[0][1]) if later else after.pk
