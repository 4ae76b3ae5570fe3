"""When a proposal counts as certain: the dated rules of `rules/supervision/proposals.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from wenpan.rules.loading import RuleError, load_file, path_of
from wenpan.rules.schema import form, read, share

NAME = "supervision/proposals"


@form
@dataclass(frozen=True)
class Certainty:
    """Confidences from 0 to 1: certain from `sure_from` on; of a scan at most `scanned_at_most`, below it."""

    sure_from: Annotated[float, share()]
    scanned_at_most: Annotated[float, share()]


def certainty() -> Certainty:
    """RuleError where a key is missing or a scan could be certain. Built once a version of the file."""
    path = path_of(NAME)
    stat = path.stat()
    return _certainty(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=16)
def _certainty(path: Path, _changed: int, _size: int) -> Certainty:
    data, provenance = load_file(path)
    said = read(Certainty, data, provenance.file)
    if said.scanned_at_most >= said.sure_from:
        raise RuleError(
            provenance.file, "scanned_at_most", said.scanned_at_most, f"小于 {said.sure_from} 的数"
        )
    return said
