"""How Chinese is said: the syllables of a text and their first letters, for sorting and for finding. Pure.

    syllables("桐溪镇2期") → ("tong", "xi", "zhen", "2期")      initials("桐溪镇") → "txz"

A stretch that is not Chinese stays as it is. What was said once is remembered: a name is asked for by the
table that keeps it, and again by the index that finds it.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=50_000)
def syllables(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


def initials(text: str) -> str:
    """The first letter of each syllable; other stretches whole."""
    found, at = [], 0
    for part in syllables(text):
        if text.startswith(part, at):  # not Chinese, or a character that nobody says
            found.append(part)
            at += len(part)
        else:
            found.append(part[:1])
            at += 1
    return "".join(found)
