"""One matter from draft to closure by five people in a real browser, and a sixth who sees nothing of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.browser.test_walk import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "完成商贸流通企业纳统入库十二家"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def window(browser, server):
    """window("chief"): a page of that person, of its own; fails the test on a script error."""
    opened, troubles = {}, []

    def page_of(username: str, **viewport):
        if username not in opened:
            context = browser.new_context(
                base_url=server, viewport=viewport or {"width": 1366, "height": 768}, locale="zh-CN"
            )
            context.set_default_timeout(20_000)
            context.on("weberror", lambda error: troubles.append(str(error.error)))
            context.on(
                "response", lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None
            )
            opened[username] = context.new_page()
            sign_in(opened[username], username)
        return opened[username]

    yield page_of
    for page in opened.values():
        page.context.close()
    assert not troubles, troubles


def deed(page, code: str):
    """The form of one deed, opened."""
    form = page.locator(f"#deed-{code}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def test_a_matter_is_registered_assigned_reported_checked_and_closed(window, tmp_path):
    clerk = window("supervisor")
    clerk.goto("/supervision/matters/new/")
    clerk.locator("textarea[name=title]").fill(TITLE)
    clerk.locator("select[name=lead]").select_option("swj")
    clerk.locator("input[name=due]").fill((date.today() + timedelta(days=3)).isoformat())
    clerk.locator("form.sv-draft button.btn-primary").click()
    clerk.wait_for_url("**/matters/*/")
    address = clerk.url
    assert clerk.locator("#deed-register").count() == 0, "the clerk does not approve"

    chief = window("chief")
    chief.goto(address)
    deed(chief, "register").locator("button").click()
    chief.locator("#deed-assign").wait_for()

    clerk.goto(address)
    form = deed(clerk, "assign")
    assert form.locator("select[name=lead]").input_value() == "swj", "what was proposed stands in the form"
    form.locator("button").click()
    clerk.get_by_text("待牵头单位签收").first.wait_for()

    liaison = window("liaison", **PHONE)
    liaison.goto("/supervision/desk/")
    item = liaison.locator(".sv-item", has_text=TITLE)
    item.get_by_role("button", name="签收").click()
    liaison.wait_for_url("**/desk/")
    liaison.locator(".sv-item", has_text=TITLE).get_by_role("link", name="反馈").click()
    form = liaison.locator("form.sv-desk-form")
    form.get_by_label("已完成").check()
    form.locator("textarea[name=process]").fill("十二家企业资料已全部通过初审。")
    proof = tmp_path / "核对台账.pdf"
    proof.write_bytes(b"%PDF-1.4 proof")
    form.locator("input[type=file]").set_input_files(proof)
    assert liaison.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(liaison, "20-desk-phone")
    form.get_by_role("button", name="反馈").click()
    liaison.wait_for_url("**/desk/")
    assert liaison.locator(".sv-item", has_text=TITLE).count() == 0, "it is with the office now"

    clerk.goto(address)
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="核对台账.pdf").click()
    assert download.value.suggested_filename == "核对台账.pdf"
    form = deed(clerk, "check")
    form.get_by_label("通过", exact=True).check()
    form.locator("textarea").fill("已调阅台账核实")
    picture(clerk, "21-matter")
    form.locator("button").click()
    deed(clerk, "close").locator("button").click()
    clerk.get_by_text("办结销号").first.wait_for()
    assert "反馈进展" not in clerk.locator(".sv-timeline").inner_text()
    assert clerk.locator(".sv-timeline > li").count() == 7

    leader = window("leader")
    leader.goto(address)
    assert leader.locator("main form[method=post]:not(.wp-star)").count() == 0  # but the own star
    stranger = window("liaison_town")
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 404
    assert TITLE not in stranger.content()


def test_the_list_is_filtered_sorted_and_opened_by_keyboard(window):
    page = window("supervisor")
    page.goto("/supervision/matters/?state=all")
    page.locator("select[name=light]").select_option("RED")
    page.wait_for_url("**light=RED**")
    page.get_by_role("link", name="时限", exact=True).click()
    page.wait_for_url("**sort=due**")
    rows = page.locator("tr[data-href]")
    assert rows.count() > 0
    rows.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/*/")
