"""Reading the causes: the red lights of the newest month, what is written, what awaits whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from wenpan import rules as policy
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, own_unit_only
from wenpan.district.bulletins.models import Document, RedReason
from wenpan.district.bulletins.reasons.clues import ReasonClue, clues_of, said_clues
from wenpan.district.indicators import queries as indicators
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Judgement
from wenpan.district.ui.form_counts import per_unit
from wenpan.economy.time.periods import Month, parse_month

SIGNERS = ("desk.sign", "document.make")  # the unit's head, or the analyst of the unit that owns the figure


@dataclass(frozen=True)
class ReasonSlot:
    """A red indicator of the month and its cause. `draft`: what an empty form starts with."""

    row: JudgementRow
    kept: RedReason | None
    clues: tuple[ReasonClue, ...]
    draft: str
    may_write: bool
    may_sign: bool

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0


def month_of_reasons() -> Month | None:
    """The newest judged month; None before any, or once its analysis is issued."""
    rows = Judgement.objects.filter(region__home=True, primary=True, superseded_at__isnull=True)
    newest = rows.aggregate(month=Max("as_of"))["month"]
    return parse_month(newest) if newest and not is_issued(newest) else None


def is_issued(month: str) -> bool:
    issued = Document.objects.filter(kind=Document.Kind.BRIEFING, as_of=month, state=Document.State.ISSUED)
    return issued.exists()


def owned(user: Any) -> list[str]:
    """The indicators that the person's unit answers for."""
    if getattr(user, "unit_id", None) is None:
        return []
    return [code for code, item in policy.catalogue().items() if item.owner and item.owner == user.unit_code]


def may_write(user: User, owner: str) -> bool:
    return can(user, "desk.use") and bool(owner) and user.unit_code == owner


def may_sign(user: User, reason: RedReason) -> bool:
    """The unit's head; or its analyst, of words that another wrote."""
    if user.unit_id != reason.unit_id or reason.signed_at is not None:
        return False
    return can(user, "desk.sign") or (can(user, "document.make") and reason.written_by_id != user.pk)


def slots(user: User, month: Month, at: datetime | None = None) -> list[ReasonSlot]:
    """The red lights of the month: of one's own unit, or all for whoever reads documents."""
    board = indicators.board(as_of=month)
    everything = can(user, "document.view")
    red = [row for row in board.rows if row.light == "RED" and (everything or row.owner == user.unit_code)]
    kept = {
        one.indicator: one
        for one in RedReason.objects.filter(
            as_of=str(month), indicator__in=[row.indicator for row in red]
        ).select_related("unit", "written_by", "signed_by")
    }
    clues = clues_of(red, timezone.localdate(at))
    return [_slot(user, row, kept.get(row.indicator), tuple(clues.get(row.indicator, ()))) for row in red]


# What a clue is told from, and who may open that besides the unit itself.
_OPENED_BY = {
    "matter": "matter.view",
    "slip": "matter.view",
    "meeting": "meeting.view",
    "project": "project.all",
    "request": "firm.all",
}


def may_open(user: User, clue: ReasonClue, owner: str) -> bool:
    """Nobody reads here what the page it comes from would refuse."""
    if (right := _OPENED_BY.get(clue.kind)) is None or (owner and user.unit_code == owner):
        return True
    return can(user, right) and not own_unit_only(user)


def _slot(user: User, row: JudgementRow, kept: RedReason | None, told: tuple[ReasonClue, ...]) -> ReasonSlot:
    clues = tuple(clue for clue in told if may_open(user, clue, row.owner))
    draft = kept.words if kept else draft_of(clues)
    return ReasonSlot(
        row, kept, clues, draft, may_write(user, row.owner), kept is not None and may_sign(user, kept)
    )


@dataclass(frozen=True)
class _AskedIndicator:
    indicator: str
    owner: str
    name: str
    short_name: str


def draft_of(clues: Sequence[ReasonClue]) -> str:
    """The unit's own words, each once."""
    return "；".join(dict.fromkeys(_bare(clue.words) for clue in clues if clue.said))


def carried_from(indicator: str, words: str, on: date) -> str:
    """Where the unit had said just these words of the indicator by the day; "" where they are new."""
    item, said = policy.catalogue()[indicator], _bare(words)
    asked = _AskedIndicator(indicator, item.owner, item.name, item.short_name)
    own = [clue for clue in said_clues([asked], on)[indicator] if clue.said and clue.words.strip()]
    for clue in own:
        if _bare(clue.words) == said:
            return clue.label[:160]
    return "、".join(dict.fromkeys(clue.label for clue in own))[:160] if draft_of(own) == said else ""


def _bare(words: str) -> str:
    return " ".join(words.split()).rstrip("。；")


@dataclass(frozen=True)
class ReasonsAwaited:
    """Names of indicators: to be written, and reasons to be signed."""

    month: Month
    to_write: tuple[str, ...]
    to_sign: tuple[RedReason, ...]


def awaited_of(user: Any) -> ReasonsAwaited | None:
    """None where nothing awaits the person. A person of no owning unit costs no query."""
    codes = owned(user)
    writes, signs = can(user, "desk.use"), can(user, *SIGNERS)
    if not codes or not (writes or signs) or (month := month_of_reasons()) is None:
        return None
    red = Judgement.objects.filter(
        region__home=True, primary=True, superseded_at__isnull=True, as_of=str(month), light="RED",
        indicator__in=codes,
    )  # fmt: skip
    found = list(red.order_by("pk").values_list("indicator", flat=True))
    if not found:
        return None
    kept = {r.indicator: r for r in RedReason.objects.filter(as_of=str(month), indicator__in=found)}
    names = policy.catalogue()
    unsigned = [one for one in kept.values() if signs and may_sign(user, one)]
    return ReasonsAwaited(
        month, tuple(names[c].name for c in found if c not in kept) if writes else (), tuple(unsigned)
    )


def changed_since(document: Document) -> int:
    """Reasons of the month that were written or signed after this edition was drafted."""
    rows = RedReason.objects.filter(as_of=document.as_of)
    moments = rows.values_list("written_at", "signed_at")
    return sum(max(filter(None, pair)) > document.made_at for pair in moments)


def forms_filled(first: datetime, end: datetime) -> Mapping[str, Mapping[int, int]]:
    """For 填报账."""
    rows = RedReason.objects.all()
    return {
        "red_reason": per_unit(rows.filter(carried_from=""), "unit", "written_at", first, end),
        "red_reason_carried": per_unit(rows.exclude(carried_from=""), "unit", "written_at", first, end),
    }
