"""A part of the analysis that another room tells: its sentences, whose numbers become facts here.

Pure. A room that can tell of the month gives a `RoomSection`; its numbers come from its own page's query.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Block, Inline, Paragraph, Span, heading, paragraph
from wenpan.economy.figures import quantities
from wenpan.economy.figures.quantities import Number


@dataclass(frozen=True)
class RoomFigure:
    """A number with its unit. `plain`: its sign is said in words beside it, so it is printed without."""

    key: str  # requests/received
    label: str
    value: Number
    unit: str = ""
    decimals: int = 0
    plain: bool = False


RoomPart = str | Span | RoomFigure


@dataclass(frozen=True)
class RoomSection:
    title: str
    paragraphs: tuple[tuple[RoomPart, ...], ...]
    order: int = 50


def room_paragraphs(section: RoomSection, register: FactRegister) -> list[Paragraph]:
    return [paragraph(*(_inline(part, register) for part in parts)) for parts in section.paragraphs]


def _inline(part: RoomPart, register: FactRegister) -> Inline:
    if not isinstance(part, RoomFigure):
        return part
    fact = register.number(part.key, part.label, part.value, decimals=part.decimals, unit=part.unit)
    if fact.shown == quantities.MISSING:
        return quantities.MISSING
    shown = fact.shown.lstrip("-−") if part.plain else fact.shown
    return Span(f"{shown}{part.unit}", (fact.key,))


def room_blocks(
    sections: Sequence[RoomSection], titles: Sequence[str], register: FactRegister
) -> list[Block]:
    """Each under its own heading of the second level, which `titles` gives in order."""
    blocks: list[Block] = []
    for section, title in zip(sections, titles, strict=True):
        blocks += [heading(2, title), *room_paragraphs(section, register)]
    return blocks
