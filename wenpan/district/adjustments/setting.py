"""One setting: where it stands in the place's files, what it may be, who proposes and who decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class SettledFiles:
    """Of a setting that is no one place of one file: its value on a day, and the files that a value makes
    from a day on, by name."""

    value_on: Callable[[date], str]
    files: Callable[[Any, date], dict[str, dict[str, Any]]]


@dataclass(frozen=True)
class SettingItem:
    """`path`: keys down to the value; of a dated list its name, and `field` the value of an entry. `kind`:
    whole | number | text | day | choice. `dated`: the file keeps entries with `from`;
    `versioned`: each with the version of the file that brought it, for what is kept beside a judgement."""

    code: str
    group: str | Promise
    label: Promise | str
    file: str
    path: tuple[str | int, ...]
    kind: str
    low: float = 0
    high: float = 0
    unit: Promise | str = ""
    field: str = ""
    choices: Callable[[], Mapping[str, str]] | None = None
    proposes: tuple[str, ...] = ("rules.set",)
    decides: tuple[str, ...] = ("rules.set",)
    settled: SettledFiles | None = None
    versioned: bool = False
    ratio: bool = False  # shown in percent, typed as a share of one or with %

    @property
    def dated(self) -> bool:
        return bool(self.field)
