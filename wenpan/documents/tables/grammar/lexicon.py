"""Lexicon: a header or title cut into words of which every one is known, or said to be left over.

Pure. The cut leaves as few characters over as can be, then has as few words as can be: 本年本月止累计 is
one word, 增加值 is a thing of its own and never 增加 and 值. Footnote marks, spaces and brackets are no
words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.words import periods
from wenpan.documents.words.units import canonical, unit_words
from wenpan.economy.figures.indicators import Indicator

_FOOTNOTE = re.compile(r"[①-⓿❶-➓¹²³⁰-⁹*†‡]+")
_PUNCTUATION = set("()（）:：、,，.。;；·_-+/\\|\"'“”‘’ 　《》<>!！?？")
_BRACKETS = str.maketrans("【】〔〕[]「」『』", "()()()()()")
_Y = r"(?:(?:19|20)\d{2}年(?:度)?|\d{2}年)?"
_SPAN = re.compile(
    _Y + r"\d{1,2}(?:月(?:份)?)?(?:-|至|到)\d{1,2}月(?:份|末|底)?"
    r"|(?:19|20)\d{2}[./]1(?:-|至|到)(?:1[0-2]|[2-9])(?![\d./-])"
    r"|" + _Y + r"(?:上半年|前[一二三123]季度|前\d{1,2}个?月|全年)(?:末|底)?"
    r"|" + _Y + r"第?[一二三四1-4](?:-[一二三四1-4])?季度(?:末|底)?"
    r"|(?:19|20)\d{2}[./-](?:0?[1-9]|1[0-2])(?![\d.])"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?!\d)"
    r"|" + _Y + r"\d{1,2}月(?:份|末|底)?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年(?:度)?(?!\d)|(?![\d./年-]))")
_YEARS = re.compile(r"(?:19|20)\d{2}(?:年)?(?:-|至|到)(?:19|20)\d{2}(?:年(?:度)?)?(?![\d./])")
_COST = 10  # of a character that nobody accounts for


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `value` is a code (indicator, region, basis, unit, role); `period` of a period or a year."""

    kind: str
    text: str
    value: str = ""
    period: periods.ReadPeriod | None = None


@lru_cache(maxsize=16_384)
def shape(text: str) -> str:
    """One spelling: NFKC, no spaces or footnote marks, one kind of dash and bracket, lower case."""
    return periods.normalise_period(_FOOTNOTE.sub("", text)).translate(_BRACKETS).lower()


class Lexicon:
    """The words of one kind of table in one place; answers are remembered."""

    def __init__(
        self,
        kind: WorkbookKind,
        catalogue: Mapping[str, Indicator],
        regions: Mapping[str, str],
        units: Mapping[str, str],
        note_words: Sequence[str] = (),
    ) -> None:
        self.words = kind.words
        self._known: dict[str, Token] = {}
        for name, code in regions.items():
            self._add("region", code, name)
        for code, indicator in catalogue.items():
            for name in (indicator.name, indicator.short_name, *indicator.aliases):
                if name:
                    self._add("indicator", code, name)
        for name, code in units.items():
            self._add("carrier", code, name)
        for kind_of, value, words in kind.words.meanings():
            for word in words:
                self._add(kind_of, value, word)
        self._add_kind(kind)
        for word in note_words:
            self._add("note_word", "", word)
        self._longest = max(map(len, self._known), default=1)
        self.read = lru_cache(maxsize=16_384)(self._read)

    def _add(self, kind: str, value: str, word: str) -> None:
        if spelt := shape(word):
            self._known.setdefault(spelt, Token(kind, word, value))

    def _add_kind(self, kind: WorkbookKind) -> None:
        """What a place's own kind adds, and who sets targets."""
        for basis, words in kind.bases.items():
            for word in words:
                self._add("basis", basis, word)
        for setter, words in kind.set_by.items():
            for word in words:
                self._add("set_by", setter, word)
        for scope, words in kind.measures.items():
            for word in words:
                self._add(scope, "", word)
        for word in kind.past:
            self._add("beside", "last_year", word)
        for role, words in kind.contains.items():
            for word in words:
                self._add("beside", {"ignore": "note"}.get(role, role), word)
        for word in (*kind.city_words, *kind.home_words):
            self._add("city" if word in kind.city_words else "home", "", word)

    def _read(self, text: str) -> tuple[Token, ...]:
        plain = shape(text)
        n = len(plain)
        best: list[tuple[int, int]] = [(0, 0)] * (n + 1)
        step: list[tuple[int, Token]] = [(n, Token("", ""))] * n
        for i in range(n - 1, -1, -1):
            options = [(i + 1, Token("punctuation" if plain[i] in _PUNCTUATION else "left", plain[i]))]
            options += self._at(plain, i)
            choice = None
            for end, token in options:
                left, count = best[end]
                cost = (left + (_COST if token.kind == "left" else 0), count + (token.kind != "punctuation"))
                if choice is None or cost < choice[0] or (cost == choice[0] and end > choice[1]):
                    choice = (cost, end, token)
            assert choice is not None
            best[i], step[i] = choice[0], (choice[1], choice[2])
        return _joined(step, n)

    def _at(self, plain: str, i: int) -> list[tuple[int, Token]]:
        found = []
        if plain[i].isdigit() or plain[i] in "上前全第一二三四":
            found += _periods(plain, i)
        found += _units(plain, i)
        for end in range(min(len(plain), i + self._longest), i, -1):
            if token := self._known.get(plain[i:end]):
                found.append((end, token))
        return found


def _periods(plain: str, i: int) -> list[tuple[int, Token]]:
    if i and plain[i].isdigit() and (plain[i - 1].isdigit() or plain[i - 1] == "."):
        return []
    found = []
    if match := _SPAN.match(plain, i):
        period = periods.find_period(match[0])
        if period is not None:
            found.append((match.end(), Token("period", match[0], period=period)))
    if match := _YEARS.match(plain, i):
        found.append((match.end(), Token("years", match[0])))
    if match := _YEAR.match(plain, i):
        year = periods.ReadPeriod(int(match[0][:4]), 0, "", match[0])
        found.append((match.end(), Token("year", match[0], period=year)))
    return found


def _units(plain: str, i: int) -> list[tuple[int, Token]]:
    found = []
    for word in unit_words(plain[i]):
        if not plain.startswith(word, i):
            continue
        end = i + len(word)
        alone = (i == 0 or plain[i - 1] in "(、,/:;") and (end == len(plain) or plain[end] in ")、,/;")
        if len(word) > 1 or word == "%" or alone:
            found.append((end, Token("unit", word, canonical(word))))
    return found


def _joined(step: list[tuple[int, Token]], n: int) -> tuple[Token, ...]:
    """The words in order; what is left over side by side is one word."""
    tokens: list[Token] = []
    i, open_end = 0, -1
    while i < n:
        end, token = step[i]
        if token.kind == "left":
            if tokens and tokens[-1].kind == "left" and open_end == i:
                tokens[-1] = Token("left", tokens[-1].text + token.text)
            else:
                tokens.append(token)
            open_end = end
        elif token.kind != "punctuation":
            tokens.append(token)
        i = end
    return tuple(tokens)
