"""Unreadable: why a file cannot be read, and what the sender can do about it."""

from __future__ import annotations

from typing import Any


class Unreadable(Exception):  # noqa: N818
    """`code`: encrypted, truncated, html, too_large, zip_bomb, far_cells, not_a_workbook, empty,
    timeout, memory, crashed. `message`: Chinese, what is wrong and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        return Unreadable, (self.code, self.message)
