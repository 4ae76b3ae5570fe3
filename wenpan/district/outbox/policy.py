"""The dated rules of the outbox, from `rules/outbox.yaml`; a place's own file wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from wenpan import rules
from wenpan.rules.schema import FLAG, Fits, form, is_whole, read, whole, whole_form

NAME = "outbox"


def _is_inside(name: Any) -> bool:
    return isinstance(name, str) and bool(name) and name[0] != "/" and ".." not in name.split("/")


_INSIDE = Fits(_is_inside, "数据文件夹里的一个子文件夹名")
_MINUTES = Fits(
    lambda said: isinstance(said, list) and bool(said) and all(is_whole(one, 1, 10_000) for one in said),
    "分钟数的列表，如 [5, 30, 120]",
)


@dataclass(frozen=True)
class OutboxPolicy:
    """Minutes, hours and days as in the file; `folder`: None while that channel is off, else its name."""

    noon: int
    oldest_days: int
    retry_minutes: tuple[int, ...]
    lease_minutes: int
    folder: str | None
    version: str

    @property
    def channels(self) -> tuple[str, ...]:
        return ("folder",) if self.folder else ()


@form
@dataclass(frozen=True)
class _FolderPart:
    enabled: Annotated[bool, FLAG]
    folder: Annotated[str, _INSIDE]


@whole_form
@dataclass(frozen=True)
class _Channels:
    folder: _FolderPart | None = None


@form
@dataclass(frozen=True)
class _OutboxFile:
    noon: Annotated[int, whole(1, 23)]
    oldest_days: Annotated[int, whole(1, 365)]
    retry_minutes: Annotated[tuple[int, ...], _MINUTES]
    lease_minutes: Annotated[int, whole(1, 1440)]
    channels: _Channels


def outbox_policy() -> OutboxPolicy:
    """RuleError with file, key, found and expected where the file cannot be used."""
    data, provenance = rules.load_yaml(NAME)
    said = read(_OutboxFile, data, provenance.file)
    folder = said.channels.folder
    return OutboxPolicy(
        noon=said.noon,
        oldest_days=said.oldest_days,
        retry_minutes=said.retry_minutes,
        lease_minutes=said.lease_minutes,
        folder=folder.folder if folder and folder.enabled else None,
        version=provenance.version,
    )
