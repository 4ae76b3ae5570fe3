"""Who holds which post of a unit and how they are reached; which leader is in charge of which unit.

Both are lists that a place keeps by the day on which they begin: of the versions begun the latest holds, and
the ones before stay in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from wenpan.rules.in_force import latest
from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import DAY, TEXT, form, read

POSTS, IN_CHARGE = "office/posts", "office/in_charge"
PART = "versions"
R = TypeVar("R")


@form
@dataclass(frozen=True)
class PostHolder:
    """`unit`: a code of the place; `telephone` as offices write it, "" where none is known."""

    unit: Annotated[str, TEXT]
    post: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    telephone: str = ""


@form
@dataclass(frozen=True)
class ChargeOf:
    """`leader`: the name of the account of a district leader."""

    unit: Annotated[str, TEXT]
    leader: Annotated[str, TEXT]


@form
@dataclass(frozen=True)
class _PostsVersion:
    from_: Annotated[date, DAY]
    rows: tuple[PostHolder, ...]


@form
@dataclass(frozen=True)
class _ChargesVersion:
    from_: Annotated[date, DAY]
    rows: tuple[ChargeOf, ...]


def post_holders(on: date, home: Path | None = None) -> tuple[PostHolder, ...]:
    """() before the first version. RuleError for what the file may not hold, and for a line that is twice."""
    data, provenance = load_yaml(POSTS, home)
    versions = read(tuple[_PostsVersion, ...], data.get(PART) or (), provenance.file, PART)
    for version in versions:
        keys = [(row.unit, row.post, row.name) for row in version.rows]
        _once(keys, provenance.file)
    return latest(versions, on, provenance.file).rows if _begun(versions, on) else ()


def in_charge(on: date, home: Path | None = None) -> tuple[ChargeOf, ...] | None:
    """None before the first version: then what was registered before holds."""
    data, provenance = load_yaml(IN_CHARGE, home)
    versions = read(tuple[_ChargesVersion, ...], data.get(PART) or (), provenance.file, PART)
    for version in versions:
        _once([row.unit for row in version.rows], provenance.file)
    return latest(versions, on, provenance.file).rows if _begun(versions, on) else None


def _begun(versions: tuple[_PostsVersion, ...] | tuple[_ChargesVersion, ...], on: date) -> bool:
    return any(version.from_ <= on for version in versions)


def _once(keys: list[R], file: str) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise RuleError(file, f"{PART}.rows", key, "不重复的条目")
