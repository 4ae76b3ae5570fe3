"""The vocabulary of headers and titles: which words mean a measure, a basis, a column beside the figures,
or nothing.

Data from `wenpan/rules/table_words.yaml`. A word that stands in no list is left over, and a column with a
word left over is asked about. `from_data` refuses unknown keys with a Chinese sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_ABOUT = {"version", "effective_from", "effective_to", "source", "description"}
_BESIDE_KEYS = {"label", "words", "asks"}

# Which of two known columns a header is that holds words of both; the first wins.
PRECEDENCE = (
    "estimate", "need", "index", "average", "gap", "change", "points", "progress", "share", "contribution",
    "increment", "rank", "part_target", "target", "last_period", "last_year", "above", "note",
)  # fmt: skip


@dataclass(frozen=True)
class BesideRole:
    """A known column beside the figures. `asks`: only a person can say what it is good for."""

    label: str
    words: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True)
class TableWords:
    """Lists of words; a word means what the list says that holds it."""

    growth: tuple[str, ...] = ()
    unsure_growth: tuple[str, ...] = ()  # a rate only where % stands beside it
    month_growth: tuple[str, ...] = ()
    ytd_growth: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()  # a level that is no rate
    level: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    month_level: tuple[str, ...] = ()
    ytd: tuple[str, ...] = ()
    balance: tuple[str, ...] = ()
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    versus: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    last_period: tuple[str, ...] = ()
    beside: Mapping[str, BesideRole] = field(default_factory=dict)
    filler: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    title_filler: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    regional_endings: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    sheet_filler: tuple[str, ...] = ()  # words of a sheet's name that say nothing of its numbers
    note_alarms: tuple[str, ...] = ()  # words of a note below a table that change its numbers
    note_alarms_of_named: tuple[str, ...] = ()  # words that change those of named indicators
    section_filler: tuple[str, ...] = ()  # words of a line between rows that change nothing below it
    note_words: tuple[str, ...] = ()  # words of a note that change nothing
    note_usual: tuple[str, ...] = ()  # whole sentences or clauses of notes that change nothing, as patterns
    note_causes: tuple[str, ...] = ()  # words of a clause that tells why a number is as it is
    remark_heads: tuple[str, ...] = ("备注", "说明")  # heads of columns of free text
    remark_heads_of_causes: tuple[str, ...] = ()  # words of heads below which causes and measures stand
    remark_of_number: tuple[str, ...] = ()  # words by which a remark speaks of the number itself
    remark_tells: tuple[str, ...] = ()  # words by which a remark tells of the world
    page_words: tuple[str, ...] = ()  # words at the head or foot of printed pages that change nothing
    series_places: tuple[str, ...] = ()  # lines of an exported series: whose it is
    series_lines: tuple[str, ...] = ()  # other lines of an exported series

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TableWords:
        """The vocabulary from the parsed YAML; a ValueError says in Chinese which key is wrong."""
        data = {k: v for k, v in data.items() if k not in _ABOUT}
        if unknown := set(data) - set(cls.__dataclass_fields__):
            raise ValueError(f"表头用词里有不认识的键: {'、'.join(sorted(unknown))}")
        bases = {str(k): _words(f"bases.{k}", v) for k, v in (data.pop("bases", None) or {}).items()}
        beside = {str(k): _role(str(k), v) for k, v in (data.pop("beside", None) or {}).items()}
        if wrong := set(beside) - set(PRECEDENCE):
            raise ValueError(f"beside 里不认识 {'、'.join(sorted(wrong))}, 可用: {'、'.join(PRECEDENCE)}")
        lists = {str(k): _words(str(k), v) for k, v in data.items()}
        for usual in lists.get("note_usual", ()):
            _pattern(usual)
        return cls(**lists, bases=bases, beside=beside)

    def meanings(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """(kind of token, value, words), what goes first before what goes later for the same word."""
        for role, known in self.beside.items():
            yield "beside", role, known.words
        yield "beside", "last_year", self.last_year
        yield "beside", "last_period", self.last_period
        for basis, words in self.bases.items():
            yield "basis", basis, words
        yield "city", "", self.city
        yield "home", "", self.home
        for kind in (
            "growth", "unsure_growth", "month_growth", "ytd_growth", "amount", "level", "month",
            "month_level", "ytd",
            "balance", "versus", "things", "joins", "filler", "provinces", "topics", "title_filler",
        ):  # fmt: skip
            yield kind, "", getattr(self, kind)


def _words(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or any(isinstance(v, (dict, list)) or v in (None, "") for v in value):
        raise ValueError(f"{key} 应为一列词, 实为 {value!r}")
    return tuple(str(v) for v in value)


def _pattern(usual: str) -> None:
    try:
        re.compile(usual)
    except re.error as error:
        raise ValueError(f"note_usual 里的句式写错了: {usual!r}({error})") from None


def _role(key: str, value: Any) -> BesideRole:
    if not isinstance(value, dict) or not value.get("label") or set(value) - _BESIDE_KEYS:
        raise ValueError(f"beside.{key} 应有 label 和 words, 实为 {value!r}")
    return BesideRole(
        str(value["label"]), _words(f"beside.{key}.words", value.get("words") or []), bool(value.get("asks"))
    )
