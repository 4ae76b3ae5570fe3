"""Columns: what a column stands for, read from the words, units and periods of its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names, basis_in
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal, units_in

CITY = "@city"  # the whole city, whatever its code is
KEYS = ("indicator", "region", "unit", "period", "measure", "basis", "value", "document")


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
    fixed: bool = False  # mapped by a person: the words of a row do not change its measure


def scope_in(text: str, kind: WorkbookKind) -> str:
    """month | balance | ytd | "" by the kind's words."""
    for scope in ("month", "balance", "ytd"):
        if any(word in text for word in kind.measures.get(scope, ())):
            return scope
    return ""


def growth_in(text: str, kind: WorkbookKind) -> bool | None:
    if any(word in text for word in kind.measures.get("growth", ())):
        return True
    return False if any(word in text for word in kind.measures.get("level", ())) else None


def classify(
    index: int, path: Sequence[str], kind: WorkbookKind, names: Names, units: Mapping[str, str]
) -> Column:
    """The column under the header texts `path`, top down."""
    words = [normal(p) for p in path if p]
    text = "".join(words)
    header = " ".join(p.strip() for p in path if p)
    if not words:
        return Column(index, "")
    if role := _key_role(words, kind):
        found = units_in(text)
        return Column(index, header, role, unit=found[0] if role == "value" and found else "")
    facts = _facts(words, text, kind, names, units)
    growth = facts["growth"]
    if any(w in text for w in kind.contains.get("ignore", ())):
        return Column(index, header, "ignore")
    if any(w in text for w in kind.past) and not growth:
        return Column(index, header, "ignore")
    if any(w in text for w in kind.contains.get("rank", ())):
        # A unit in the group's title belongs to the level beside the rank; only words say what is ranked.
        return Column(index, header, "rank", **(facts | {"growth": growth_in(text, kind)}))
    return Column(index, header, _data_role(text, kind, facts), **facts)


def _key_role(words: Sequence[str], kind: WorkbookKind) -> str:
    bare = [w.split("(")[0] or w for w in words]
    for role in KEYS:
        wanted = kind.roles.get(role, ())
        if any(w in wanted for w in (*words, *bare)):
            return role
    return ""


def _facts(
    words: Sequence[str], text: str, kind: WorkbookKind, names: Names, units: Mapping[str, str]
) -> dict[str, Any]:
    """Measure, basis, unit, period, indicator, region, carrier and setter that the header names."""
    found = [unit for word in words for unit in units_in(word)]
    period = next((p for p in (periods.find_period(w) for w in reversed(words)) if p), None)
    named = [names.indicator(word, kind) for word in words]
    indicator = next((n.code for n in named if n.code), "") or ""
    growth = growth_in(text, kind)
    if growth is None and found:
        growth = found[-1] == "%" if len(set(found)) == 1 else None
    scope = scope_in(text, kind) or (period.scope if period else "")
    region = next((c for c in (names.region(w) for w in words) if c), "") or ""
    if not region and any(w in text for w in kind.city_words if w.startswith("全市")):
        region = CITY
    carrier = next((units[w] for w in words if w in units), "")
    setter = next((s for s, ws in kind.set_by.items() if any(w in text for w in ws)), "")
    level_units = [u for u in found if u != "%"]
    unit = ("%" if growth else (level_units[0] if level_units else "")) if found else ""
    return {
        "growth": growth, "scope": scope, "basis": basis_in(text, kind), "unit": unit, "period": period,
        "indicator": indicator, "region": region, "carrier": carrier, "set_by": setter,
    }  # fmt: skip


def _data_role(text: str, kind: WorkbookKind, facts: Mapping[str, Any]) -> str:
    if kind.produces == "targets":
        named = facts["set_by"] or facts["carrier"] or any(w in text for w in kind.contains.get("target", ()))
        return "target" if named else ""
    says = facts["growth"] is not None or facts["scope"] or facts["period"] or facts["unit"]
    return "figure" if says or facts["indicator"] or facts["region"] or facts["basis"] else ""


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
        unit=str(mapping.get("unit") or ""),
        indicator=str(mapping.get("indicator") or ""),
        region=str(mapping.get("region") or ""),
        set_by=str(mapping.get("set_by") or ""),
        period=periods.find_period(header),
        fixed=bool(measure),
    )
