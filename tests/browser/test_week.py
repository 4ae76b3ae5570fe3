"""The week of the supervision office in a real browser: by keyboard, by ticked rows, closed and proved."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest

from tests.browser.test_walk import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def number(page, at: int) -> int:
    """The figure of a box of the week's sums: 0 looked at, 1 left."""
    text = page.locator("#sv-week > div").nth(at).locator("strong").inner_text()
    return int(re.match(r"\d+", text).group())


def opened(page) -> None:
    """The week, by the button unless the clock was quicker."""
    page.goto("/supervision/week/")
    button = page.get_by_role("button", name="打开本周督查")
    if button.count():
        button.click()
    page.locator("#sv-week").wait_for()


def test_the_week_is_recorded_by_keyboard_and_proved(page, tmp_path):
    sign_in(page, "supervisor")
    opened(page)
    left = number(page, 1)
    assert left > 3
    picture(page, "30-week")

    row = page.locator("tr.sv-look").first
    title = row.locator("td.sv-title a").inner_text()
    following = page.locator("tr.sv-look").nth(1).get_attribute("id")
    row.locator("input[type=radio]").first.focus()
    page.keyboard.press("3")  # a problem: the note is next
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert number(page, 1) == left  # a problem without words is refused
    row = page.locator("tr.sv-look").first
    assert "请写明" in row.inner_text()
    row.locator("input[name=note]").fill("征地尚未完成")
    page.keyboard.press("Enter")
    page.locator("tr.sv-look.is-done").first.wait_for()
    assert (number(page, 0), number(page, 1)) == (1, left - 1)
    page.wait_for_function(f"document.activeElement.closest('tr')?.id === '{following}'")

    for n in (1, 2):
        page.locator("tr.sv-look").nth(n).locator("input[name=looks]").check()
    bulk = page.locator("#sv-bulk")
    assert "2 项一并记录" in bulk.inner_text()
    bulk.locator("select[name=result]").select_option("still")
    bulk.locator("button").click()
    page.wait_for_load_state()
    assert (number(page, 0), number(page, 1)) == (3, left - 3)

    page.get_by_text("结束本周督查").first.click()
    page.locator("#sv-summary").fill("两个项目没有进展，下周现场看。")
    page.locator(".sv-close button").click()
    page.locator("h1", has_text="每周督查").wait_for()
    body = page.locator("main").inner_text()
    for words in (title, "征地尚未完成", "罗行简", "两个项目没有进展", f"未督查{left - 3}项，转入下周"):
        assert words in body
    picture(page, "31-week-proof")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="导出").click()
    assert sheet.value.suggested_filename.endswith(".xlsx")
    with page.expect_download() as paper:
        page.get_by_role("link", name="督查周报和问题清单").click()
    paper.value.save_as(tmp_path / "week.docx")
    assert "征地尚未完成" in ZipFile(tmp_path / "week.docx").read("word/document.xml").decode()


def test_the_rules_and_the_empty_list_are_at_hand(page):
    sign_in(page, "supervisor")
    page.goto("/supervision/line/")
    assert "逾期第10个工作日" in page.locator("main").inner_text()
    page.goto("/supervision/vacuum/")
    assert page.locator("h1").inner_text() == "空转清单"
    page.goto("/supervision/notices/")
    assert page.locator(".wp-bell").is_visible()
