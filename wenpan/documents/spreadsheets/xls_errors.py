"""Errors in the cells of an old .xls (#REF!, #DIV/0!): the reader of values gives them as blanks.

Pure. Walks the compound file (MS-CFB) to the stream `Workbook` and its records (MS-XLS): BOUNDSHEET for
the sheets, BOOLERR and FORMULA for cells that hold an error; `sheet_records` hands out others. A file
that breaks these rules gives what was found so far: whether it can be opened at all is said elsewhere.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from wenpan.documents.spreadsheets.xlsx_package import letters

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A",
}  # fmt: skip
_FORMULA, _EOF, _BOUNDSHEET, _BOOLERR, _BOF = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809
_END = 0xFFFFFFFA  # sector numbers from here on are marks: end of chain, free, …
_ROOT, _STREAM = 5, 2


def errors(data: bytes) -> list[dict[str, str]]:
    """For each sheet in the book's order: A1 → #REF!. Empty where the file is no .xls."""
    try:
        book = _stream(data)
        return [_in_sheet(book, start) for start in _sheets(book)]
    except (struct.error, IndexError, ValueError):
        return []


def sheet_records(data: bytes, kinds: tuple[int, ...]) -> list[list[bytes]]:
    """For each sheet in the book's order: the bodies of its records of these kinds; empty where the file is
    no .xls."""
    try:
        book = _stream(data)
        return [
            [book[at : at + size] for kind, at, size in _records(book, start) if kind in kinds]
            for start in _sheets(book)
        ]
    except (struct.error, IndexError, ValueError):
        return []


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, where its body starts, size) from `at` to the end of that part; what is nested (a chart in a
    sheet) is passed over."""
    depth = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, at + 4, size
        if depth <= 0:
            return
        at += 4 + size


def _sheets(book: bytes) -> list[int]:
    """Where each sheet's records start."""
    return [struct.unpack_from("<I", book, at)[0] for kind, at, _ in _records(book, 0) if kind == _BOUNDSHEET]


def _in_sheet(book: bytes, start: int) -> dict[str, str]:
    found = {}
    for kind, at, size in _records(book, start):
        if kind == _BOOLERR and size >= 8 and book[at + 7] == 1:
            code = book[at + 6]
        elif kind == _FORMULA and size >= 14 and book[at + 12 : at + 14] == b"\xff\xff" and book[at + 6] == 2:
            code = book[at + 8]
        else:
            continue
        row, column = struct.unpack_from("<HH", book, at)
        found[f"{letters(column)}{row + 1}"] = ERRORS.get(code, "#VALUE!")
    return found


def _stream(data: bytes) -> bytes:
    """The bytes of `Workbook` (`Book` before Excel 97). ValueError if there is none."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("no compound file")
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table = _numbers(b"".join(sector(n) for n in _table_sectors(data, sector)))
    first, cutoff, small_first = struct.unpack_from("<I4xII", data, 48)
    entries = list(_entries(b"".join(sector(n) for n in _chain(table, first))))
    found = [e for e in entries if e[1] == _STREAM and e[0].lower() in ("workbook", "book")]
    if not found:
        raise ValueError("no workbook in the file")
    _name, _kind, start, length = found[0]
    if length >= cutoff:
        return b"".join(sector(n) for n in _chain(table, start))[:length]
    root = next((start for _name, kind, start, _length in entries if kind == _ROOT), _END)
    small = b"".join(sector(n) for n in _chain(table, root))
    small_table = _numbers(b"".join(sector(n) for n in _chain(table, small_first)))
    return b"".join(small[n << 6 : (n + 1) << 6] for n in _chain(small_table, start))[:length]


def _table_sectors(data: bytes, sector: Callable[[int], bytes]) -> Iterator[int]:
    """Sectors of the allocation table: 109 in the header, more in a chain of sectors."""
    yield from (n for n in struct.unpack_from("<109I", data, 76) if n < _END)
    number, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) >> 9)):
        if number >= _END:
            return
        more = _numbers(sector(number))
        yield from (n for n in more[:-1] if n < _END)
        number = more[-1]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _chain(table: tuple[int, ...], number: int) -> Iterator[int]:
    """The sectors of one stream; a ring ends after as many steps as there are sectors."""
    for _ in range(len(table)):
        if number >= _END:
            return
        yield number
        number = table[number]


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """(name, kind, first sector, length) of what the compound file holds."""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield name, directory[at + 66], start, size
