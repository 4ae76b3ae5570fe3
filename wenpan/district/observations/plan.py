"""What acceptance of a reading would do to the ledger, figure by figure; preview and storing share it.

A figure that says the same as the version that holds is left alone. A cell without a number ("…", "-")
never takes the place of a number: it is a note for the reader, because a gap in one table does not
withdraw what another table published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from django.db import connection

from wenpan.district.observations.frames import real
from wenpan.district.observations.models import Observation, Region
from wenpan.documents.figures import Figure

Kind = Literal["new", "revised", "unchanged", "kept"]
Key = tuple[str, str, str, str, str]
STEP = Decimal("0.0001")
LARGEST = Decimal(10) ** 11  # fifteen digits, four of them after the point (docs: SQLite keeps no more)


@dataclass(frozen=True, slots=True)
class Held:
    """The version of a figure that holds now."""

    pk: int
    status: str
    value: float | None
    unit: str
    version: int


@dataclass(frozen=True, slots=True)
class Planned:
    figure: Figure
    kind: Kind
    held: Held | None
    version: int  # that the figure will get


@dataclass(frozen=True)
class Plan:
    rows: tuple[Planned, ...]
    twice: tuple[tuple[Figure, Figure], ...]  # the same figure in two cells with two values
    too_large: tuple[Figure, ...]

    def of_kind(self, kind: Kind) -> list[Planned]:
        return [row for row in self.rows if row.kind == kind]


def key_of(figure: Figure) -> Key:
    return figure.region, figure.indicator, figure.period, figure.measure, figure.basis


def rounded(value: Decimal) -> Decimal:
    return value.quantize(STEP, ROUND_HALF_UP)


def plan(figures: Sequence[Figure]) -> Plan:
    """Two queries, however many figures there are."""
    first: dict[Key, Figure] = {}
    twice, large = [], []
    for figure in figures:
        if figure.value is not None and abs(figure.value) >= LARGEST:
            large.append(figure)
            continue
        earlier = first.setdefault(key_of(figure), figure)
        if earlier is not figure and (earlier.status, earlier.value) != (figure.status, figure.value):
            twice.append((earlier, figure))
    held = _held(first.values())
    last = _last_versions(first.values())
    rows = tuple(_planned(f, held.get(key), last.get(key, 0)) for key, f in first.items())
    return Plan(rows, tuple(twice), tuple(large))


def _planned(figure: Figure, held: Held | None, last: int) -> Planned:
    if held is None:
        return Planned(figure, "new", None, last + 1)
    if figure.value is None and held.value is not None:
        return Planned(figure, "kept", held, held.version)
    if figure.status == held.status and _same(figure.value, held.value):
        return Planned(figure, "unchanged", held, held.version)
    return Planned(figure, "revised", held, held.version + 1)


def _same(new: Decimal | None, old: float | None) -> bool:
    if new is None or old is None:
        return new is None and old is None
    return abs(float(new) - old) < 0.00005


_OF = (
    "FROM observations_observation o JOIN observations_region r ON r.id = o.region_id "
    "WHERE o.superseded_at IS %s NULL AND "
)
_KEY = "r.code, o.indicator, o.period, o.measure, o.basis"


def _held(figures: Iterable[Figure]) -> dict[Key, Held]:
    where, params = _scope(figures)
    columns = f"{_KEY}, o.id, o.status, CAST(o.value AS {real()}), o.unit, o.version"
    return {row[:5]: Held(*row[5:]) for row in _rows(f"SELECT {columns} {_OF % ''}{where}", params)}


def _last_versions(figures: Iterable[Figure]) -> dict[Key, int]:
    """Of figures that had versions and may hold none now (their batch was undone)."""
    where, params = _scope(figures)
    sql = f"SELECT {_KEY}, MAX(o.version) {_OF % 'NOT'}{where} GROUP BY {_KEY}"
    return {row[:5]: row[5] for row in _rows(sql, params)}


def _rows(sql: str, params: list[str]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(map(tuple, cursor.fetchall()))


def _scope(figures: Iterable[Figure]) -> tuple[str, list[str]]:
    """Indicators and the span of periods: few parameters, and never more rows than the span holds."""
    codes, periods = set(), set()
    for figure in figures:
        codes.add(figure.indicator)
        periods.add(figure.period)
    if not codes:
        return "1 = 0", []
    marks = ", ".join(["%s"] * len(codes))
    return (
        f"o.indicator IN ({marks}) AND o.period >= %s AND o.period <= %s",
        [*sorted(codes), min(periods), max(periods)],
    )


def shown(status: str, value: Decimal | float | None, unit: str) -> str:
    """5.0% · 1,291.92亿元 · 未报: a version in words for people."""
    if value is None:
        return str(Observation.Status(status).label)
    whole, _dot, rest = f"{value:,.4f}".partition(".")
    rest = rest.rstrip("0") or ("0" if unit == "%" else "")  # growths are printed with a decimal
    digits = f"{whole}.{rest}" if rest else whole
    return f"{digits.removeprefix('-') if float(value) == 0 else digits}{unit}"


def region_names() -> dict[str, str]:
    return dict(Region.objects.values_list("code", "name"))
