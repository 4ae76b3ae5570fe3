"""Sentences of a stretch and the pieces between their commas, brackets and quotations kept whole.

Pure. Works on text of one width (`chinese.same_length`); every result is a pair of positions. A
number inside a paragraph (`会议明确:(1)…`) begins a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
_OPEN, _CLOSE = "([【《“", ")]】》”"
_BRACKETS = "([【《", ")]】》"  # a full stop inside quotation marks ends a sentence
_LIST_NUMBER = (
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、](?:(?=20\d\d年)|(?!\d(?!\d?月)))|\(\d{1,2}\)|\d{1,2}\)|[①-⑳]"
    r"|[一二三四五六七八九十]是(?:要)?|[一二三四五六七八九十]要|第[一二三四五六七八九十][,、]|首先,|其次,|再次,|最后,|[-•●])"
)
_LEAD_IN = re.compile(r"(?:作了[^,。:]{0,8}安排|如下|会议(?:要求|明确|决定|议定|强调|确定)|[批指]示)$")
_COLON_LIST = re.compile(rf":(?=\s*{_LIST_NUMBER})")
# 区长要求,一是甲公司平整道路。二是…: a list that begins behind a comma
_COMMA_LIST = re.compile(r",(?=\s*(?:一是|一要|首先,))")
_SAYS = re.compile(r"(?:要求|强调|指出|明确|提出|部署|意见)$")
NUMBER_AT_START = re.compile(
    rf"\s*(?:{_LIST_NUMBER}|(?:整改|工作|具体|主要)?(?:措施|任务|内容|目标任务)[::])\s*"
)


def _depths(
    text: str, start: int, end: int, pairs: tuple[str, str] = (_OPEN, _CLOSE)
) -> Iterator[tuple[int, int]]:
    """(position, depth of brackets); an unclosed bracket ends with its line."""
    depth = 0
    for i in range(start, end):
        if text[i] in pairs[1] and depth:
            depth -= 1
        yield i, depth
        if text[i] in pairs[0]:
            depth += 1
        elif text[i] == "\n":
            depth = 0


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begun = start
    for i, depth in _depths(text, start, end, _BRACKETS):
        ends = text[i] in "。!?;\n" and not depth
        ends = ends or (text[i] == ":" and not depth and bool(_LEAD_IN.search(text, begun, i)))
        listed = text[i] == "," and not depth and _COMMA_LIST.match(text, i)
        ends = ends or bool(listed and _SAYS.search(text, begun, i))
        if ends or (text[i] == ":" and not depth and _COLON_LIST.match(text, i)):
            if text[begun:i].strip():
                yield begun, i
            begun = i + 1
    if text[begun:end].strip():
        yield begun, end


def pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Between commas; a leading `会议要求:` is a piece too."""
    begun = start
    for i, depth in _depths(text, start, end):
        if text[i] in ",:" and not depth and not text[i - 1 : i + 2].replace(text[i], "").isdigit():
            if i > begun:
                yield begun, i
            begun = i + 1
    if end > begun:
        yield begun, end


def without_number(text: str, start: int, end: int) -> int:
    """The position behind `1.`, `(一)`, `二是`, `整改措施:` at the beginning."""
    while (m := NUMBER_AT_START.match(text, start, end)) and m.end() > start:
        start = m.end()
    return start
