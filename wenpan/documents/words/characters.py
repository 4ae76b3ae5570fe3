"""Small facts about written Chinese: punctuation of one width, numbers in characters.

Pure. `same_length` never changes the number of characters, so positions found in its result are
positions in the original.
"""

from __future__ import annotations

import re

_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_OTHER = str.maketrans(
    {
        "　": " ",
        "－": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "~": "-",
        "～": "-",
        "〔": "[",
        "〕": "]",
        "〈": "(",
        "〉": ")",
    }
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

# Nobody writes numbers of so many characters, or so many characters without any punctuation; the word forms,
# which look at every beginning of a name or number, would take minutes over a page of them.
_BABBLE = re.compile(r"[一二两三四五六七八九十〇零百千万亿]{17,}|\d{17,}|[\u4e00-\u9fff]{200,}")

NUMBER = r"(?:\d+|[一二两三四五六七八九十]+)"


def same_length(text: str) -> str:
    """Half-width digits, letters and punctuation; dashes of all kinds as `-`; same length.

    What is no writing (endless numbers, two hundred characters without punctuation) becomes full stops.
    """
    plain = text.translate(_FULL).translate(_OTHER)
    return _BABBLE.sub(lambda found: "。" * len(found.group()), plain)


def number(text: str) -> int:
    """`12`, `十二`, `二十`, `两` as an integer; ValueError for anything else."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text]
    raise ValueError(f"不是数字: {text!r}")


def year(text: str) -> int:
    """`2022` or `二〇二二`."""
    return int(text) if text.isdigit() else int("".join(str(_DIGITS[c]) for c in text))
