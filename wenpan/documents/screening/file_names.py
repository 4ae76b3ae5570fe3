"""File names as people send them, made fit to be shown and stored: one function for every door."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 200
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, bidi and zero-width signs, no characters


def clean_name(filename: str, *, otherwise: str = "未命名") -> str:
    """The bare name without folders, control, bidi and zero-width signs; runs of spaces become one.

    `otherwise` stands for a name of which nothing is left. The length is not cut: see `too_long`.
    """
    bare = filename.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(" " if c.isspace() else c for c in bare if c.isspace() or _kept(c))
    name = re.sub(r" +", " ", unicodedata.normalize("NFC", kept)).strip(" ")
    return otherwise if not name.strip(". ") else name


def _kept(character: str) -> bool:
    return unicodedata.category(character) not in _DROPPED


def too_long(name: str) -> bool:
    return len(name) > MOST_CHARACTERS
