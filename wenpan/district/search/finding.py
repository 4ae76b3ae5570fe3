"""How a text matches what was typed, and how well: pure.

Words are cut at spaces; every one of them must be found, in the text as it stands (so that a name of two
characters is found exactly) or, typed in Latin letters, in the pinyin of the text: whole or by initials.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from wenpan.documents.words.pinyin import initials, syllables

MOST_WORDS, LONGEST = 5, 60


@dataclass(frozen=True)
class SearchWords:
    """What a person looks for: words as they are compared, none of them empty."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> SearchWords:
        plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
        return cls(tuple(dict.fromkeys(plain.split()))[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def latin(self) -> bool:
        """Every word may be pinyin: two letters at least, nothing else."""
        return bool(self.words) and all(w.isascii() and w.isalpha() and len(w) > 1 for w in self.words)


def sounds(text: str) -> tuple[str, str]:
    """(whole pinyin, initials), without spaces: 桐溪镇 → (tongxizhen, txz)."""
    return "".join(syllables(text)).casefold(), initials(text).casefold()


def score(typed: SearchWords, *texts: str) -> int:
    """0: not found. The first text is the name: equal 100, begins 80, holds 60; else 30; by sound 20 less.

    Several words: the worst of them counts; every one must be found somewhere.
    """
    if not typed or not texts:
        return 0
    plain = [unicodedata.normalize("NFKC", text).casefold() for text in texts]
    return min(_of_word(word, plain, typed.latin) for word in typed.words)


def _of_word(word: str, texts: list[str], latin: bool) -> int:
    name, *others = texts
    if found := _place(word, name):
        return found
    if any(word in text for text in others):
        return 30
    if not latin:
        return 0
    heard = max((_place(word, sound) for sound in sounds(name)), default=0)
    if heard:
        return heard - 20
    return 10 if any(word in sound for text in others for sound in sounds(text)) else 0


def _place(word: str, text: str) -> int:
    if word == text:
        return 100
    if text.startswith(word):
        return 80
    return 60 if word in text else 0
