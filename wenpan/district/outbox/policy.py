"""The dated rules of the outbox, from `rules/outbox.yaml`; a place's own file wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wenpan import rules
from wenpan.rules.loading import RuleError, path_of

NAME = "outbox"
KNOWN = ("folder",)


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


def outbox_policy() -> OutboxPolicy:
    """RuleError with file, key, found and expected where the file cannot be used."""
    data, provenance = rules.load_yaml(NAME)
    retry = data.get("retry_minutes")
    if not isinstance(retry, list) or not retry or not all(_whole(one, 1, 10_000) for one in retry):
        raise RuleError(path_of(NAME), "retry_minutes", retry, "分钟数的列表，如 [5, 30, 120]")
    channels = data.get("channels")
    if not isinstance(channels, dict) or set(channels) - set(KNOWN):
        raise RuleError(path_of(NAME), "channels", channels, "渠道，只认 " + "、".join(KNOWN))
    return OutboxPolicy(
        noon=_number(data, "noon", 1, 23),
        oldest_days=_number(data, "oldest_days", 1, 365),
        retry_minutes=tuple(retry),
        lease_minutes=_number(data, "lease_minutes", 1, 1440),
        folder=_folder(channels.get("folder")),
        version=provenance.version,
    )


def _folder(said: Any) -> str | None:
    if said is None:
        return None
    if not isinstance(said, dict) or not isinstance(said.get("enabled"), bool):
        raise RuleError(path_of(NAME), "channels.folder.enabled", said, "true 或 false")
    name = said.get("folder")
    if not isinstance(name, str) or not name or name.startswith("/") or ".." in name.split("/"):
        raise RuleError(path_of(NAME), "channels.folder.folder", name, "数据文件夹里的一个子文件夹名")
    return name if said["enabled"] else None


def _number(data: Any, key: str, least: int, most: int) -> int:
    if not _whole(data.get(key), least, most):
        raise RuleError(path_of(NAME), key, data.get(key), f"{least} 至 {most} 的整数")
    return int(data[key])


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
