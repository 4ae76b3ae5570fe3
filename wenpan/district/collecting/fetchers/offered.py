"""What a source offers, and its failure in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MOST_FILES = 50  # of one round; the rest comes with the next


@dataclass(frozen=True)
class OfferedFile:
    """One file. `key`: what tells it from others of this source; `read` gives its bytes, or raises
    SourceFailedError; `size` -1 where it is not known before."""

    key: str
    name: str
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Fetched:
    """`mark`: how far the source has been read once these offers are done with."""

    offers: tuple[OfferedFile, ...]
    mark: dict[str, str] = field(default_factory=dict)


class SourceFailedError(Exception):
    """In words for the page of sources; never with a password or an address that holds one."""
