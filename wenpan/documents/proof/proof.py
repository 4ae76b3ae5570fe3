"""Proof: the verdict on every figure of a paper, each with its reason. Pure; the text is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents.proof.figures import PaperFigure, Vocabulary, figures
from wenpan.documents.proof.inside import contradictions
from wenpan.documents.proof.ledger import ProofLedger, answer

STATES = ("wrong", "contradictory", "unknown", "right")


@dataclass(frozen=True)
class Verdict:
    """`state` of STATES; `right`: the right figure where the ledger has it."""

    figure: PaperFigure
    state: str
    reason: str
    right: str = ""


def proof(paragraphs: Sequence[str], known: Vocabulary, ledger: ProofLedger) -> list[Verdict]:
    """Every figure in its order. What contradicts the paper itself is said, also when it is right."""
    found = figures(paragraphs, known)
    against = {c.at: c for c in contradictions(paragraphs, found)}
    verdicts = []
    for f in found:
        told = answer(f, ledger)
        if told.state == "wrong":
            more = f"；并且{against[f].reason}" if f in against else ""
            verdicts.append(Verdict(f, "wrong", told.reason + more, told.right))
        elif f in against:
            verdicts.append(Verdict(f, "contradictory", against[f].reason))
        else:
            verdicts.append(Verdict(f, told.state, told.reason, told.right))
    return verdicts
