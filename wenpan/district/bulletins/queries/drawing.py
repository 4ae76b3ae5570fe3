"""An archived paper as the preview draws it: blocks, and where each number comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan.documents.papers.bulletin.rows import origin_of

PREVIEWED = 300  # rows of an annex; the .docx has them all


@dataclass(frozen=True)
class ShownSpan:
    """A piece of text; `origin` is the figure in the ledger that it rests on, `about` what it is.

    `behind`: of a bulletin, the key of the number whose matters can be listed.
    """

    text: str
    origin: int | None = None
    about: str = ""
    behind: str = ""


@dataclass(frozen=True)
class ShownBlock:
    """heading, paragraph, table or picture, as the preview draws it."""

    kind: str
    level: int = 0
    style: str = ""
    text: str = ""
    spans: tuple[ShownSpan, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[ShownSpan, ...], ...] = ()
    numeric: frozenset[int] = frozenset()
    sentences: frozenset[int] = frozenset()  # columns of sentences: they may wrap
    left_out: int = 0  # rows of a long table that the preview does not show
    notes: tuple[str, ...] = ()
    number: int = 0  # of a picture, from 0


class Drawing:
    """Archived blocks with the origin of each number; pictures are counted in reading order."""

    def __init__(self, facts: dict[str, dict[str, Any]], *, bulletin: bool = False) -> None:
        self.facts = facts
        self.bulletin = bulletin
        self.pictures = 0
        self.sources: dict[str, int] = {}
        for fact in facts.values():
            if fact["source"] is not None:
                self.sources.setdefault(fact["key"].split("/")[0], fact["source"])

    def span(self, data: list[Any]) -> ShownSpan:
        text, keys, _label = data
        known = [self.facts[key] for key in keys if key in self.facts]
        if not known:
            return ShownSpan(text)
        first = known[0]
        source = first["source"] or self.sources.get(first["key"].split("/")[0])
        about = "；".join(f"{fact['label']} {fact['shown']}{fact['unit']}" for fact in known)
        counted = first["key"] if self.bulletin and origin_of(first["key"]) else ""
        return ShownSpan(text, source, about, counted)

    def spans(self, row: list[list[Any]]) -> tuple[ShownSpan, ...]:
        return tuple(self.span(data) for data in row)

    def block(self, data: dict[str, Any]) -> ShownBlock:
        kind = data["is"]
        if kind == "heading":
            return ShownBlock(kind, level=data["level"], text=data["text"])
        if kind == "paragraph":
            return ShownBlock(kind, style=data["style"], spans=self.spans(data["spans"]))
        if kind == "table":
            return ShownBlock(
                kind,
                text=data["title"],
                headers=tuple(data["headers"]),
                rows=tuple(self.spans(row) for row in data["rows"][:PREVIEWED]),
                left_out=max(0, len(data["rows"]) - PREVIEWED),
                numeric=frozenset(data["numeric"]),
                sentences=frozenset(data["text"]),
                notes=tuple(data["notes"]),
            )
        self.pictures += 1
        return ShownBlock(kind, text=data["caption"], style=data["alt"], number=self.pictures - 1)
