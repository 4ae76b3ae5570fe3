"""Printed numbers: how exact they are, what an amount is, what a contradiction is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from wenpan.documents.proof.numbers import scale
from wenpan.documents.proof.paper_figures import SCALE, PaperFigure

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Contradiction:
    """`at` is the figure to be marked, `others` what it contradicts, `reason` says the arithmetic."""

    kind: str  # sum | share | rate | pull | sign | twice | target
    at: PaperFigure
    others: tuple[PaperFigure, ...]
    reason: str
    is_close: bool = False  # of a share: within one unit of its last digit


def half(f: PaperFigure) -> Decimal:
    """Half a unit of the last printed digit."""
    return Decimal(5).scaleb(-f.decimals - 1)


def amount(f: PaperFigure) -> Decimal:
    """In 万 of its unit, or as counted."""
    return f.value * SCALE[scale(f.unit)] if f.kind == "level" else f.value


def slack(f: PaperFigure) -> Decimal:
    return half(f) * SCALE[scale(f.unit)] if f.kind == "level" else half(f)


def is_increase(text: str, f: PaperFigure) -> bool:
    return bool(
        re.search(
            r"(?:增收|减收|增加额?|减少|净增|增支|多收|少收|同比增|同比减|增)(?:了|约)?$",
            text[max(0, f.start - 6) : f.start],
        )
    )


def plainly(value: Decimal) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
