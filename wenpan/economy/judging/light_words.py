"""The words of a light, long (红灯) and short (红); the one place where they stand.

Pure. Keyed by the name that is stored: GREEN, YELLOW, RED, UNKNOWN. Pages translate these words
(`district.ui.lights`), papers print them.
"""

from __future__ import annotations

ORDER = ("RED", "YELLOW", "GREEN", "UNKNOWN")  # as people count them
SHORT = {"RED": "红", "YELLOW": "黄", "GREEN": "绿", "UNKNOWN": "未知"}
LIGHTS = {name: word if name == "UNKNOWN" else f"{word}灯" for name, word in SHORT.items()}


def name_of(word: str) -> str:
    """RED of 红, 红灯 or red; "" where it is none of these."""
    bare = word.strip().removesuffix("灯")
    known = {**{said: name for name, said in SHORT.items()}, **{name: name for name in SHORT}}
    return known.get(bare) or known.get(bare.upper(), "")
