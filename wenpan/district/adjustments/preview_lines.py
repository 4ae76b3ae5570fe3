"""What a preview says: a sentence, and the first of what would have been otherwise."""

from __future__ import annotations

from dataclasses import dataclass

MOST = 20  # lines that are shown


@dataclass(frozen=True)
class Preview:
    words: str
    lines: tuple[tuple[str, str, str], ...] = ()  # what, as it was, as it would have been
