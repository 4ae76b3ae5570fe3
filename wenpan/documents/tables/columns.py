"""Columns: what a column stands for, read from the words of its header by a closed world.

A column is a figure only if every word of its path is accounted for; what is left over is `left_over`, and
the column is asked about. Known columns beside the figures (a gap, a share, last year's value) have their
`beside` role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wenpan.documents.tables.grammar.lexicon import Lexicon, Token
from wenpan.documents.tables.grammar.path_words import (
    GROWTH_WORDS,
    LEVEL_WORDS,
    SCOPES,
    PathReader,
)
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names, basis_in
from wenpan.documents.words import periods
from wenpan.documents.words.units import canonical, normal, units_in, without_units
from wenpan.economy.figures.indicators import Measure

KEYS = ("indicator", "region", "unit", "period", "measure", "basis", "value", "document")


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column. `growth` None: the words do not say whether level or growth; `scope` likewise."""

    index: int
    header: str
    role: str = ""  # a role of kinds.ROLES, or "" for: not recognised
    growth: bool | None = None
    scope: str = ""  # month | ytd | balance
    basis: str | None = None
    unit: str = ""
    indicator: str = ""
    region: str = ""
    carrier: str = ""  # code of the department or town that carries a split target
    set_by: str = ""
    period: periods.ReadPeriod | None = None
    year: int = 0  # the header names only a year
    fixed: bool = False  # mapped by a person: the words of a row do not change its measure
    beside: str = ""  # a role of the vocabulary's `beside`: known, and no figure
    left_over: tuple[str, ...] = ()  # words that nobody accounts for
    why: str = ""  # why it is asked about, where no word is left over
    path: tuple[str, ...] = ()
    said: bool = False  # level or growth is said in words, not only by a unit
    with_rank: bool = False  # 增速(位次): the rank stands in brackets behind the number
    amount: bool = False  # the words say that it is an amount: never a rate

    @property
    def asked(self) -> bool:
        return bool(self.left_over or self.why)


def scope_in(text: str, kind: WorkbookKind) -> str:
    """month | balance | ytd | "" by the words of a cell."""
    found = [SCOPES[t.kind] for t in _words_of(kind).read(text) if t.kind in SCOPES]
    return found[-1] if found else ""


def growth_in(text: str, kind: WorkbookKind) -> bool | None:
    kinds = {t.kind for t in _words_of(kind).read(text)}
    if kinds & (GROWTH_WORDS | {"unsure_growth"}):
        return True
    return False if kinds & (LEVEL_WORDS | {"month", "ytd", "balance"}) else None


def measure_words(text: str, kind: WorkbookKind) -> tuple[bool | None, str, str | None]:
    """What a cell of the column of measures says: growth or not, the scope ("" for none), the basis."""
    text = normal(text)
    if not text:
        return None, "", None
    if text.lower() in _MEASURE_CODES:
        return text.endswith("growth"), text.lower().removesuffix("_growth"), None
    return growth_in(text, kind), scope_in(text, kind), basis_in(text, kind)


def measure_words_left(text: str, kind: WorkbookKind, *, dated: bool = False) -> bool:
    """Whether a cell in the column of measures says more than a measure, a basis and a unit.

    `dated`: it is the cell of the period, which may say a measure too."""
    if text.strip().lower() in _MEASURE_CODES:
        return False
    known = {*SCOPES, *GROWTH_WORDS, *LEVEL_WORDS, "unsure_growth", "basis", "unit", "filler"}
    tokens = _words_of(kind).read(text)
    if dated:
        return any(t.kind == "beside" for t in tokens)
    return any(t.kind not in known for t in tokens)


def says_measure(text: str, kind: WorkbookKind) -> bool:
    """Whether a cell is a head of numbers: a measure, a period or a unit, and nothing else."""
    kinds = {t.kind for t in _words_of(kind).read(text)}
    measures = {*SCOPES, *GROWTH_WORDS, *LEVEL_WORDS, "unsure_growth"}
    return bool(kinds & measures) and kinds <= measures | {"basis", "unit", "filler", "period", "year"}


def is_rank(text: str, kind: WorkbookKind) -> bool:
    """增速位次: a row of ranks."""
    return any(t.kind == "beside" and t.value == "rank" for t in _words_of(kind).read(text))


_MEASURE_CODES = set(Measure)


def _words_of(kind: WorkbookKind) -> Lexicon:
    if kind not in _BARE:
        _BARE[kind] = Lexicon(kind, {}, {}, {})
    return _BARE[kind]


_BARE: dict[WorkbookKind, Lexicon] = {}


def classify(
    index: int, path: Sequence[str], kind: WorkbookKind, names: Names, units: Mapping[str, str]
) -> HeaderColumn:
    """The column under the header texts `path`, top down."""
    texts = tuple(p for p in path if p)
    words = [normal(p) for p in texts]
    header = " ".join(p.strip() for p in texts)
    if not words:
        return HeaderColumn(index, "")
    if role := _key_role(words, kind):
        found = units_in("".join(words))
        return HeaderColumn(
            index, header, role, unit=found[0] if role == "value" and found else "", path=texts
        )
    reader = PathReader(_read_path(texts, kind, names), kind.words.city)
    facts = reader.facts()
    column = HeaderColumn(index, header, path=texts, **facts)
    return _with_role(column, reader, kind)


