"""The library as a list, and one paper with who has it, who has read it and what concerns whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from wenpan.district.accounts.permissions import can
from wenpan.district.library.models import LibraryPaper, PaperMark, PaperReading, PaperSending
from wenpan.district.library.scope import papers_of
from wenpan.district.ui.form_counts import per_unit

SHOWN = ("all", "mine", "marked")


def papers(user: Any, *, level: str = "", show: str = "all") -> QuerySet[LibraryPaper]:
    """With `sent`, `received`, `read`, `marked` counted. `mine`: sent to the own unit and not signed for;
    `marked`: with marks from which nothing was proposed yet."""
    rows = papers_of(user).defer("paragraphs", "places")
    if level in LibraryPaper.Level.values:
        rows = rows.filter(level=level)
    if show == "mine":
        rows = rows.filter(pk__in=unsigned(user).values("paper"))
    if show == "marked":
        rows = rows.filter(pk__in=PaperMark.objects.filter(proposal=None).values("paper"))
    return LibraryPaper.objects.filter(pk__in=rows.values("pk")).defer("paragraphs", "places").annotate(
        sent=Count("sendings", distinct=True),
        received=Count("sendings", filter=Q(sendings__received_at__isnull=False), distinct=True),
        read=Count("readings", distinct=True),
        marked=Count("marks", distinct=True),
    )  # fmt: skip


def unsigned(user: Any) -> QuerySet[PaperSending]:
    """What the own unit was sent and nobody of it has signed for, the oldest first."""
    unit = getattr(user, "unit_id", None)
    if not can(user, "library.receive") or unit is None:
        return PaperSending.objects.none()
    rows = PaperSending.objects.filter(unit=unit, received_at=None)
    return rows.select_related("paper").defer("paper__paragraphs", "paper__places").order_by("sent_at", "pk")


def to_propose(user: Any) -> QuerySet[LibraryPaper]:
    """Papers with marks from which the office has proposed nothing yet."""
    if not can(user, "matter.draft") or not can(user, "library.view"):
        return LibraryPaper.objects.none()
    waiting = PaperMark.objects.filter(proposal=None).values("paper")
    return LibraryPaper.objects.filter(pk__in=waiting).defer("paragraphs", "places").order_by("dated", "pk")


def waiting_marks(rows: QuerySet[LibraryPaper], most: int) -> list[tuple[LibraryPaper, int]]:
    """The first papers, each with how many marks wait."""
    held = list(rows[:most])
    marks = PaperMark.objects.filter(paper__in=held, proposal=None).order_by()
    counts = dict(marks.values_list("paper").annotate(n=Count("pk")))
    return [(paper, counts.get(paper.pk, 0)) for paper in held]


@dataclass(frozen=True)
class PaperParagraph:
    number: int  # counted from 0
    text: str
    place: str
    marks: tuple[PaperMark, ...]  # that begin here
    marked: bool


@dataclass(frozen=True)
class PaperPage:
    """`own`: the sending to the person's unit. Of other units' receipts, readings and marks only who sees the
    whole library learns."""

    paper: LibraryPaper
    paragraphs: tuple[PaperParagraph, ...]
    sendings: tuple[PaperSending, ...]
    readings: tuple[PaperReading, ...]
    own: PaperSending | None
    read: bool
    waiting: int


def paper_page(paper: LibraryPaper, user: Any) -> PaperPage:
    whole = can(user, "library.view")
    marks = paper.marks.select_related("unit", "by", "proposal__matter")
    sendings = paper.sendings.select_related("unit", "received_by")
    readings = paper.readings.select_related("user__unit")
    if not whole:
        marks, sendings = marks.filter(unit=user.unit_id), sendings.filter(unit=user.unit_id)
        readings = readings.filter(user__unit=user.unit_id)
    held, sent = list(marks), tuple(sendings)
    shown = [
        PaperParagraph(
            number, text, paper.places[number] if number < len(paper.places) else "",
            tuple(mark for mark in held if mark.first == number),
            any(mark.first <= number <= mark.last for mark in held),
        )
        for number, text in enumerate(paper.paragraphs)
    ]  # fmt: skip
    own = next((row for row in sent if row.unit_id == user.unit_id), None)
    return PaperPage(
        paper, tuple(shown), sent, tuple(readings), own,
        paper.readings.filter(user=user).exists(), sum(mark.proposal_id is None for mark in held),
    )  # fmt: skip


def forms_filled(first: datetime, end: datetime) -> Mapping[str, Mapping[int, int]]:
    """For 填报账."""
    return {"library_mark": per_unit(PaperMark.objects.all(), "unit", "at", first, end)}
