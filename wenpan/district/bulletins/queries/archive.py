"""Reading documents: the archive, one document with its figures, two editions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.lines import briefing_input
from wenpan.district.bulletins.lives import BEFORE_ISSUE, life_of
from wenpan.district.bulletins.models import Document
from wenpan.district.bulletins.queries.drawing import Drawing, ShownBlock
from wenpan.district.bulletins.reasons.queries import changed_since
from wenpan.district.ground import originals
from wenpan.district.indicators import queries as indicators
from wenpan.documents.papers.briefing.compose import compose
from wenpan.documents.papers.facts import Inconsistent, PaperProblem
from wenpan.economy.time.periods import Month, parse_month


@dataclass(frozen=True)
class Done:
    """One step of a bulletin: who did what when, with what words."""

    deed: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Edition:
    pk: int
    edition: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class DocumentView:
    pk: int
    title: tuple[str, ...]
    month: str
    edition: int
    made_by: str
    made_at: datetime
    size: int
    sha256: str
    journal_head: str
    issuer: str
    dated: str
    small_print: str
    facts: int
    blocks: tuple[ShownBlock, ...]
    attachments: tuple[ShownBlock, ...]
    others: tuple[Edition, ...]
    is_bulletin: bool = False
    state: str = ""
    state_label: str = ""
    number: str = ""
    masthead: str = ""
    to: str = ""
    annexes: tuple[str, ...] = ()
    copies_to: str = ""
    steps: tuple[Done, ...] = ()


@dataclass(frozen=True)
class EditionDifference:
    """One number in two editions. `kind`: changed | new | gone."""

    label: str
    period: str
    old: str
    new: str
    kind: str
    origin: int | None


def readable(user: User | None) -> QuerySet[Document]:
    """All documents; for a unit's people the bulletins that were issued: they are addressed to them."""
    if user is None or can(user, "document.view"):
        return Document.objects.all()
    return Document.objects.filter(kind=Document.Kind.BULLETIN, state=Document.State.ISSUED)


def documents(kind: str = "", user: User | None = None) -> QuerySet[Document]:
    """What the person may read, or one kind of it, newest month first; the numbers are not loaded."""
    rows = readable(user).select_related("made_by").defer("facts", "given")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("-as_of", "kind", "-edition", "-pk")


def document(pk: int, user: User | None = None) -> Document:
    return get_object_or_404(readable(user).select_related("made_by"), pk=pk)


def may_return(pk: int, user: User) -> bool:
    """May this person hand in an edited copy: of the newest edition, which is not issued."""
    kept = Document.objects.defer("facts", "given").get(pk=pk)
    later = Document.objects.filter(kind=kept.kind, as_of=kept.as_of, edition__gt=kept.edition)
    open_ = kept.state in BEFORE_ISSUE
    return can(user, life_of(kept).draft) and open_ and not later.exists()


def reasons_changed(pk: int) -> int:
    """Causes that were written or signed after this edition of an analysis was drafted."""
    kept = Document.objects.defer("facts", "given").get(pk=pk)
    return changed_since(kept) if kept.kind == Document.Kind.BRIEFING else 0


def view(pk: int, user: User | None = None) -> DocumentView:
    """A document as archived; nothing is composed anew."""
    kept = get_object_or_404(readable(user).select_related("made_by").defer("given"), pk=pk)
    bulletin = kept.kind == Document.Kind.BULLETIN
    paper, facts = kept.facts["paper"], {fact["key"]: fact for fact in kept.facts["facts"]}
    drawing = Drawing(facts, bulletin=bulletin)
    head, imprint = paper.get("masthead") or {}, paper.get("imprint") or {}
    return DocumentView(
        pk=kept.pk,
        title=tuple(paper["title"]),
        month=parse_month(kept.as_of).label,
        edition=kept.edition,
        made_by=str(kept.made_by),
        made_at=kept.made_at,
        size=kept.size,
        sha256=kept.sha256,
        journal_head=kept.journal_head,
        issuer=paper["issuer"],
        dated=paper["dated"],
        small_print=paper["small_print"],
        facts=len(facts),
        blocks=tuple(drawing.block(block) for block in paper["blocks"]),
        attachments=tuple(drawing.block(block) for block in paper["attachments"]),
        others=editions(kept),
        is_bulletin=bulletin,
        state=kept.state,
        state_label=str(kept.get_state_display()),
        number=kept.number,
        masthead=head.get("name", ""),
        to=paper.get("to", ""),
        annexes=tuple(paper.get("annexes", ())),
        copies_to=imprint.get("copies_to", ""),
        steps=tuple(
            Done(str(s.get_kind_display()), str(s.by), s.at, s.words)
            for s in kept.steps.select_related("by").order_by("at", "pk")
        ),
    )


