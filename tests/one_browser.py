"""One Playwright for all tests of a process: a second one would find the loop of the first still running."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_started: list[Any] = []


@contextmanager
def playwright() -> Iterator[Any]:
    """Started at the first call, stopped with the process."""
    if not _started:
        from playwright.sync_api import sync_playwright

        _started.append(sync_playwright().start())
        atexit.register(_started[0].stop)
    yield _started[0]
