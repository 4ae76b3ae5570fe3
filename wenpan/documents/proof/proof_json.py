"""A proven paper as it is kept: text, places and verdicts by name, so that old ones stay readable. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wenpan.documents.orders import text as reading
from wenpan.documents.proof.comments import commented
from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.proof.proof import FigureVerdict, proof
from wenpan.documents.proof.proof_ledger import ProofLedger

VERSION = 1


@dataclass(frozen=True)
class ProvenPaper:
    """`kind`: docx, pdf, txt or scan. `rows`: one a figure, in the order of the text (`row_of`)."""

    kind: str
    paragraphs: tuple[str, ...]
    places: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def prove(data: bytes | reading.Text, filename: str, known: Vocabulary, ledger: ProofLedger) -> ProvenPaper:
    """Reads the paper and compares every figure. Raises `Unreadable`."""
    read = reading.read(data, filename)
    verdicts = proof(read.paragraphs, known, ledger, read.places)
    return ProvenPaper(read.kind, tuple(read.paragraphs), tuple(read.places), tuple(map(row_of, verdicts)))


def row_of(verdict: FigureVerdict) -> dict[str, Any]:
    f = verdict.figure
    return {
        "state": verdict.state, "reason": verdict.reason, "right": verdict.right,
        "paragraph": f.paragraph, "start": f.start, "end": f.end, "words": f.words, "kind": f.kind,
        "value": str(f.value), "decimals": f.decimals, "unit": f.unit, "indicator": f.indicator,
        "subject": f.subject, "region": f.region, "period": f.period, "basis": f.basis,
    }  # fmt: skip


def verdict_of(row: Mapping[str, Any]) -> FigureVerdict:
    figure = PaperFigure(
        paragraph=row["paragraph"], start=row["start"], end=row["end"], words=row["words"], kind=row["kind"],
        value=Decimal(row["value"]), decimals=row["decimals"], unit=row["unit"],
        indicator=row["indicator"], subject=row["subject"], region=row["region"], period=row["period"],
        basis=row["basis"],
    )  # fmt: skip
    return FigureVerdict(figure, row["state"], row["reason"], row["right"])


def copy_with_comments(data: bytes, paragraphs: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A copy of the docx with a Word comment at every figure that is wrong or contradictory."""
    return commented(data, paragraphs, [verdict_of(row) for row in rows])
