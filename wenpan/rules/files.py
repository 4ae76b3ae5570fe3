"""What a file may be and what reading it may cost: rules/files.yaml, checked when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

from wenpan.documents.screening.bounded_zip import opened
from wenpan.documents.screening.measure import FileLimits
from wenpan.rules.loading import load_yaml
from wenpan.rules.schema import POSITIVE, form, read

_MEBI = 1024 * 1024
NAME = "files"


@dataclass(frozen=True)
class FileRules:
    """`cpu_seconds` and `megabytes` of one file in the sandbox; `wall_seconds` until it is given up.

    `scan_pages` and `scan_seconds`: of a scan whose words are recognised.
    """

    limits: FileLimits
    cpu_seconds: int
    megabytes: int
    wall_seconds: int
    heavy_bytes: int
    heavy_unpacked: int
    scan_pages: int = 30
    scan_seconds: int = 60

    def heavy(self, data: bytes) -> bool:
        """Whether reading the file belongs in the slow queue; by its size, packed and as the zip declares."""
        if len(data) >= self.heavy_bytes:
            return True
        archive = opened(data)
        if archive is None:
            return False
        with archive:
            return sum(entry.file_size for entry in archive.infolist()) >= self.heavy_unpacked


@form
@dataclass(frozen=True)
class _SandboxPart:
    cpu_seconds: Annotated[int, POSITIVE]
    megabytes: Annotated[int, POSITIVE]
    wall_seconds: Annotated[int, POSITIVE]


@form
@dataclass(frozen=True)
class _ScansPart:
    pages: Annotated[int, POSITIVE] = 30
    seconds: Annotated[int, POSITIVE] = 60


@form
@dataclass(frozen=True)
class _HeavyPart:
    megabytes: Annotated[int, POSITIVE]
    unpacked_megabytes: Annotated[int, POSITIVE]


@form
@dataclass(frozen=True)
class _FilesFile:
    sandbox: _SandboxPart
    limits: dict[str, Any]
    heavy_from: _HeavyPart
    scans: _ScansPart = _ScansPart()  # a place's own file may be older than these


def file_rules(home: Path | None = None) -> FileRules:
    """Raises RuleError for a limit that is missing or no positive number."""
    data, provenance = load_yaml(NAME, home)
    said = read(_FilesFile, data, provenance.file)
    limits = {f.name: said.limits.get(f.name) for f in fields(FileLimits)}
    return FileRules(
        limits=FileLimits(**read(dict[str, Annotated[int, POSITIVE]], limits, provenance.file, "limits")),
        cpu_seconds=said.sandbox.cpu_seconds,
        megabytes=said.sandbox.megabytes,
        wall_seconds=said.sandbox.wall_seconds,
        heavy_bytes=said.heavy_from.megabytes * _MEBI,
        heavy_unpacked=said.heavy_from.unpacked_megabytes * _MEBI,
        scan_pages=said.scans.pages,
        scan_seconds=said.scans.seconds,
    )
