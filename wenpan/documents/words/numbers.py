"""Numerals and punctuation of written Chinese: 三, 两个月, full-width signs.

Pure. How a figure is rounded and what a missing one looks like is `economy.figures.quantities`.
"""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_WIDE = {
    ",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01", "(": "\uff08", ")": "\uff09",
}  # fmt: skip
_CHINESE = r"[\u2e80-\u9fff\uff00-\uffef\u3001\u3002\u300a\u300b\u201c\u201d%]"
_NARROW = re.compile(rf"(?:(?<={_CHINESE})[,;:?!()] ?)|(?:[,;:?!()] ?(?={_CHINESE}))")


def numeral(count: int) -> str:
    """1 … 99 in Chinese numerals, as headings and "后三个月" need them."""
    if not 0 < count < 100:
        raise ValueError(f"只写一到九十九的汉字数字, 实为 {count}")
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def how_many(count: int) -> str:
    """As `numeral`, but 两 before a measure word: 两个月."""
    return "两" if count == 2 else numeral(count)


def full_width(words: str) -> str:
    """Half-width punctuation beside Chinese characters made full-width, as GB/T 15834 prints it.

    Signs between digits or Latin letters (12:30, 3,456) stay as they are. Our own sources and the
    reasons of rules are typed half-width; papers are printed full-width.
    """
    words = re.sub(rf"(?<={_CHINESE})\.(?: |$|(?={_CHINESE}))", "。", words)
    widened = _pair(_NARROW.sub(lambda match: _WIDE[match[0][0]], words))
    return re.sub(rf"(?<={_CHINESE}) (?={_CHINESE})", "", widened)


def _pair(words: str) -> str:
    """Both brackets of a pair are wide when one of them is."""
    signs, opened = list(words), []
    for at, sign in enumerate(signs):
        if sign in ("(", _WIDE["("]):
            opened.append(at)
        elif sign in (")", _WIDE[")"]) and opened:
            start = opened.pop()
            if sign != ")" or signs[start] != "(":
                signs[start], signs[at] = _WIDE["("], _WIDE[")"]
    return "".join(signs)
