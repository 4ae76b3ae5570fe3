"""Parts of one proposal: each with the exact words it comes from and the deadline that they name."""

from __future__ import annotations

from collections.abc import Sequence

from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import Proposal
from wenpan.district.supervision.sources.proposal_rows import too_early
from wenpan.documents.orders import deadlines
from wenpan.documents.orders.is_order import impossible_limits
from wenpan.documents.words.characters import same_length
from wenpan.documents.words.sentences import pieces, sentences

SHORT = 8  # characters: no matter of its own


def parts_of(proposal: Proposal, words: Sequence[str]) -> list[Proposal]:
    """Unsaved proposals. Words that stand in the evidence get their own span, others the whole one."""
    rows, cursor = [], 0
    for i, part in enumerate(words, start=1):
        row = Proposal(
            source=proposal.source,
            split_from=proposal,
            order=proposal.order + i,
            text=part[:400],
            span_start=proposal.span_start,
            span_end=proposal.span_end,
            evidence=proposal.evidence,
            **{name: getattr(proposal, name) for name in _INHERITED},
        )
        at = proposal.evidence.find(part.rstrip("。；;"), cursor)
        if at >= 0 and proposal.span_start is not None and part != proposal.text:
            cursor = at + len(part.rstrip("。；;"))
            row.span_start, row.span_end = proposal.span_start + at, proposal.span_start + cursor
            row.evidence = proposal.evidence[at:cursor]
        _own_deadline(row, part)
        rows.append(row)
    return rows


_INHERITED = (
    "origin", "lead_text", "lead", "coop_text", "coops", "deadline", "deadline_text", "recurrence",
    "place", "confidence", "kind", "important", "leader", "questions", "detail",
)  # fmt: skip


def _own_deadline(row: Proposal, part: str) -> None:
    if row.source is None:
        return
    found = deadlines.find(part, on=row.source.dated, calendar=policy.calendar())
    if found:
        row.deadline, row.deadline_text = found[0].date, found[0].text[:80]
        row.recurrence = (found[0].recurrence or "")[:24]
    asked = [*too_early(row.deadline, row.source.dated), *impossible_limits(found)]
    row.questions = [*row.questions, *(q for q in asked if q not in row.questions)]


def suggested(proposal: Proposal) -> str:
    """The text cut at its sentences, else at its commas, one a line: where a person begins to split."""
    text, plain = proposal.text, same_length(proposal.text)
    spans = list(sentences(plain, 0, len(plain)))
    if len(spans) < 2:
        spans = list(pieces(plain, 0, len(plain)))
    lines: list[str] = []
    for start, end in spans:
        piece = text[start:end].strip(" ，,；;。")
        if lines and len(piece) < SHORT:
            lines[-1] += "，" + piece
        elif piece:
            lines.append(piece)
    return "\n".join(lines)
