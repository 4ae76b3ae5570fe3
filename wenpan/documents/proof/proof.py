"""Proof: the verdict on every figure of a paper, each with its reason. Pure; the text is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wenpan.documents.proof.figures import PaperFigure, Vocabulary, figures
from wenpan.documents.proof.inside import contradictions
from wenpan.documents.proof.ledger import LedgerAnswer, ProofLedger, answer
from wenpan.documents.proof.planned import against_plans

STATES = ("wrong", "contradictory", "unknown", "right")


@dataclass(frozen=True)
class FigureVerdict:
    """`state` of STATES; `right`: the right figure where the ledger has it."""

    figure: PaperFigure
    state: str
    reason: str
    right: str = ""


def proof(
    paragraphs: Sequence[str], known: Vocabulary, ledger: ProofLedger, places: Sequence[str] = ()
) -> list[FigureVerdict]:
    """Every figure in its order. What contradicts the paper itself is said, also when it is right."""
    found = [_out_of_a_table(f, places) for f in figures(paragraphs, known)]
    plans = against_plans(paragraphs, found, known, ledger)
    against = {c.at: c for c in (*plans, *contradictions(paragraphs, found))}
    verdicts = []
    for f in found:
        told = _after_the_paper(f, known) or answer(f, ledger)
        if told.state == "wrong":
            more = f"；并且{against[f].reason}" if f in against else ""
            verdicts.append(FigureVerdict(f, "wrong", told.reason + more, told.right))
        elif f in against:
            verdicts.append(FigureVerdict(f, "contradictory", against[f].reason))
        else:
            verdicts.append(FigureVerdict(f, told.state, told.reason, told.right))
    return verdicts


def _after_the_paper(f: PaperFigure, known: Vocabulary) -> LedgerAnswer | None:
    """`1—11月` in a paper on September: nothing can have been published of a period that is to come."""
    known_kind = f.indicator and f.kind in ("growth", "level", "rank")
    if known_kind and f.dated and not f.monthly and f.period.endswith("-01") and not f.planned:
        return LedgerAnswer("wrong", "“1—1月”不是累计时期：累计数从1—2月起")
    published = (known_kind or f.kind == "count") and not f.planned and not f.monthly
    if not published or f.period.endswith("-12") or f.period <= known.period:
        return None
    return LedgerAnswer("wrong", f"时期{f.period}晚于本文的{known.period}，还没有发布数")


def _out_of_a_table(f: PaperFigure, places: Sequence[str]) -> PaperFigure:
    """Of a cell only the heading says what it is (target, gap, last year): it is not compared."""
    place = places[f.paragraph] if f.paragraph < len(places) else ""
    return replace(f, planned=True) if place and not place.startswith("第") else f
