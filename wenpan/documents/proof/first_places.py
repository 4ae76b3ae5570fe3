"""Regions that a paper says are among the first: `增速居全市前三位的是甲区、乙县、丙区`. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from wenpan.documents.proof.subject_names import SubjectNames
from wenpan.documents.words.characters import number

_FIRST = re.compile(r"前(?P<n>\d{1,2}|[一二两三四五六七八九十])(?:位|名)?(?!季度|[年月天周个])")
_FASTEST = re.compile(r"最(?:快|高)的(?:区县|地区|县区|县市)?(?:分别)?(?:是|为)$")
_BRACKET = r"(?:\([^()]{0,16}\))?"
_COUNTED = re.compile(r"^(?:等)?[二两三四五六七八九十\d]?个?(?:地区|区县|县区|县市|地|区|县|家)?的?")


class FirstPlace(NamedTuple):
    """One region of such a list, said to be among the `first`. Empty indicator: as before."""

    start: int
    end: int
    region: str
    first: int
    indicator: str
    subject: str


def named_first(words: str) -> int:
    """3 in `增速居全市前三位的区县`; 0 where nothing of the kind is said."""
    m = _FIRST.search(words)
    return number(m["n"]) if m and re.search("增速|增幅|排名|位次|全[市省]", words) else 0


@lru_cache(maxsize=8)
def _all_lists(plain: str, one: str) -> tuple[re.Pattern[str], list[re.Match[str]], list[int]]:
    a_list = re.compile(rf"(?:{one}){_BRACKET}(?:[、和](?:{one}){_BRACKET})*")
    found = [*a_list.finditer(plain)]
    return a_list, found, [m.start() for m in found]


def _lists(plain: str, a: int, b: int, one: str) -> Iterator[re.Match[str]]:
    """The lists of regions that begin between `a` and `b`, found once a paragraph; the last ends at `b`."""
    a_list, found, starts = _all_lists(plain, one)
    for m in found[bisect_left(starts, a) : bisect_left(starts, b)]:
        if m.end() <= b:
            yield m
        else:
            yield from a_list.finditer(plain, m.start(), b)


def first_places(plain: str, a: int, b: int, told: int, naming: SubjectNames) -> Iterator[FirstPlace]:
    """The regions of every list that names as many as it says. `told`: by the heading before it."""
    for m in _lists(plain, a, b, naming.a_region.pattern):
        names = [
            r
            for r in naming.a_region.finditer(plain, m.start(), m.end())
            if naming.regions[r.group()] != naming.whole
        ]
        before, after = plain[a : m.start()], plain[m.end() : b]
        behind = _FIRST.search(after)
        listed = re.search(r"(?:为|是|有|:|的)$", before) or not before
        first = named_first(before) if listed else 0
        words = before
        if behind and not first and named_first(after):
            first, words = named_first(after), _COUNTED.sub("", re.split("位居|位列|居|列|排|进入", after)[0])
        elif _FASTEST.search(before):
            first, words = 1, _FASTEST.sub("", before)
        elif not first and listed:
            first = told
        if not first or len(names) != first:
            continue
        code, subject = naming.subject(
            _FIRST.sub("", re.sub(r"(?:的?(?:区县|地区|县区|县市))?(?:依次|分别)?(?:是|为|有)$", "", words))
        ) or ("", "")
        for r in names:
            yield FirstPlace(r.start(), r.end(), naming.regions[r.group()], first, code, subject)
