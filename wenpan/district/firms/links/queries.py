"""Which link a token opens, and what a firm sees of its own requests: plain words, nothing of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from wenpan.district.firms.links.link_actions import digest_of
from wenpan.district.firms.models import Firm, FirmLink, RequestEntry, RequestFile, ServiceRequest
from wenpan.district.firms.requests.event_log import event_of
from wenpan.economy.requests.lifecycle import Phase, replay

# What a firm is told; what the house says to itself (returns, appeals, checks, supervision) is not.
TOLD = ("received", "accepted", "declined", "assigned", "contacted", "replied", "messaged", "called_back",
        "closed", "reopened", "extended")  # fmt: skip
_WITH_TEXT = ("declined", "replied", "messaged", "closed", "reopened", "extended")


def link_of(token: str, at: datetime) -> FirmLink | None:
    """None alike for a link that never was, is revoked or has ended: one question to one index."""
    link = FirmLink.objects.select_related("firm").filter(digest=digest_of(token)).first()
    return link if link is not None and link_holds(link, at) else None


def link_by_number(pk: int, digest: str, at: datetime) -> FirmLink | None:
    link = FirmLink.objects.select_related("firm").filter(pk=pk, digest=digest).first()
    return link if link is not None and link_holds(link, at) else None


def link_holds(link: FirmLink, at: datetime) -> bool:
    return (
        link.revoked_at is None
        and link.made_at <= at < link.expires_at
        and (link.firm.state == Firm.State.ACTIVE)
    )


def own_requests(link: FirmLink) -> QuerySet[ServiceRequest]:
    """The firm's own, and those of firms that were merged into it."""
    return ServiceRequest.objects.filter(Q(firm=link.firm_id) | Q(firm__merged_into=link.firm_id))


@dataclass(frozen=True)
class ToldLine:
    entry: RequestEntry
    text: str
    files: tuple[RequestFile, ...]


@dataclass(frozen=True)
class FirmView:
    """A request as its firm sees it."""

    request: ServiceRequest
    lines: tuple[ToldLine, ...]
    may_rate: bool


def firm_view(request: ServiceRequest) -> FirmView:
    rows = list(request.entries.filter(kind__in=TOLD).prefetch_related("files").order_by("sequence"))
    lines = tuple(ToldLine(row, row.text if _said(row) else "", tuple(row.files.all())) for row in rows)
    rated = rated_already(request)
    phase = Phase(request.phase)
    return FirmView(request, lines, phase in (Phase.CHECKED, Phase.CLOSED) and not rated)


def rated_already(request: ServiceRequest) -> bool:
    """Once an attempt: after a reopening, or a displeased rating that put it back in hand, once more."""
    entries = list(request.entries.order_by("sequence"))
    ratings = [n for n, e in enumerate(entries) if e.kind == "called_back" and e.data.get("by_firm")]
    if not ratings:
        return False
    events = [event_of(entry) for entry in entries]
    before, after = (len(replay(events[:n]).attempts) for n in (ratings[-1], ratings[-1] + 1))
    return before == after == len(replay(events).attempts)


def _said(row: RequestEntry) -> bool:
    return row.kind in _WITH_TEXT or bool(row.data.get("by_firm"))
