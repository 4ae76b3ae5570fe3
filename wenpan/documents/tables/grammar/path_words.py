"""What the words of a header's path say; what stands lower goes before what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wenpan.documents.tables.grammar.lexicon import Token
from wenpan.documents.tables.grammar.vocabulary import PRECEDENCE

CITY, HOME = "@city", "@home"  # the whole city, the own district, whatever their codes are
PERCENT = ("%", "‰")

GROWTH_WORDS = {"growth", "month_growth", "ytd_growth"}
LEVEL_WORDS = {"level", "amount", "month_level"}
SCOPES = {
    "month": "month", "month_growth": "month", "month_level": "month", "ytd": "ytd", "ytd_growth": "ytd",
    "balance": "balance",
}  # fmt: skip
_LEVELS_OF_OFFICE = {"区", "县", "市", "省", "镇", "区级", "县级", "市级", "本级"}
_STRANGE = {"left", "things", "years", "topics", "title_filler", "provinces"}


@dataclass
class PathReader:
    """`parts` are the words of each header cell, top down."""

    parts: list[tuple[Token, ...]]
    city: tuple[str, ...] = ()  # words for the whole city
    _lower: list[tuple[Token, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.parts = [_against_last_year(part) for part in self.parts]
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
            if kinds & GROWTH_WORDS or (kinds & {"unsure_growth"} and percent):
                return True, True
            if "basis" in kinds and any("增" in t.text for t in part if t.kind == "basis"):
                return True, True
            if kinds & LEVEL_WORDS:
                return False, True
            if units and all(u in PERCENT for u in units):
                return True, False
            if units and not any(u in PERCENT for u in units):
                return False, False
        return None, False

    def _scope(self) -> str:
        for part in self._lower:
            words = [SCOPES[t.kind] for t in part if t.kind in SCOPES]
            spans = [t.period.scope for t in part if t.kind == "period" and t.period]
            if "balance" in words:
                return "balance"
            if words:
                return "ytd" if "ytd" in words else words[0]
            if spans and spans[-1]:
                return spans[-1]
        return ""

    def left_over(self, *, loosely: bool = False, carriers: bool = False) -> tuple[str, ...]:
        """Words that nobody accounts for; `loosely`: a known column beside the figures may say more."""
        if loosely:
            return ()
        strange = _STRANGE | (set() if carriers else {"carrier", "set_by"})
        found = [t.text for part in self.parts for t in part if t.kind in strange]
        if carriers:  # 区人代会, 县自定: whose congress, whose target
            found = [text for text in found if text not in _LEVELS_OF_OFFICE]
        found += [t.text for part in self.parts for t in part if t.kind == "versus"]
        return tuple(dict.fromkeys(found))

    def contradiction(self) -> str:  # noqa: PLR0911 (one return a reason)
        """Why words that are all known do not say one thing."""
        for part in self._lower:
            kinds = [t.kind for t in part]
            has = set(kinds)
            scopes = {SCOPES[k] for k in has if k in SCOPES}
            spans = {t.period.scope for t in part if t.period and t.kind == "period" and t.period.scope}
            if "month" in scopes and ("ytd" in scopes or spans == {"ytd"}):
                return "既写当月又写累计"
            if has & (GROWTH_WORDS | {"unsure_growth"}) and "joins" in has:
                return "一列里写了两种数"
            if len({t.value for t in part if t.kind == "indicator"}) > 1:
                return "一列里写了两个指标"
            if len({t.value or t.kind for t in part if t.kind in ("region", "city", "home")}) > 1:
                return "一列里写了两个地区"
            quarter = any(
                t.kind == "period" and t.period and not t.period.scope and "季" in t.text for t in part
            )
            if quarter and (len(self.parts) > 1 or has != {"period"}):  # alone, the rows may say which
                return "只写了一个季度, 是当季还是累计不明确"
        if self._unsure():
            return "“增减”没有写明是幅度(%)还是数额"
        return ""

    def _unsure(self) -> bool:
        unsure = any(t.kind == "unsure_growth" for part in self.parts for t in part)
        percent = any(_is_percent(t) for part in self.parts for t in part)
        return unsure and not percent  # 本月同比增减: an amount or a rate

    def beside(self) -> str:
        """The role beside the figures that the words mean, or ""."""
        found: set[str] = set()
        for place, part in enumerate(self.parts):
            if place < len(self.parts) - 1 and any(t.kind == "joins" for t in part):
                continue  # 目标及完成情况 above 目标 and 完成
            found |= _besides(part)
        has = {t.kind for part in self.parts for t in part}
        units = {t.value for part in self._lower[:1] for t in part if t.kind == "unit"}
        if "百分点" in {t.value for part in self.parts for t in part if t.kind == "unit"}:
            found.add("points")
        if has & (GROWTH_WORDS | {"unsure_growth"}) and units and not (units & {*PERCENT, "百分点"}):
            found.add("increment")
        return next((r for r in PRECEDENCE if r in found), "")


def _against_last_year(part: tuple[Token, ...]) -> tuple[Token, ...]:
    """2021年比2020年±%: the growth of the later year; any other pair is left as it is."""
    for at in range(len(part) - 2):
        later, versus, earlier = part[at : at + 3]
        kinds = (later.kind, versus.kind, earlier.kind)
        if kinds not in (("year", "versus", "year"), ("period", "versus", "period")):
            continue
        a, b = later.period, earlier.period
        if a and b and a.year and b.year == a.year - 1 and (a.month, a.scope) == (b.month, b.scope):
            rest = part[at + 3 :]
            said = any(t.kind in GROWTH_WORDS for t in rest)
            growth = () if said else (Token("unsure_growth", versus.text + earlier.text),)
            return (*part[: at + 1], *growth, *rest)
    return part


def _besides(part: Sequence[Token]) -> set[str]:
    """Roles beside the figures that the words of one header cell mean."""
    found = {t.value for t in part if t.kind == "beside"}
    for at, token in enumerate(part):
        if token.kind != "versus":
            continue
        rest = list(part[at + 1 :]) or list(part[:at])
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
