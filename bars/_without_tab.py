"""A plugin of pytest that breaks a promise: what is pressed cannot be reached by the Tab key."""

from __future__ import annotations

from typing import Any

UNREACHABLE = "document.querySelectorAll('a,button,input,select,textarea').forEach(e => e.tabIndex = -1)"


def pytest_collection_finish() -> None:
    from tests.flows import keyboard

    tab_to = keyboard.tab_to

    def without(page: Any, selector: str) -> None:
        if "/data/" in page.url:
            page.evaluate(UNREACHABLE)
        tab_to(page, selector)

    keyboard.tab_to = without
