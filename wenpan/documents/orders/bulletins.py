"""Bulletins of supervision: what was ordered stands in quotation marks, how far it is stands behind.

Pure. `县水利局负责的“10月底前完成清淤。”截至目前,完成3公里`: the words in the marks are the matter, the unit
before 负责的 leads; how far it is (目前…, 截至…, 已…) is no part of it and no matter of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wenpan.documents.orders.paper import ReadPaper
from wenpan.documents.orders.units.gazetteer import split_names
from wenpan.documents.orders.units.subject import listed_at_head
from wenpan.documents.words.sentences import Span

_HOLDS = r"(?:具体)?(?:负责|牵头|承办|主办|落实|包抓|实施)的[^“”,。;]{0,8}"
_IN_MARKS = re.compile(r"“(?P<task>[^”]{6,})”")
_SO_FAR = re.compile(
    r"[,。;](?:截至|截止|目前|现已|至今|进展情况:|完成情况:|已(?:完成|建成|开工|启动|印发|拨付|投用|办结))"
)
_BEGINS_SO_FAR = re.compile(r"[\s,。;]*(?:截至|截止|目前|现已|至今|进展情况:|完成情况:|已)[^。\n]*。")


@lru_cache(maxsize=16)
def _holder(listed: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<names>{listed}){_HOLDS}$")


def quoted_spans(doc: ReadPaper, start: int, end: int) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Each quoted order with who holds it: the words between the marks, and the names before 负责的."""
    plain = doc.plain
    for m in _IN_MARKS.finditer(plain, start, end):
        before = plain[max(start, m.start() - 80) : m.start()]
        piece = re.split("[。;]|,(?=[^,]*$)|如(?=[县市区])", before)[-1]
        found = _holder(doc.known.listed()).search(piece)
        names = found["names"] if found else ""
        if not names and re.search(_HOLDS + "$", piece):
            names = listed_at_head(piece)
        if names:
            yield m.span("task"), tuple(split_names(names))


def without_feedback(plain: str, start: int, end: int) -> Span:
    """The stretch up to where it says how far it is, and behind where the one before it did."""
    while m := _BEGINS_SO_FAR.match(plain, start, end):
        start = m.end()
    told = _SO_FAR.search(plain, start + 8, end)
    return (start, told.start()) if told else (start, end)
