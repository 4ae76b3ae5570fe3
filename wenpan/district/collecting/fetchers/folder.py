"""A folder: files whose name fits, that nobody has written to for a minute. Links that lead out of it and
hidden files are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from wenpan.district.collecting.fetchers.offered import Fetched, OfferedFile, SourceFailedError
from wenpan.rules.sources import FileSource

STILL = 60.0  # seconds without a change: whoever writes has ended


def fetched(source: FileSource, _mark: dict[str, str], now: float) -> Iterator[Fetched]:
    """All that fits, the oldest first: what was offered before is known by its key."""
    root = Path(source.path)
    try:
        inside = root.resolve(strict=True)
        found = sorted(
            (file.stat().st_mtime, file) for file in inside.iterdir() if _fits(file, inside, source.pattern)
        )
    except OSError as fault:
        raise SourceFailedError(f"文件夹打不开（{fault.strerror or type(fault).__name__}）") from None
    for changed, file in found:
        if now - changed >= STILL:
            size = file.stat().st_size
            key = f"{file.name}|{int(changed)}|{size}"
            yield Fetched((OfferedFile(key, file.name, size, partial(_read, file)),))


def _fits(file: Path, inside: Path, pattern: str) -> bool:
    if file.name.startswith((".", "~$")) or not fnmatch(file.name, pattern):
        return False
    return file.is_file() and file.resolve().parent == inside


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise SourceFailedError(f"文件读不出（{fault.strerror or type(fault).__name__}）") from None
