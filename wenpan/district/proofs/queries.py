"""Reads of the room: the checks, and one paper with its figures marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from wenpan.district.accounts.models import User
from wenpan.district.observations.queries import figure_ids
from wenpan.district.proofs.models import PaperCheck

TOLD = ("wrong", "contradictory")
_MEASURES = {"growth": ("ytd_growth", "balance_growth"), "level": ("ytd", "balance")}


@dataclass(frozen=True)
class CheckedFigure:
    """One figure of the paper. `number` counts what is told (wrong or contradictory), else 0.

    `origin`: the figure of the ledger that it was compared with, where there is one of its own.
    """

    state: str
    words: str
    reason: str
    right: str
    place: str
    number: int
    origin: int | None


@dataclass(frozen=True)
class TextPiece:
    """A stretch of a paragraph; `figure` where it is a figure."""

    text: str
    figure: CheckedFigure | None = None


def visible(user: User) -> QuerySet[PaperCheck]:
    """Drafts are their writer's: a person sees the papers that they had checked themselves."""
    return PaperCheck.objects.filter(checked_by=user).defer("paragraphs", "places", "rows")


def figures(paper: PaperCheck) -> list[CheckedFigure]:
    """All figures in the order of the text, with their origins; one query."""
    origins = _origins(paper.rows)
    told, out = 0, list[CheckedFigure]()
    for row, origin in zip(paper.rows, origins, strict=True):
        told += row["state"] in TOLD
        where = paper.places[row["paragraph"]] if row["paragraph"] < len(paper.places) else ""
        out.append(
            CheckedFigure(
                row["state"], row["words"], row["reason"], row["right"],
                where or f"第{row['paragraph'] + 1}段", told if row["state"] in TOLD else 0, origin,
            )
        )  # fmt: skip
    return out


def marked(paper: PaperCheck, found: Sequence[CheckedFigure]) -> list[list[TextPiece]]:
    """The paragraphs, cut at their figures."""
    at: dict[int, list[tuple[Mapping[str, Any], CheckedFigure]]] = {}
    for row, figure in zip(paper.rows, found, strict=True):
        at.setdefault(row["paragraph"], []).append((row, figure))
    return [list(_cut(text, at.get(index, []))) for index, text in enumerate(paper.paragraphs)]


def _cut(text: str, spans: Sequence[tuple[Mapping[str, Any], CheckedFigure]]) -> Iterator[TextPiece]:
    done = 0
    for row, figure in sorted(spans, key=lambda pair: pair[0]["start"]):
        if row["start"] < done:  # two readings of one stretch: the first is shown, both are listed
            continue
        if row["start"] > done:
            yield TextPiece(text[done : row["start"]])
        yield TextPiece(text[row["start"] : row["end"]], figure)
        done = row["end"]
    if done < len(text):
        yield TextPiece(text[done:])


def _origins(rows: Sequence[Mapping[str, Any]]) -> list[int | None]:
    keys = [
        [(r["region"], r["indicator"], r["period"], m, r["basis"]) for m in _MEASURES.get(r["kind"], ())]
        if r["indicator"] and r["period"]
        else []
        for r in rows
    ]
    ids = figure_ids(key for some in keys for key in some)
    return [next((ids[key] for key in some if key in ids), None) for some in keys]
