"""What a file may be and what reading it may cost: rules/files.yaml, checked when it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wenpan.documents.screening.bounded_zip import opened
from wenpan.documents.screening.measure import FileLimits
from wenpan.rules.loading import RuleError, load_yaml, path_of

_MEBI = 1024 * 1024
NAME = "files"


@dataclass(frozen=True)
class FileRules:
    """`cpu_seconds` and `megabytes` of one file in the sandbox; `wall_seconds` until it is given up."""

    limits: FileLimits
    cpu_seconds: int
    megabytes: int
    wall_seconds: int
    heavy_bytes: int
    heavy_unpacked: int

    def heavy(self, data: bytes) -> bool:
        """Whether reading the file belongs in the slow queue; by its size, packed and as the zip declares."""
        if len(data) >= self.heavy_bytes:
            return True
        archive = opened(data)
        if archive is None:
            return False
        with archive:
            return sum(entry.file_size for entry in archive.infolist()) >= self.heavy_unpacked


def file_rules(home: Path | None = None) -> FileRules:
    """Raises RuleError for a limit that is missing or no positive number."""
    data, _provenance = load_yaml(NAME, home)
    path = path_of(NAME, home)
    sandbox, limits, heavy = (_part(path, data, key) for key in ("sandbox", "limits", "heavy_from"))
    return FileRules(
        limits=FileLimits(**{f.name: _number(path, "limits", limits, f.name) for f in fields(FileLimits)}),
        cpu_seconds=_number(path, "sandbox", sandbox, "cpu_seconds"),
        megabytes=_number(path, "sandbox", sandbox, "megabytes"),
        wall_seconds=_number(path, "sandbox", sandbox, "wall_seconds"),
        heavy_bytes=_number(path, "heavy_from", heavy, "megabytes") * _MEBI,
        heavy_unpacked=_number(path, "heavy_from", heavy, "unpacked_megabytes") * _MEBI,
    )


def _part(path: Path, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = data.get(key)
    if not isinstance(part, Mapping):
        raise RuleError(path, key, part, "键值对")
    return part


def _number(path: Path, part: str, given: Mapping[str, Any], key: str) -> int:
    value = given.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise RuleError(path, f"{part}.{key}", value, "正整数")
    return value
