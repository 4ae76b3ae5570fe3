"""Scans read by tesseract, where it is installed with its Chinese: pictures become lines, these paragraphs.

Pictures are taken out of a file in the sandbox and written anew; the engine only ever sees those, in a
process of its own, within the pages and seconds of rules/files.yaml. Nothing is fetched. Without the engine
everything is as if this were not here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from wenpan.district.ground import sandbox
from wenpan.documents.orders import scanned
from wenpan.documents.orders.text import Text
from wenpan.documents.screening import heads, pictures
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.rules.files import file_rules

LANGUAGE = "chi_sim"
SUFFIXES = (".png", ".jpg", ".jpeg")
_HEAD = 2  # pages on which a mark of secrecy stands
_BLOCK, _SPARSE = "6", "11"  # as one block of lines; words wherever they stand, as 秘密 alone in its corner
_TODO = "请只传需要的部分，或用扫描软件识别文字后另存再传。"
Screen = Callable[[Sequence[str]], None]


def engine() -> str | None:
    """The program, where it is installed with the language."""
    program = shutil.which("tesseract")
    return program if program and _speaks(program) else None


def suffixes() -> tuple[str, ...]:
    """Of pictures that are taken as papers."""
    return SUFFIXES if engine() else ()


def apply(function: Callable[..., Any], data: bytes, *rest: Any, screen: Screen) -> Any:
    """`sandbox.apply(function, data, *rest)` on the file, or on what was recognised in it where it is a scan.

    `screen` is asked about the recognised lines first, and refuses by raising. Raises `Unreadable`: as the
    function does, and "scan" (nothing recognised), "scan_pages", "scan_slow".
    """
    if engine() is None or not pictures.is_picture(data):
        try:
            return sandbox.apply(function, data, *rest, measured=True)
        except Unreadable as error:
            if error.code != "scan" or engine() is None:
                raise
    return sandbox.apply(function, recognise(data, screen), *rest)


def recognise(data: bytes, screen: Screen) -> Text:
    """The words of a scan. Raises as `apply`."""
    rules = file_rules()
    pages = sandbox.apply(pictures.page_count, data, measured=True)
    if pages > rules.scan_pages:
        raise Unreadable("scan_pages", f"扫描件有 {pages} 页，最多 {rules.scan_pages} 页。{_TODO}")
    until = time.monotonic() + rules.scan_seconds
    lines, unread = list[scanned.ScanLine](), list[int]()
    for number in range(1, pages + 1):
        picture = _picture(data, number)
        found = scanned.lines_of(_table(picture, until, _BLOCK), number) if picture else []
        lines += found
        if not found:
            unread.append(number)
    screen(scanned.as_marks(lines))
    if not lines:
        raise Unreadable("scan", "这个文件没有文字, 多半是扫描件. 请传 Word 原件或带文字的 PDF.")
    return scanned.text_of(lines, unread)


def head_lines(data: bytes) -> list[str]:
    """What stands on the first pages where they are pictures: the door looks there before a file is kept."""
    if engine() is None or not (pictures.is_picture(data) or heads.is_pdf(data)):
        return []
    until = time.monotonic() + file_rules().scan_seconds
    lines = list[scanned.ScanLine]()
    try:
        for number in range(1, _HEAD + 1):
            if not (picture := _picture(data, number, wordless=True)):
                continue
            block = scanned.lines_of(_table(picture, until, _BLOCK), number)
            lines += block
            lines += scanned.apart(scanned.lines_of(_table(picture, until, _SPARSE), number), block)
    except Unreadable:  # its reader says so
        pass
    return scanned.as_marks(lines)


def strip(data: bytes, place: str) -> bytes:
    """The strip of the picture that a place names, as a png; empty where it names none."""
    wanted = scanned.strip_of(place)
    if wanted is None:
        return b""
    cut: bytes = sandbox.apply(pictures.strip, data, wanted.page, wanted.top, wanted.bottom)
    return cut


def _picture(data: bytes, number: int, *, wordless: bool = False) -> bytes:
    if pictures.is_picture(data) and number > 1:
        return b""
    taken: bytes = sandbox.apply(pictures.page_picture, data, number, wordless)
    return taken


def _table(picture: bytes, until: float, form: str) -> str:
    """What the engine says of one picture; "" where it fails. Raises `Unreadable` "scan_slow"."""
    program, seconds = engine(), file_rules().scan_seconds
    command = [program or "tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", form, "tsv"]
    left, alone = max(until - time.monotonic(), 0.1), {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, check=True, timeout=left, env=alone
        )
    except subprocess.TimeoutExpired:
        told = f"没有文字，多半是扫描件，识别用了超过 {seconds} 秒，最多 {seconds} 秒，已停止。{_TODO}"
        raise Unreadable("scan_slow", told) from None
    except (subprocess.SubprocessError, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")


@lru_cache
def _speaks(program: str) -> bool:
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False
        )
    except (subprocess.SubprocessError, OSError):
        return False
    return LANGUAGE in (told.stdout + told.stderr).split()
