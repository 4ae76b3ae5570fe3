"""Hands without a mouse: Tab, arrow keys, Enter, and the system's dialog for a file."""

from __future__ import annotations

import re

MOST = 400  # tabs from one end of a page to the other


def sign_in(page, user: str, password: str) -> None:
    page.goto("/")
    page.locator("input[name=username]").wait_for()
    if not page.evaluate("document.activeElement.matches('input[name=username]')"):
        tab_to(page, "input[name=username]")
    page.keyboard.type(user)
    tab_to(page, "input[name=password]")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign" not in url)


def send(page, file) -> None:
    """One file through 数据与核对, until its own page is there."""
    page.goto("/data/", wait_until="networkidle")
    chosen(page).set_files(file)
    if not re.search(r"/data/\d+/$", page.url):
        tab_to(page, "form.in-drop button.btn-primary")
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/data/\d+/$"), timeout=60_000)


def chosen(page):
    """The system's dialog for a file; a busy browser sometimes leaves the first press of a key unanswered."""
    from playwright.sync_api import TimeoutError as NotInTime

    for _ in range(3):
        tab_to(page, "#in-file")
        try:
            with page.expect_file_chooser(timeout=10_000) as chooser:
                page.keyboard.press("Space")
            return chooser.value
        except NotInTime:
            page.goto("/data/", wait_until="networkidle")
    raise AssertionError("no dialog after three presses of the space bar")


def tab_to(page, selector: str) -> None:
    """Tab, as a person without a mouse, until the wanted field has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement && document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no number of tabs leads to {selector}")


def choose(page, selector: str, value: str) -> None:
    """Arrow keys on a focused list until it holds the value."""
    tab_to(page, selector)
    page.keyboard.press("Home")
    for _ in range(80):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{selector} offers no {value}")
