"""各列是什么 by keyboard alone: a table with a word that nobody knows is sent, explained and read."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests import one_browser
from tests.flows import keyboard
from wenpan.district.observations.actions import sync_regions

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
PASSWORD = "Stable-district-2022"


@pytest.fixture
def page(live_server, make_user, monkeypatch):
    if CHROMIUM is None:
        pytest.skip("Chromium is missing (Debian: apt-get install chromium)")
    pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    city = {"code": "ninglan", "name": "宁澜市"}
    sync_regions(regions=[{"code": "anhe", "name": "安禾区", "home": True}], city=city, by=None)
    make_user("analyst", password=PASSWORD)
    with one_browser.playwright() as playwright:
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


def test_a_table_is_explained_by_keyboard_alone(page):
    keyboard.sign_in(page, "analyst", PASSWORD)
    keyboard.send(page, table())
    assert "蹊跷" in page.locator("main").inner_text()

    picture(page, "columns-asked")
    keyboard.tab_to(page, "main a[href$='/layout/'], header a[href$='/layout/'], a[href$='/layout/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/layout/$"))
    picture(page, "columns")
    keyboard.choose(page, "select[name=role-3]", "figure")
    keyboard.choose(page, "select[name=measure-3]", "ytd_growth")
    keyboard.tab_to(page, "#ly-form button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/data/\d+/$"), timeout=60_000)
    page.locator("#in-accept").wait_for(timeout=60_000)
    picture(page, "columns-read")
    heads = page.locator(".in-grid thead").inner_text()
    assert "累计增速" in heads
