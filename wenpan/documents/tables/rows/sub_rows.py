"""Sub-rows: 其中:工业 under 固定资产投资 is 工业投资, because the catalogue says so; nothing is guessed.

Pure. `Indicator.sub_rows` lists the short words of each parent and what they mean under it. A row is a
sub-row when it is marked (其中:, #), stands under a line 其中: or right below another sub-row, or is
set in by spaces. A marked word that some parent knows, but not the one above it, stops and asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Name, Names, key
from wenpan.documents.words.units import normal
from wenpan.economy.figures.indicators import Indicator

_MARK = re.compile(r"^\s*(?:其\s*中\s*[::]?|[##])\s*")
_SET_IN = re.compile(r"^(?:\u3000| {2,}|\t)")


@dataclass(frozen=True, slots=True)
class Question:
    """A sub-row that more than one reading would fit: (name of the parent, name of the part)."""

    text: str
    parent: str  # name of the indicator above; "" if there is none
    readings: tuple[tuple[str, str], ...]

    @property
    def advice(self) -> str:
        fits = "; ".join(f"“{parent}”的“{part}”" for parent, part in self.readings)
        return f"请写全称: {fits}"


@dataclass(frozen=True, slots=True)
class _Look:
    name: Name
    alone: bool  # the line 其中:
    marked: bool
    set_in: bool
    words: tuple[str, ...]  # its spellings that some parent knows
    plain: bool  # a known name that means the same under every row above it


class SubRows:
    """Reads the names of one table's rows in order; remembers which indicator stands above."""

    def __init__(self, catalogue: Mapping[str, Indicator], names: Names, kind: WorkbookKind) -> None:
        self.catalogue, self.names, self.kind = catalogue, names, kind
        self._known = {
            code: {key(word): part for word, part in indicator.sub_rows}
            for code, indicator in catalogue.items()
            if indicator.sub_rows
        }
        self._words = {word for parts in self._known.values() for word in parts}
        self._parent = ""
        self._inside = False  # the row above was a sub-row, or the line 其中:
        self._look = lru_cache(maxsize=65_536)(self._looked_at)

    def _looked_at(self, text: str) -> _Look:
        """What a cell says wherever it stands: a table repeats its names."""
        spelt = dict.fromkeys(key(word) for word in self.names.candidates(text, self.kind))
        name = self.names.indicator(text, self.kind)
        alone = normal(text).rstrip(":") == "其中"
        marked, words = bool(_MARK.match(text)), tuple(word for word in spelt if word in self._words)
        only = name.only_basis or name.only_growth or name.only_scope or bool(name.under)
        plain = name.code is not None and not (only or alone or marked or words)
        return _Look(name, alone, marked, bool(_SET_IN.match(text)), words, plain)

    def read(self, text: str) -> Name | Question:
        """What the name of the next row means; a `Name` without a code is one nobody knows."""
        look = self._look(text)
        name = look.name
        if look.plain and not self._inside:  # nearly every row of a long table
            self._parent = name.code or ""
            return name
        if look.alone:
            self._inside = True
        if look.alone or name.only_basis or name.only_growth or name.only_scope:
            return name
        parts = self._known.get(self._parent, {})
        part = next((parts[word] for word in look.words if word in parts), "")
        if look.words and look.marked and not part:
            self._inside = True
            return Question(text.strip(), self._name(self._parent), self._readings(look.words))
        listed = look.marked or (name.code is None and (self._inside or look.set_in))
        if part and listed:
            name = replace(self.names.meaning(text, self.kind, part), under=self._parent)
        self._step(name, look.marked)
        return name

    def _step(self, name: Name, marked: bool) -> None:
        """Whether the next row may still belong to the same parent."""
        if marked or name.under or self._is_part(name.code):
            self._inside = True
        else:
            self._parent, self._inside = name.code or "", False

    def _is_part(self, code: str | None) -> bool:
        """A part under its whole, also where its full name is written."""
        if not self._inside or not self._parent or code is None:
            return False
        whole = self.catalogue[self._parent]
        return code in {*self._known.get(self._parent, {}).values(), *whole.parts}

    def _readings(self, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self._name(parent), self._name(parts[word]))
            for parent, parts in self._known.items()
            for word in words
            if word in parts
        )

    def _name(self, code: str) -> str:
        return self.catalogue[code].name if code in self.catalogue else ""
