"""Texts as the index holds them: every character a token, found as a phrase. Pure.

    桐溪 abc  →  u6850 u6eaa gap u61 u62 u63      a phrase of neighbouring tokens is a substring
    typed 溪  →  "u6eaa"                           so one and two characters are found exactly

No dictionary, no stemming: what a scan for the substring finds is found, and nothing else. White space is a
token of its own that no typed word has, so that no word reaches across it. A long text is cut into parts that
overlap by more than the longest word that can be typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from wenpan.district.search.finding import LONGEST, sounds

PART = 4_000  # characters; PostgreSQL counts 16,383 positions of a vector
OVERLAP = 18 * LONGEST  # what NFKC makes of the longest word
GAP = "gap"


def normalise(text: str) -> str:
    """As texts and words are compared: NFKC, no capitals."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """One a character; runs of white space are one gap."""
    made: list[str] = []
    for character in text:
        token = GAP if character.isspace() else f"u{ord(character):x}"
        if token != GAP or (made and made[-1] != GAP):
            made.append(token)
    return made


def parts(text: str) -> Iterator[str]:
    """The text in overlapping parts; an empty text is one empty part."""
    whole = normalise(text)
    yield whole[:PART]
    at = PART - OVERLAP
    while at + OVERLAP < len(whole):
        yield whole[at : at + PART]
        at += PART - OVERLAP


def sound_tokens(title: str) -> list[str]:
    """Whole pinyin and initials of a title, apart from each other."""
    full, initials = sounds(title[:200])
    return [*tokens(full), GAP, *tokens(initials)]
