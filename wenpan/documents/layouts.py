"""Layouts: a workbook's tables, recognised by words and units, become figures and targets."""

from __future__ import annotations

from wenpan.documents.figures import (
    ColumnGuess,
    Context,
    Figure,
    PublishedRank,
    Reading,
    TargetFigure,
    UnknownLayout,
)
from wenpan.documents.kinds import WorkbookKind
from wenpan.documents.workbook import Book

__all__ = [
    "ColumnGuess",
    "Context",
    "Figure",
    "PublishedRank",
    "Reading",
    "TargetFigure",
    "UnknownLayout",
    "WorkbookKind",
    "interpret",
]


def interpret(book: Book, context: Context) -> Reading:
    """Figures, targets, ranks and findings of a workbook; `unknown` is set where a person must map it."""
    raise NotImplementedError
