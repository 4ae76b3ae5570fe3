"""Columns: what a column stands for, read from the words of its header by a closed world.

A column is a figure only if every word of its path is accounted for; what is left over is `left_over`, and the
column is asked about. Known columns beside the figures (a gap, a share, last year's value) have their `beside` role.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.lexicon import Lexicon, Token
from wenpan.documents.tables.names import Names
from wenpan.documents.tables.vocabulary import PRECEDENCE
from wenpan.documents.words import periods
from wenpan.documents.words.units import canonical, normal, units_in

CITY, HOME = "@city", "@home"  # the whole city, the own district, whatever their codes are
KEYS = ("indicator", "region", "unit", "period", "measure", "basis", "value", "document")
PERCENT = ("%", "‰")

_GROWTH = {"growth", "month_growth", "ytd_growth"}
_LEVEL = {"level", "amount", "month_level"}
_SCOPES = {
    "month": "month", "month_growth": "month", "month_level": "month", "ytd": "ytd", "ytd_growth": "ytd",
    "balance": "balance",
}  # fmt: skip
_LEVELS_OF_OFFICE = {"区", "县", "市", "省", "镇", "区级", "县级", "市级", "本级"}
_STRANGE = {"left", "things", "topics", "title_filler", "provinces"}


@dataclass(frozen=True, slots=True)
class Column:
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
    period: periods.Found | None = None
    year: int = 0  # the header names only a year
    fixed: bool = False  # mapped by a person: the words of a row do not change its measure
    beside: str = ""  # a role of the vocabulary's `beside`: known, and no figure
    left_over: tuple[str, ...] = ()  # words that nobody accounts for
    why: str = ""  # why it is asked about, where no word is left over
    path: tuple[str, ...] = ()
    said: bool = False  # level or growth is said in words, not only by a unit
    amount: bool = False  # the words say that it is an amount: never a rate

    @property
    def asked(self) -> bool:
        return bool(self.left_over or self.why)


def scope_in(text: str, kind: WorkbookKind) -> str:
    """month | balance | ytd | "" by the words of a cell."""
    found = [_SCOPES[t.kind] for t in _words_of(kind).read(text) if t.kind in _SCOPES]
    return found[-1] if found else ""


def growth_in(text: str, kind: WorkbookKind) -> bool | None:
    kinds = {t.kind for t in _words_of(kind).read(text)}
    if kinds & (_GROWTH | {"unsure_growth"}):
        return True
    return False if kinds & (_LEVEL | {"month", "ytd", "balance"}) else None


def measure_words_left(text: str, kind: WorkbookKind) -> bool:
    """Whether the words of a cell in the column of measures say more than a measure, a basis and a unit."""
    if text.strip().lower() in _MEASURE_CODES:
        return False
    known = {*_SCOPES, *_GROWTH, *_LEVEL, "unsure_growth", "basis", "unit", "filler"}
    return any(t.kind not in known for t in _words_of(kind).read(text))


_MEASURE_CODES = {"ytd", "ytd_growth", "month", "month_growth", "balance", "balance_growth"}


def _words_of(kind: WorkbookKind) -> Lexicon:
    if kind not in _BARE:
        _BARE[kind] = Lexicon(kind, {}, {}, {})
    return _BARE[kind]


_BARE: dict[WorkbookKind, Lexicon] = {}


def classify(
    index: int, path: Sequence[str], kind: WorkbookKind, names: Names, units: Mapping[str, str]
) -> Column:
    """The column under the header texts `path`, top down."""
    texts = tuple(p for p in path if p)
    words = [normal(p) for p in texts]
    header = " ".join(p.strip() for p in texts)
    if not words:
        return Column(index, "")
    if role := _key_role(words, kind):
        found = units_in("".join(words))
        return Column(index, header, role, unit=found[0] if role == "value" and found else "", path=texts)
    reader = _PathReader(_read_path(texts, kind, names), kind.words.city)
    facts = reader.facts()
    column = Column(index, header, path=texts, **facts)
    return _with_role(column, reader, kind)


def _read_path(texts: Sequence[str], kind: WorkbookKind, names: Names) -> list[tuple[Token, ...]]:
    """The words of each header cell; a phrase that runs over two cells (比上年同期 | 增长%) is one."""
    lexicon = names.lexicon(kind)
    parts = []
    for text in texts:
        region = names.region(text)
        city = normal(text) in kind.words.city
        parts.append((Token("city" if city else "region", text, region),) if region else lexicon.read(text))
    if any(t.value == "last_year" for part in parts[:-1] for t in part):
        whole = lexicon.read("".join(texts))
        if {t.kind for t in whole} & _GROWTH and not any(t.value == "last_year" for t in whole):
            return [whole]
    return parts


def _with_role(column: Column, reader: _PathReader, kind: WorkbookKind) -> Column:
    beside, why = reader.beside(column)
    if kind.produces == "targets" and beside in ("", "target") and (beside or column.set_by or column.carrier):
        return _target(column, reader)
    if beside == "rank":
        # A unit in the group's title belongs to the level beside the rank; only words say what is ranked.
        said = column.growth if column.said else None
        return replace(column, role="rank", beside="rank", growth=said)
    if beside:
        return replace(column, role="ignore", beside=beside, left_over=reader.left_over(loosely=True))
    left = reader.left_over(carriers=kind.produces == "targets")
    why = why or reader.contradiction()
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


def _target(column: Column, reader: _PathReader) -> Column:
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


@dataclass
class _PathReader:
    """What the words of a path say; what stands lower goes before what stands above it."""

    parts: list[tuple[Token, ...]]
    city: tuple[str, ...] = ()  # words for the whole city
    _lower: list[tuple[Token, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._lower = list(reversed(self.parts))

    def facts(self) -> dict[str, Any]:
        growth, said = self._growth()
        levels = [t.value for part in self._lower for t in part if t.kind == "unit" and not _is_percent(t)]
        percent = any(_is_percent(t) for part in self.parts for t in part if t.kind == "unit")
        unit = ("%" if growth else (levels[0] if levels else "")) if levels or percent else ""
        if growth and any(t.value == "‰" for part in self.parts for t in part):
            unit = "‰"
        period = self._first("period")
        year = self._first("year")
        found = period.period if period else None
        if found and found.year is None and year and year.period:
            found = replace(found, year=year.period.year)  # 2021年 above 1—9月
        carrier, set_by, basis = (self._first(k) for k in ("carrier", "set_by", "basis"))
        indicator = self._first("indicator")
        return {
            "growth": growth,
            "said": said,
            "amount": growth is False and any(t.kind == "amount" for part in self.parts for t in part),
            "scope": self._scope(),
            "basis": basis.value if basis else None,
            "unit": unit,
            "period": found,
            "year": year.period.year or 0 if year and year.period and not found else 0,
            "indicator": indicator.value if indicator else "",
            "region": self._region(),
            "carrier": carrier.value if carrier else "",
            "set_by": set_by.value if set_by else "",
        }

    def _first(self, kind: str) -> Token | None:
        """The last word of that kind in the lowest part that has one."""
        for part in self._lower:
            if found := [t for t in part if t.kind == kind]:
                return found[-1]
        return None

    def _region(self) -> str:
        for part in self._lower:
            for t in part:
                if t.kind == "city" or (t.kind == "region" and t.text in self.city):
                    return CITY
                if t.kind in ("region", "home"):
                    return HOME if t.kind == "home" else t.value
        return ""

    def _growth(self) -> tuple[bool | None, bool]:
        """Level or growth, and whether words say it."""
        percent = any(_is_percent(t) for part in self.parts for t in part)
        for part in self._lower:
            kinds = {t.kind for t in part}
            units = {t.value for t in part if t.kind == "unit"}
            if kinds & _GROWTH or (kinds & {"unsure_growth"} and percent):
                return True, True
            if "basis" in kinds and any("增" in t.text for t in part if t.kind == "basis"):
                return True, True
            if kinds & _LEVEL:
                return False, True
            if units and all(u in PERCENT for u in units):
                return True, False
            if units and not any(u in PERCENT for u in units):
                return False, False
        return None, False

    def _scope(self) -> str:
        for part in self._lower:
            words = [_SCOPES[t.kind] for t in part if t.kind in _SCOPES]
            spans = [t.period.scope for t in part if t.kind == "period" and t.period]
            if "balance" in words:
                return "balance"
            if words:
                return "ytd" if "ytd" in words else words[0]
            if spans and spans[-1]:
                return spans[-1]
        return ""

    def left_over(self, *, loosely: bool = False, carriers: bool = False) -> tuple[str, ...]:
        """Words that nobody accounts for. `loosely`: a known column beside the figures may say what it likes."""
        if loosely:
            return ()
        strange = _STRANGE | (set() if carriers else {"carrier", "set_by"})
        found = [t.text for part in self.parts for t in part if t.kind in strange]
        if carriers:  # 区人代会, 县自定: whose congress, whose target
            found = [text for text in found if text not in _LEVELS_OF_OFFICE]
        found += [t.text for part in self.parts for t in part if t.kind == "versus"]
        return tuple(dict.fromkeys(found))

    def contradiction(self) -> str:
        """Why words that are all known do not say one thing."""
        for part in self._lower:
            kinds = [t.kind for t in part]
            has = set(kinds)
            scopes = {_SCOPES[k] for k in has if k in _SCOPES}
            spans = {t.period.scope for t in part if t.period and t.kind == "period" and t.period.scope}
            if "month" in scopes and ("ytd" in scopes or spans == {"ytd"}):
                return "既写当月又写累计"
            if has & (_GROWTH | {"unsure_growth"}) and "joins" in has:
                return "一列里写了两种数"
            if len({t.value for t in part if t.kind == "indicator"}) > 1:
                return "一列里写了两个指标"
            if len({t.value or t.kind for t in part if t.kind in ("region", "city", "home")}) > 1:
                return "一列里写了两个地区"
            if any(t.kind == "period" and t.period and not t.period.scope and "季" in t.text for t in part):
                return "只写了一个季度, 是当季还是累计不明确"
        if self._unsure():
            return "“增减”没有写明是幅度(%)还是数额"
        return ""

    def _unsure(self) -> bool:
        unsure = any(t.kind == "unsure_growth" for part in self.parts for t in part)
        growth, _said = self._growth()
        return unsure and growth is not True

    def beside(self, column: Column) -> tuple[str, str]:
        """(role beside the figures or "", why it is asked about or "")."""
        found: set[str] = set()
        for place, part in enumerate(self.parts):
            if place < len(self.parts) - 1 and any(t.kind == "joins" for t in part):
                continue  # 目标及完成情况 above 目标 and 完成
            found |= _besides(part)
        has = {t.kind for part in self.parts for t in part}
        units = {t.value for part in self._lower[:1] for t in part if t.kind == "unit"}
        if "百分点" in {t.value for part in self.parts for t in part if t.kind == "unit"}:
            found.add("points")
        if has & (_GROWTH | {"unsure_growth"}) and units and not (units & {*PERCENT, "百分点"}):
            found.add("increment")
        role = next((r for r in PRECEDENCE if r in found), "")
        return role, ""


def _besides(part: Sequence[Token]) -> set[str]:
    """Roles beside the figures that the words of one header cell mean."""
    found = {t.value for t in part if t.kind == "beside"}
    for at, token in enumerate(part):
        if token.kind != "versus":
            continue
        rest = [t for t in part[at + 1 :]] or list(part[:at])
        kinds = {t.kind for t in rest}
        values = {t.value for t in rest if t.kind == "beside"}
        if kinds & {"region", "city", "home", "provinces", "indicator"} or "above" in values:
            found.add("gap")
        elif "period" in kinds or "last_period" in values:
            found.add("change")
        elif "target" in values:
            found.add("progress")
    return found


def _is_percent(token: Token) -> bool:
    return token.kind == "unit" and token.value in PERCENT


def mapped(index: int, header: str, mapping: Mapping[str, Any]) -> Column:
    """A column as a person mapped it: role, measure, basis, unit, indicator, region, set_by."""
    measure = str(mapping.get("measure") or "")
    return Column(
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
