"""Workbook kinds: the words by which the columns of a table are recognised.

Data from `wenpan/rules/workbooks/*.yaml`, overridden by the place. A kind never names a cell, a
row or a column: only words. `from_data` refuses unknown keys and roles with a Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wenpan.documents.tables.grammar.vocabulary import TableWords
from wenpan.documents.words.units import normal

ROLES = (
    "indicator", "region", "figure", "target", "rank", "unit", "ignore",
    "period", "measure", "basis", "value", "document",
)  # fmt: skip
SCOPES = ("growth", "level", "month", "ytd", "balance")
BASES = ("natural", "comparable", "refund_adjusted")
PRODUCES = ("figures", "targets", "records")


@dataclass(frozen=True, eq=False)  # hashed by identity: answers are remembered per kind
class WorkbookKind:
    """One kind of table.

    `rows` and `columns` say what a row and a column stand for; `needs` lists the roles without
    which a sheet is not of this kind. `roles` maps a role to the header words that mean it
    exactly; `contains` to words that mean it anywhere in the header.
    """

    code: str
    name: str
    produces: str = "figures"
    titles: tuple[str, ...] = ()  # words of a title that speak for this kind
    needs: tuple[str, ...] = ()
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    past: tuple[str, ...] = ()  # last year's column: ignored unless it is a growth
    measures: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # growth, level, month, ytd, balance
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    set_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # congress, city, district
    city_words: tuple[str, ...] = ()  # names of the row of the whole city
    home_words: tuple[str, ...] = ()  # names of the own district
    note_words: tuple[str, ...] = ()  # a row that begins so is a note
    version: str = ""
    source: str = ""
    # of `produces: records` only (see documents.records)
    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    key: tuple[str, ...] = ()  # columns that name a record
    needs_any: tuple[str, ...] = ()  # at least one of them, or a column per month
    series: str = ""  # what a column whose header is a month holds: amount | text | "" (no such columns)
    series_unit: str = ""
    unstated_unit: str = ""  # of all amounts, where the table says none: an export that never does
    every_row: str = ""  # "yes": a statement, whose sections, sums and of-which rows are records too
    words: TableWords = field(default_factory=TableWords)  # of all kinds alike

    @classmethod
    def from_data(cls, data: Mapping[str, Any], words: TableWords | None = None) -> WorkbookKind:
        """A kind from the parsed YAML; a ValueError says in Chinese which key is wrong."""
        data = {k: v for k, v in data.items() if k not in _ABOUT}
        unknown = set(data) - (set(cls.__dataclass_fields__) - {"words"})
        if unknown:
            raise ValueError(f"表种里有不认识的键: {'、'.join(sorted(unknown))}")
        for key in ("code", "name"):
            if not data.get(key):
                raise ValueError(f"表种缺少 {key}")
        known = {key: value if key == "columns" else _frozen(value) for key, value in data.items()}
        kind = cls(**known, words=words or TableWords())
        kind._check()
        return kind

    def _check(self) -> None:
        if self.produces not in PRODUCES:
            raise ValueError(f"produces 应为 {'、'.join(PRODUCES)}, 实为 {self.produces!r}")
        for name, table, allowed in (
            ("roles", self.roles, ROLES),
            ("contains", self.contains, ROLES),
            ("measures", self.measures, SCOPES),
            ("bases", self.bases, BASES),
        ):
            if wrong := set(table) - set(allowed):
                raise ValueError(f"{name} 里不认识 {'、'.join(sorted(wrong))}, 可用: {'、'.join(allowed)}")
        if wrong := set(self.needs) - set(self.columns or ROLES):
            raise ValueError(f"needs 里不认识 {'、'.join(sorted(wrong))}")


_NUMBERING = {"甲", "乙", "a", "栏次"}


def special_row(kind: WorkbookKind, text: str) -> str:
    """note | unit | numbering by the words at the head of a row; "" for a row of figures."""
    plain = normal(text)
    for word in kind.note_words:
        ends = plain[len(word) : len(word) + 1] in tuple("::1一、.(")
        if plain.startswith(word) and (ends or len(plain) > 30):
            return "note"
    if plain in kind.roles.get("unit", ()):
        return "unit"
    if "indicator" not in kind.needs and plain in (*kind.words.series_places, *kind.words.series_lines):
        return "note"
    return "numbering" if plain.lower() in _NUMBERING else ""


_ABOUT = {"effective_from", "effective_to", "description"}


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _words(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return _words(value)
    return str(value)


def _words(value: Sequence[Any] | str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value)
