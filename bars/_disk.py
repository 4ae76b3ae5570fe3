"""Part of `power`: what lies on a disk whose power went, from the log of `_unsynced.c`.

A write lies there for certain when its file was synced after it, a new name or a renaming when its folder
was; of the rest any part may lie there: a prefix, or any pages of 4 KiB, or nothing.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PAGE = 4096
WRITE, TRUNCATE, SYNC, RENAME, UNLINK, CREATE, MKDIR = range(1, 8)
_HEAD = struct.Struct("<6I")


@dataclass(frozen=True)
class DiskEvent:
    kind: int
    path: str
    second: str
    data: bytes
    at: int


def events(log: Path) -> list[DiskEvent]:
    return list(_parsed(log.read_bytes()))


def _parsed(content: bytes) -> Iterator[DiskEvent]:
    place = 0
    while place + _HEAD.size <= len(content):
        kind, path, second, data, low, high = _HEAD.unpack_from(content, place)
        place += _HEAD.size
        parts = []
        for length in (path, second, data):
            parts.append(content[place : place + length])
            place += length
        yield DiskEvent(kind, parts[0].decode(), parts[1].decode(), parts[2], low | high << 32)


@dataclass
class _File:
    """`safe`: content that was synced; `waiting`: what was done since."""

    safe: bytearray
    waiting: list[DiskEvent] = field(default_factory=list)

    def apply(self, event: DiskEvent) -> None:
        if event.kind == TRUNCATE:
            del self.safe[event.at :]
            self.safe.extend(bytes(event.at - len(self.safe)))
        else:
            self.safe.extend(bytes(max(0, event.at - len(self.safe))))
            self.safe[event.at : event.at + len(event.data)] = event.data

    def sync(self) -> None:
        for event in self.waiting:
            self.apply(event)
        self.waiting.clear()

    def lose(self, chance: random.Random) -> None:
        """The power goes: any part of what waits."""
        how = chance.choice(("nothing", "all", "some", "pages", "pages"))
        for event in self.waiting[: chance.randint(0, len(self.waiting))] if how == "some" else self.waiting:
            if how in ("all", "some"):
                self.apply(event)
            elif how == "pages" and event.kind == WRITE:
                for begin in range(0, len(event.data), PAGE):
                    if chance.random() < 0.5:
                        part = event.data[begin : begin + PAGE]
                        self.apply(DiskEvent(WRITE, event.path, "", part, event.at + begin))
        self.waiting.clear()


class Disk:
    """The files of one folder, from how they lay at first, event by event. `lying`: a disk that says it has
    synced and has not."""

    def __init__(self, root: str, first: Path, *, lying: bool = False) -> None:
        self.root, self.lying = root, lying
        self.files: dict[str, _File] = {}
        self.named: dict[str, _File] = {}  # names that lie on the disk for certain
        self.waiting: list[tuple[str, DiskEvent, _File | None]] = []  # folder, what was done, to which file
        for path in first.rglob("*"):
            if path.is_file() and not path.name.endswith("-shm"):
                self.files[f"{root}/{path.relative_to(first)}"] = _File(bytearray(path.read_bytes()))
        self.named.update(self.files)

    def happen(self, event: DiskEvent) -> None:
        if event.path.endswith("-shm"):
            return
        if event.kind in (WRITE, TRUNCATE):
            if (file := self.files.get(event.path)) is not None:
                file.waiting.append(event)
        elif event.kind == SYNC:
            self._sync(event.path)
        elif event.kind == CREATE:
            file = self.files[event.path] = _File(bytearray())
            self._wait(event.path, event, file)
        elif event.kind == RENAME and (file := self.files.pop(event.path, None)) is not None:
            self.files[event.second] = file
            self._wait(event.second, event, file)
        elif event.kind == UNLINK:
            self.files.pop(event.path, None)
            self._wait(event.path, event, None)

    def _wait(self, path: str, event: DiskEvent, file: _File | None) -> None:
        self.waiting.append((str(Path(path).parent), event, file))

    def _sync(self, path: str) -> None:
        if self.lying:
            return
        if (file := self.files.get(path)) is not None:
            file.sync()
        rest = []
        for folder, event, of in self.waiting:
            if folder == path:
                self._name(event, of)
            else:
                rest.append((folder, event, of))
        self.waiting = rest

    def _name(self, event: DiskEvent, file: _File | None) -> None:
        if event.kind != CREATE:
            self.named.pop(event.path, None)
        if file is not None:
            self.named[event.second or event.path] = file

    def cut(self, chance: random.Random, into: Path) -> None:
        """What lies there after the power went, written to a folder."""
        for _folder, event, file in self.waiting[: chance.randint(0, len(self.waiting))]:
            self._name(event, file)
        for path, file in self.named.items():
            file.lose(chance)
            target = into / Path(path).relative_to(self.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.safe)


def copied(folder: Path, into: Path) -> Path:
    shutil.copytree(folder, into, ignore=shutil.ignore_patterns("*-shm"))
    return into
