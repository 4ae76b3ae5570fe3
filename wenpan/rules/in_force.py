"""Which of several entries holds on a day: each says since when, the latest that has begun counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import DAY, form, read

PART = "in_force"


class Dated(Protocol):
    @property
    def from_(self) -> date: ...


D = TypeVar("D", bound=Dated)


@form
@dataclass(frozen=True)
class DatedChoice:
    """`rules`: the code of a rule set; None or "none" where a place uses none."""

    from_: Annotated[date, DAY]
    rules: str | None


def latest(entries: Iterable[D], on: date, file: str | Path, key: str = PART) -> D:
    """RuleError where none has begun."""
    begun = [entry for entry in entries if entry.from_ <= on]
    if not begun:
        raise RuleError(file, key, str(on), "至少一条在该日之前生效的选择")
    return max(begun, key=lambda entry: entry.from_)


def chosen(name: str, on: date, home: Path | None = None, part: str = PART) -> str:
    """The code that the file `name` chooses for a day; "" for none."""
    data, provenance = load_yaml(name, home)
    entries = read(tuple[DatedChoice, ...], data.get(part) or (), provenance.file, part)
    code = latest(entries, on, provenance.file, part).rules
    return "" if code in (None, "none") else str(code)