def _read_path(texts: Sequence[str], kind: WorkbookKind, names: Names) -> list[tuple[Token, ...]]:
    """The words of each header cell; a phrase that runs over two cells (比上年同期 | 增长%) is one."""
    lexicon = names.lexicon(kind)
    parts: list[tuple[Token, ...]] = []
    for text in texts:
        region = names.region(text)
        city = normal(text) in kind.words.city
        if region and not units_in(text):  # 全市(%) says more than a place
            parts.append((Token("city" if city else "region", text, region),))
        else:
            parts.append(lexicon.read(text))
    if any(t.value == "last_year" for part in parts[:-1] for t in part):
        whole = lexicon.read("".join(texts))
        if {t.kind for t in whole} & GROWTH_WORDS and not any(t.value == "last_year" for t in whole):
            return [whole]
    return parts


def _with_role(column: HeaderColumn, reader: PathReader, kind: WorkbookKind) -> HeaderColumn:
    beside, why = reader.beside(), ""
    if (
        kind.produces == "targets"
        and beside in ("", "target")
        and (beside or column.set_by or column.carrier)
    ):
        return _target(column, reader)
    if beside == "rank" and _RANK_BEHIND.search(normal(column.path[-1])) and column.growth:
        bare = PathReader(
            [tuple(t for t in part if t.value != "rank") for part in reader.parts], kind.words.city
        )
        return replace(_with_role(column, bare, kind), with_rank=True)
    if beside == "rank":
        # A unit in the group's title belongs to the level beside the rank; only words say what is ranked.
        said = column.growth if column.said else None
        return replace(column, role="rank", beside="rank", growth=said)
    if beside:
        return replace(column, role="ignore", beside=beside, left_over=reader.left_over(loosely=True))
    left = reader.left_over(carriers=kind.produces == "targets")
    why = why or reader.contradiction() or _two_kinds(column, reader)
    says = (
        column.growth is not None or column.scope or column.period or column.unit or column.year
        or column.indicator or column.region or column.basis
    )  # fmt: skip
    if kind.produces == "targets":
        return replace(column, left_over=left, why=why)
    if not says and not left and not why:
        why = "表头没有写明是什么数"
    role = "figure" if says and not left and not why else ""
    return replace(column, role=role, left_over=left, why=why)


_RANK_BEHIND = re.compile(r"[(](?:位次|排名|名次|排位)[)]$")
_PARTED = re.compile(r"[/、|&]|及|和")


def _two_kinds(column: HeaderColumn, reader: PathReader) -> str:
    """总量/增速 are two numbers, 总量增速 is one; a percent sign alone may be a rate, a share or progress."""
    for text, part in zip(column.path, reader.parts, strict=False):
        kinds = {t.kind for t in part}
        if kinds & GROWTH_WORDS and kinds & LEVEL_WORDS and _PARTED.search(without_units(text)):
            return "一列里写了两种数"
    words = {t.kind for part in reader.parts for t in part}
    if words and words <= {"unit", "filler"} and column.unit in ("%", "‰"):
        return "只写了百分号, 是增速还是比重不明确"
    return ""


def _target(column: HeaderColumn, reader: PathReader) -> HeaderColumn:
    left, why = reader.left_over(carriers=True), reader.contradiction()
    if column.period and column.period.month != 12 and not left:
        return replace(column, role="ignore", beside="part_target")
    return replace(column, role="" if left or why else "target", left_over=left, why=why)


def _key_role(words: Sequence[str], kind: WorkbookKind) -> str:
    bare = [w.split("(")[0] or w for w in words]
    for role in KEYS:
        wanted = kind.roles.get(role, ())
        if any(w in wanted for w in (*words, *bare)):
            return role
    return ""


def mapped(index: int, header: str, mapping: Mapping[str, Any]) -> HeaderColumn:
    """A column as a person mapped it: role, measure, basis, unit, indicator, region, set_by."""
    measure = str(mapping.get("measure") or "")
    return HeaderColumn(
        index,
        header,
        str(mapping.get("role") or "ignore"),
        growth=measure.endswith("_growth") if measure else None,
        scope=measure.removesuffix("_growth"),
        basis=mapping.get("basis") or None,
        unit=canonical(str(mapping.get("unit") or "")) or str(mapping.get("unit") or ""),
        indicator=str(mapping.get("indicator") or ""),
        region=str(mapping.get("region") or ""),
        set_by=str(mapping.get("set_by") or ""),
        period=periods.find_period(str(mapping.get("period") or "") or header),
        fixed=bool(measure),
        path=tuple(header.split(" ")) if header else (),
        said=bool(measure),
    )