def editions(kept: Document) -> tuple[Edition, ...]:
    """The other editions of the same month and those of the month before, newest first."""
    before = str(parse_month(kept.as_of).plus(-1))
    found = documents().filter(kind=kept.kind, as_of__in=[kept.as_of, before]).exclude(pk=kept.pk)
    return tuple(
        Edition(d.pk, d.edition, d.made_at, f"{parse_month(d.as_of).label} · {d.made_by}") for d in found[:12]
    )


def picture(pk: int, number: int) -> bytes | None:
    """The PNG of the document's picture `number` (from 0); None if it has none."""
    paper = document(pk).facts["paper"]
    found = [block for block in (*paper["blocks"], *paper["attachments"]) if block["is"] == "picture"]
    return originals.get(found[number]["png"]) if number < len(found) else None


_COUNTS, _NOTHING = ("matters/", "share/", "rate/", "rest/"), frozenset({"0", "0.0", "—"})
_OF_THE_MONTH_BEFORE = ("before/", "change/")  # in a bulletin: the same difference, told already


def compare(old: Document, new: Document) -> tuple[EditionDifference, ...]:
    """Every number that stands in one of the two and differs in the other, in the order of the newer."""
    before = {fact["key"]: fact for fact in old.facts["facts"]}
    after = {fact["key"]: fact for fact in new.facts["facts"]}
    keys = [*after, *(key for key in before if key not in after)]
    keys = [key for key in keys if not key.startswith(_OF_THE_MONTH_BEFORE)]
    return tuple(d for key in keys if (d := _difference(before.get(key), after.get(key))) is not None)


def _difference(old: dict[str, Any] | None, new: dict[str, Any] | None) -> EditionDifference | None:
    told = new or old
    if told is None or (old and new and (old["shown"], old["period"]) == (new["shown"], new["period"])):
        return None
    if (old is None or new is None) and told["shown"] in _NOTHING and told["key"].startswith(_COUNTS):
        return None  # a group that is new in the tables comes with its zeros
    kind = "new" if old is None else "gone" if new is None else "changed"
    return EditionDifference(told["label"], told["period"], _said(old), _said(new), kind, told["source"])


def _said(fact: dict[str, Any] | None) -> str:
    return "—" if fact is None else f"{fact['shown']}{fact['unit'] if fact['shown'] != '—' else ''}"


def reasons_against(as_of: Month) -> tuple[PaperProblem, ...]:
    """Why the analysis of this month cannot be made now; empty if it can. Writes nothing."""
    board = indicators.board(as_of=as_of)
    if board.as_of is None:
        return (_nothing(as_of),)
    try:
        compose(briefing_input(board, dated=timezone.localdate(), issuer="", journal_head=""))
    except Inconsistent as found:
        return found.problems
    return ()


def _nothing(as_of: Month) -> PaperProblem:
    return PaperProblem("no_figures", as_of.label, _("还没有任何研判"), _("先在“数据”上传并接收工作簿"))


def months() -> tuple[Month, ...]:
    """Months of which an analysis may be made, newest first."""
    return indicators.judged_months()


@lru_cache(maxsize=1)
def pdf_offered() -> bool:
    """Is LibreOffice installed here?"""
    from wenpan.district.bulletins.pdf import converter

    return converter() is not None
