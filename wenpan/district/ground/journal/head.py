"""The last known head of the journal, kept outside the database: a journal cut short or rolled back is
noticed.

`WENPAN_HOME/journal-head` holds two lines, written in turn after each commit, so that one of them is whole
whenever the machine stops. Each says the number and hash of the newest entry then, with a MAC by the
journal's key: who can write the database only cannot write these. The file may stand behind the database
(the machine stopped between the commit and the line), never before it. Knows no Django, so that `wenpan
serve` can look without starting it.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wenpan.district.ground import ciphers
from wenpan.district.ground.ciphers import CipherProfile

FILE = "journal-head"
_WIDTH = 256


@dataclass(frozen=True)
class Head:
    sequence: int
    hash: str


def read(home: Path, key: str) -> Head | None:
    """The newest head that the file vouches for; None without a file or with none that is whole."""
    try:
        content = (home / FILE).read_bytes()
    except OSError:
        return None
    profile = ciphers.of(home)
    heads = [head for line in content.splitlines() if (head := _parsed(line, key, profile))]
    return max(heads, key=lambda head: head.sequence, default=None)


def write(home: Path, key: str, head: Head, *, back: bool = False) -> None:
    """Remembers this head; an older one than the file's only with `back` (a deliberate restore)."""
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if back:
            os.ftruncate(descriptor, 0)
        elif (known := read(home, key)) and known.sequence >= head.sequence:
            return
        os.pwrite(descriptor, _line(head, key, ciphers.of(home)), (head.sequence % 2) * _WIDTH)
    finally:
        os.close(descriptor)


def fault(
    known: Head | None, hash_at: Callable[[int], str | None], newest: int, *, begun: bool = True
) -> str:
    """One Chinese sentence why the journal is not the one that was last seen; "" when it is.

    `hash_at(n)` is the hash of entry n, None where there is none; `newest` the number of the last entry;
    `begun`: this database has been served by a program that keeps the head.
    """
    if known is None:
        if newest == 0 or not begun:
            return ""
        return f"本机没有操作日志上次的校验值（{FILE} 缺失或不可信），无法确认数据库没有被换成旧的。"
    if newest < known.sequence:
        return (
            f"数据库比上次运行时旧：操作日志上次已记到第{known.sequence}条，现在只到第{newest}条，"
            "其后的记录不见了（数据库被换成旧的，或日志末尾被截去）。"
        )
    if known.sequence and hash_at(known.sequence) != known.hash:
        return f"操作日志第{known.sequence}条与上次运行时所见不同，数据库或日志被换过、改过。"
    return ""


TODO = (
    "如果是有意恢复备份，请执行 wenpan journal acknowledge --reason 原因，此事记入日志；"
    "否则请先查明，不要继续使用。"
)


def _mac(sequence: int, value: str, key: str, profile: CipherProfile) -> str:
    return profile.mac(key.encode(), f"head:{sequence}:{value}".encode()).hex()


def _line(head: Head, key: str, profile: CipherProfile) -> bytes:
    text = json.dumps([head.sequence, head.hash, _mac(head.sequence, head.hash, key, profile)])
    return text.ljust(_WIDTH - 1).encode() + b"\n"


def _parsed(line: bytes, key: str, profile: CipherProfile) -> Head | None:
    try:
        sequence, value, mac = json.loads(line.strip(b"\0 "))
        right = hmac.compare_digest(str(mac), _mac(int(sequence), str(value), key, profile))
    except (ValueError, TypeError, RecursionError):
        return None
    return Head(int(sequence), str(value)) if right else None
