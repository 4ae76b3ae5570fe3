"""Registers of projects that other authorities keep: how each is read. A place adds its own file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wenpan.rules.loading import RuleError, files, load_file

if TYPE_CHECKING:
    from wenpan.documents.registers.kind import RegisterKind


def register_kinds(home: Path | None = None) -> dict[str, RegisterKind]:
    """By code. RuleError names the file and the key that is wrong."""
    from wenpan.documents.registers.kind import RegisterKind, RegisterKindError

    kinds: dict[str, RegisterKind] = {}
    for path in files("registers", home).values():
        data, _ = load_file(path)
        try:
            kind = RegisterKind.from_data(data)
        except RegisterKindError as error:
            raise RuleError(path, error.key, error.found, error.expected) from None
        kinds[kind.code] = kind
    return kinds
