"""Unreadable: why a file cannot be read, and what the sender can do about it."""

from __future__ import annotations

import re
from typing import Any

_MOST = re.compile(r"(?s)^(.+?)[,，]\s*(最多\s*.+?)(?:[,，]\s*(?:没有打开|已停止))?[.。]\s*(请.+?)[.。]?$")


class Unreadable(Exception):  # noqa: N818
    """`code`: encrypted, truncated, html, too_large, zip_bomb, far_cells, not_a_workbook, empty,
    too_many, timeout, memory, crashed. `message`: Chinese, what is wrong and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def beyond(self) -> tuple[str, str, str] | None:
        """What was found, what is allowed, what to do; None where no limit was passed."""
        told = _MOST.match(self.message)
        return (told[1], told[2], told[3]) if told else None

    def __reduce__(self) -> tuple[Any, ...]:
        return Unreadable, (self.code, self.message)
