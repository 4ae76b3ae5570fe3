"""Conditions of the machine that stop writing: a full disk, a store that may only be read, a clock set back,
a second start in one home. They are foreseen: each has its sentence, and reading goes on where it can.

`of_error` knows a condition by what a failed write raised; `standing` looks without writing, for /healthz.
The time is kept in `WENPAN_HOME/clock`: a clock that falls behind it stopped, ran backwards or was reset;
deadlines and the journal would be wrong, so nothing is written until it is right (or the file is removed).
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterator
from pathlib import Path


def _(text: str) -> str:
    """Marks a text for the catalogue; `wenpan serve` reads these sentences before Django stands."""
    return text


SENTENCES = {
    "disk_full": _(
        "磁盘空间不足，这次操作没有保存。已有的数据完好，仍可查看。请系统管理员清理或扩充磁盘，之后再办。"
    ),
    "read_only": _(
        "磁盘或数据库处于只读状态，这次操作没有保存。已有的数据完好，仍可查看。请系统管理员恢复写入后再办。"
    ),
    "clock_back": _(
        "服务器时钟被调回到过去，为免时限和日志错乱，暂不办理。已有的数据完好，仍可查看。请系统管理员校准时钟。"
    ),
    "started_twice": _("同一个数据文件夹被第二次启动，后一次没有启动成功，前一次仍在运行。"),
    "database": _("数据库没有应答。请系统管理员检查数据库。"),
}
STATUS = {"disk_full": 507, "read_only": 503, "clock_back": 503}
LEAST_FREE = 16 * 1024 * 1024  # bytes; below, a page of the journal may no longer fit
BACK = 120.0  # seconds that a clock may be corrected by without a word
EVERY = 30.0  # seconds between two notes of the time
TWICE_SHOWN = 600.0  # seconds that a second start is shown

_FULL = ("disk is full", "No space left on device", "could not extend file")
_ONLY_READ = ("readonly database", "read-only transaction", "Read-only file system")
_noted = 0.0


def of_error(error: BaseException | None) -> str:
    """disk_full or read_only where that is why it failed, else ""."""
    for link in _chain(error):
        number = getattr(link, "errno", None)
        words = str(link)
        if number in (errno.ENOSPC, errno.EDQUOT) or any(w in words for w in _FULL):
            return "disk_full"
        if number == errno.EROFS or any(w in words for w in _ONLY_READ):
            # a full disk also leaves a database that may only be read
            return "disk_full" if _of_disk(home()) == ["disk_full"] else "read_only"
        if "disk I/O error" in words or "unable to open database file" in words:
            return next((code for code in ("disk_full", "read_only") if code in _of_disk(home())), "")
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def home() -> Path:
    from django.conf import settings

    return Path(settings.WENPAN_HOME)


def standing() -> list[str]:
    """What is wrong now; looks and does not write."""
    found = _of_disk(home())
    found += _of_database()
    if clock_is_back(home()):
        found.append("clock_back")
    with contextlib.suppress(OSError):
        if 0 <= time.time() - (home() / SECOND_START).stat().st_mtime < TWICE_SHOWN:
            found.append("started_twice")
    return list(dict.fromkeys(found))


SECOND_START = "second-start"  # touched by a start that found another running


def _of_disk(place: Path) -> list[str]:
    try:
        disk = os.statvfs(place)
    except OSError:
        return ["database"]
    found = ["disk_full"] if disk.f_bavail * disk.f_frsize < LEAST_FREE else []
    database = place / "wenpan.sqlite3"
    closed = database.exists() and not os.access(database, os.W_OK)
    if disk.f_flag & os.ST_RDONLY or closed or not os.access(place, os.W_OK):
        found.append("read_only")
    return found


def _of_database() -> list[str]:
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW transaction_read_only")
                return ["read_only"] if cursor.fetchone()[0] == "on" else []
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return [of_error(error) or "database"]
    return []


def clock_is_back(place: Path) -> bool:
    """Whether the clock stands before a time that it showed already."""
    try:
        return time.time() < float((place / "clock").read_text()) - BACK
    except (OSError, ValueError):
        return False


def note_time(place: Path, *, always: bool = False) -> None:
    """Keeps the time now and then; never backwards, and silent where nothing can be written."""
    global _noted  # noqa: PLW0603
    now = time.time()
    if not always and abs(now - _noted) < EVERY:
        return
    _noted = now
    if clock_is_back(place):
        return
    draft = place / f"clock.{os.getpid()}"
    with contextlib.suppress(OSError):
        draft.write_text(f"{now:.0f}")
        draft.replace(place / "clock")
    with contextlib.suppress(OSError):
        draft.unlink(missing_ok=True)
