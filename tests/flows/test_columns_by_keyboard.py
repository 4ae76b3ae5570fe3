"""各列是什么 by keyboard alone: a table with a word that nobody knows is sent, explained and read."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from wenpan.district.observations.actions import sync_regions

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PASSWORD = "Stable-district-2022"
MOST = 400  # tabs from one end of a page to the other


@pytest.fixture
def page(live_server, make_user, monkeypatch):
    if CHROMIUM is None:
        pytest.skip("Chromium is missing (Debian: apt-get install chromium)")
    sync = pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    city = {"code": "ninglan", "name": "宁澜市"}
    sync_regions(regions=[{"code": "anhe", "name": "安禾区", "home": True}], city=city, by=None)
    make_user("analyst", password=PASSWORD)
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        size = {"width": 1366, "height": 768}
        window = browser.new_context(base_url=live_server.url, viewport=size, locale="zh-CN")
        window.set_default_timeout(30_000)
        yield window.new_page()
        browser.close()


def picture(page, name: str) -> None:
    """With WENPAN_SCREENSHOTS=FOLDER the steps are kept as pictures, wide and on a phone."""
    if folder := os.environ.get("WENPAN_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for width, height, tag in ((390, 844, "phone"), (1366, 768, "wide")):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{folder}/{name}-{tag}.png", full_page=True)


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


def table():
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["安禾区2022年1—10月主要经济指标"],
        ["指标名称", "计量单位", "1—10月累计", "蹊跷(%)"],
        ["社会消费品零售总额", "亿元", 280.15, 3.6],
        ["一般公共预算收入", "亿元", 31.42, 1.2],
    ):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    return {"name": "十月指标.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


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


def test_a_table_is_explained_by_keyboard_alone(page):
    page.goto("/")
    page.locator("input[name=username]").wait_for()
    if not page.evaluate("document.activeElement.matches('input[name=username]')"):
        tab_to(page, "input[name=username]")
    page.keyboard.type("analyst")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign" not in url)

    page.goto("/data/", wait_until="networkidle")
    chosen(page).set_files(table())
    if not re.search(r"/data/\d+/$", page.url):
        tab_to(page, "form.in-drop button.btn-primary")
        page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/data/\d+/$"), timeout=60_000)
    assert "蹊跷" in page.locator("main").inner_text()

    picture(page, "columns-asked")
    tab_to(page, "main a[href$='/layout/'], header a[href$='/layout/'], a[href$='/layout/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/layout/$"))
    picture(page, "columns")
    choose(page, "select[name=role-3]", "figure")
    choose(page, "select[name=measure-3]", "ytd_growth")
    tab_to(page, "#ly-form button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/data/\d+/$"), timeout=60_000)
    page.locator("#in-accept").wait_for(timeout=60_000)
    picture(page, "columns-read")
    heads = page.locator(".in-grid thead").inner_text()
    assert "累计增速" in heads
