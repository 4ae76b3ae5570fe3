"""我的招商项目: rows of a spreadsheet are registered with one paste and one key; lines are typed as there."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_walk import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEAD = "序号\t项目名称\t投资方名称\t阶段\t投资总额（亿元）\t洽谈时间\t招商进度\n"
ROW = "{n}\t安禾粘贴{n}号\t第{n}投资公司\t{stage}\t{n}.5\t2022/11/{n}\t已来访{n}次\n"
COPIED = HEAD + "".join(
    ROW.format(n=n, stage="在谈" if n % 3 else "线索") for n in range(1, 21)
)  # twenty rows, as a spreadsheet puts them on the clipboard


def test_twenty_rows_are_pasted_and_registered_without_the_mouse(page):
    sign_in(page, "staff")
    page.goto("/deals/mine/")
    field = page.locator("textarea[name=lines]")
    field.focus()
    page.evaluate(  # a paste as the browser hears it: the clipboard's text, at the cursor
        """text => {
             const data = new DataTransfer(); data.setData("text/plain", text);
             const field = document.activeElement;
             if (field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true})))
               field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
           }""",
        COPIED,
    )
    picture(page, "deals-pasted")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已登记20个项目")).to_be_visible()
    page.get_by_label("项目、投资方").fill("安禾粘贴")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(20)
    row = page.locator("tbody tr", has_text="安禾粘贴3号")
    expect(row).to_contain_text("线索")
    row.get_by_role("link").first.click()
    expect(page.locator("body")).to_contain_text("3.5")  # 亿元, as the copied head says


def test_a_line_is_typed_with_tabs_and_the_field_can_be_left_again(page):
    sign_in(page, "staff")
    page.goto("/deals/mine/")
    page.locator("textarea[name=lines]").focus()
    for n, cell in enumerate(("安禾键入一号", "甲投资公司", "线索", "2022-11-01", "3000", "来电")):
        if n:
            page.keyboard.press("Tab")
        page.keyboard.type(cell)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr", has_text="安禾键入一号")).to_contain_text("线索")


def test_what_cannot_be_registered_is_said_with_its_line_and_stays(page):
    sign_in(page, "staff")
    page.goto("/deals/mine/")
    page.locator("textarea[name=lines]").fill("安禾甲\t甲\t在谈\n安禾乙\t乙\t已签约")
    page.keyboard.press("Control+Enter")
    expect(page.locator("body")).to_contain_text("第2行的阶段写的是“已签约”")
    assert "安禾甲" in page.locator("textarea[name=lines]").input_value()
