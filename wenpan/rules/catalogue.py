"""The catalogue of indicators: ours, with the place's entries laid over it by code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from wenpan.economy.figures.indicators import BASES, Indicator, Measure
from wenpan.rules.loading import OURS, RuleError, files, home_of, listed, load_file, stamp

_ALLOWED = {
    "direction": ("up", "down"),
    "frequency": ("monthly", "quarterly"),
    "aggregation": ("sum", "mean", "last"),
}
_NAMES = {field.name for field in fields(Indicator)}
_NOISE = re.compile(r"[\s()\[\]{}<>《》〈〉【】“”\"'、,.:;_\-–—~/]+")


def normalised(text: str) -> str:
    """NFKC, lower case, without spaces, brackets and punctuation: how names are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Catalogue(Mapping[str, Indicator]):
    """Indicators by code, in the order of the files."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self._by_code = dict(indicators)
        self._by_name: dict[str, Indicator] = {}
        for indicator in self._by_code.values():
            for name in (indicator.code, indicator.name, indicator.short_name, *indicator.aliases):
                if name:
                    self._by_name.setdefault(normalised(name), indicator)

    def __getitem__(self, code: str) -> Indicator:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: str) -> Indicator | None:
        """By code, name, short name or alias; None where nothing matches exactly after normalising."""
        return self._by_name.get(normalised(text))


def catalogue(home: Path | None = None) -> Catalogue:
    """The indicators in force for a place. RuleError where an entry cannot be used."""
    paths = _paths(home)
    return _build(stamp(paths))


def _paths(home: Path | None) -> list[Path]:
    """Ours first: a place's file of any name is laid over it entry by entry, never instead of it."""
    ours = list(listed(OURS / "indicators"))
    return ours + [path for path in files("indicators", home_of(home)).values() if path not in ours]


@lru_cache(maxsize=16)
def _build(stamped: tuple[tuple[Path, int], ...]) -> Catalogue:
    entries: dict[str, dict[str, Any]] = {}
    origin: dict[str, Path] = {}
    for path, _ in stamped:
        data, _provenance = load_file(path)
        for entry in data.get("indicators") or ():
            if not isinstance(entry, dict) or not entry.get("code"):
                raise RuleError(path, "indicators.code", entry, "每个指标都有 code")
            code = str(entry["code"])
            entries[code] = entries.get(code, {}) | entry
            origin[code] = path
    built = {code: _indicator(entry, origin[code]) for code, entry in entries.items()}
    for code, indicator in built.items():
        for part in (*indicator.parts, *filter(None, [indicator.part_of])):
            if part not in built:
                raise RuleError(origin[code], f"{code}.parts", part, "目录中已有的指标")
    catalogue = Catalogue(built)
    for code, indicator in built.items():
        _sub_rows(indicator, catalogue, origin[code])
    return catalogue


def _sub_rows(indicator: Indicator, catalogue: Catalogue, path: Path) -> None:
    """Each word means an indicator of the catalogue, and not another one where it stands alone."""
    for word, code in indicator.sub_rows:
        key = f"{indicator.code}.sub_rows.{word}"
        if code not in catalogue:
            raise RuleError(path, key, code, "目录中已有的指标")
        alone = catalogue.find(word)
        if alone is not None and alone.code != code:
            raise RuleError(path, key, code, f"{alone.code}(“{word}”单独出现时就是它), 或换一个词")


def _indicator(entry: Mapping[str, Any], path: Path) -> Indicator:
    code = entry["code"]
    for key in entry:
        if key not in _NAMES:
            raise RuleError(path, f"{code}.{key}", entry[key], f"已知的字段({'、'.join(sorted(_NAMES))})")
    if not entry.get("name"):
        raise RuleError(path, f"{code}.name", entry.get("name"), "指标名称")
    for key, allowed in _ALLOWED.items():
        if key in entry and entry[key] not in allowed:
            raise RuleError(path, f"{code}.{key}", entry[key], " 或 ".join(allowed))
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    if not isinstance(values.get("sub_rows", {}), dict):
        raise RuleError(
            path, f"{code}.sub_rows", values["sub_rows"], "{词: 指标代码}, 如 {工业: fai_industry}"
        )
    values["sub_rows"] = tuple((str(word), str(part)) for word, part in values.get("sub_rows", {}).items())
    for basis in (values.get("basis", "natural"), *values.get("extra_bases", ())):
        if basis not in BASES:
            raise RuleError(path, f"{code}.basis", basis, " 或 ".join(BASES))
    _measures(values, code, path)
    _seasonal(values, code, path)
    return Indicator(**values)


def _measures(values: dict[str, Any], code: str, path: Path) -> None:
    try:
        if "measures" in values:
            values["measures"] = tuple(Measure(measure) for measure in values["measures"])
        if "headline" in values:
            values["headline"] = Measure(values["headline"])
    except ValueError as error:
        raise RuleError(path, f"{code}.measures", str(error), " ".join(Measure)) from None


def _seasonal(values: dict[str, Any], code: str, path: Path) -> None:
    shares = values.get("seasonal", ())
    rising = all(a <= b for a, b in pairwise(shares))
    if shares and (len(shares) != 12 or not rising or shares[0] < 0 or abs(shares[-1] - 1) > 1e-9):
        raise RuleError(path, f"{code}.seasonal", shares, "12个不减的累计比重, 末项为1")
