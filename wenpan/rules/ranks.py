"""The rule that says when a place among rivals is one: how many of them must have published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from wenpan.economy.judging.ranks import RankRule
from wenpan.rules.in_force import latest
from wenpan.rules.loading import load_yaml
from wenpan.rules.schema import DAY, SOME, form, read, share, whole_form


@whole_form
@dataclass(frozen=True)
class _RankEntry:
    from_: Annotated[date, DAY]
    of_last: Annotated[float, share()]
    of_family: Annotated[float, share()]
    version: str = ""  # of the file when the entry came; "" as the file has it now


@form
@dataclass(frozen=True)
class _RankFile:
    in_force: Annotated[tuple[_RankEntry, ...], SOME]


def rank_rule(on: date, home: Path | None = None) -> RankRule:
    """The rule in force on a day. RuleError names what cannot be used."""
    data, provenance = load_yaml("ranks", home)
    entry = latest(read(_RankFile, data, provenance.file).in_force, on, provenance.file)
    return RankRule(entry.of_last, entry.of_family, version=entry.version or provenance.version)
