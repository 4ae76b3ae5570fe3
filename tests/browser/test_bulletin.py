"""A bulletin by three people in a real browser: drafted, worded, reviewed, issued, checked, compared."""

from __future__ import annotations

import re

import pytest

from tests.browser.test_walk import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MONTH = "2022-08"  # the demonstration has issued September and October
WORDS = "各责任单位于9月20日前报送整改情况，3个工作日内补齐缺项。"


@pytest.fixture
def window(browser, server):
    """window("chief"): a page of that person, of its own; fails the test on a script error."""
    opened, troubles = {}, []

    def page_of(username: str):
        if username not in opened:
            context = browser.new_context(
                base_url=server,
                viewport={"width": 1366, "height": 768},
                locale="zh-CN",
                accept_downloads=True,
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


def test_three_people_make_a_bulletin(window, tmp_path):
    clerk = window("supervisor")
    clerk.goto("/documents/")
    clerk.locator("#bl-draft select[name=as_of]").select_option(MONTH)
    clerk.locator("#bl-draft button.btn-primary").click()
    clerk.locator(".wp-paper-masthead").wait_for(timeout=60_000)
    assert "安禾区督查通报" in clerk.locator(".wp-paper-masthead").inner_text()
    assert clerk.locator("#bl-review").count() == 0, "the clerk does not review"
    total = clerk.locator(".wp-paper-body .wp-figure").first
    number = int(re.match(r"\d+", total.inner_text())[0])
    paper = clerk.url

    total.click()
    clerk.wait_for_url("**/behind/**")
    assert clerk.locator("tbody tr").count() == number, "a number opens the matters that it counts"
    clerk.goto(paper)

    clerk.get_by_role("link", name="改导语和要求").click()
    clerk.locator("textarea[name=demands]").fill("要再办结15项。")
    clerk.get_by_role("button", name="保存为新稿").click()
    assert "写了数字15" in clerk.locator(".wp-note.is-red").inner_text()
    clerk.locator("textarea[name=demands]").fill(WORDS)
    clerk.get_by_role("button", name="保存为新稿").click()
    clerk.locator(".wp-paper").wait_for()
    assert WORDS in clerk.locator(".wp-paper").inner_text()
    assert clerk.locator(".wp-paper-body .wp-figure").first.inner_text().startswith(str(number))
    paper = clerk.url

    chief = window("chief")
    chief.goto(paper)
    chief.locator("#bl-review-words").fill("同意，报请签发")
    chief.locator("#bl-review").click()
    chief.get_by_text("您审核过这一稿").wait_for()
    assert chief.locator("#bl-issue").count() == 0, "who reviewed does not issue"

    leader = window("leader")
    leader.goto(paper)
    leader.locator("#bl-issue").click()
    leader.locator(".wp-chip.is-green", has_text="已签发").wait_for()
    given = leader.locator(".wp-paper-number").inner_text()
    assert re.fullmatch(r"安督通〔\d{4}〕\d+号", given)
    assert leader.locator(".wp-paper-deeds").count() == 0, "nothing is left to do"
    picture(leader, "bulletin-issued")

    leader.get_by_role("button", name="按原样重新生成并核对").click()
    leader.get_by_text("完全一致").wait_for()
    with leader.expect_download() as download:
        leader.get_by_role("link", name="下载 Word").click()
    saved = tmp_path / "bulletin.docx"
    download.value.save_as(saved)
    assert saved.read_bytes()[:2] == b"PK"


def test_a_bulletin_stands_beside_the_one_before_and_scores_lead_to_events(window):
    leader = window("leader")
    leader.goto("/documents/?kind=bulletin")
    leader.get_by_role("link", name=re.compile("2022年10月份")).first.click()
    leader.locator(".wp-paper-others a").first.click()
    leader.wait_for_url("**/against/**")
    main = leader.locator("main").inner_text()
    assert "已办结销号" in main
    assert "新办结" in main
    picture(leader, "bulletin-compared")

    leader.goto("/supervision/scores/?month=2022-10")
    leader.locator("tbody tr a").first.click()
    leader.wait_for_url("**/scores/2022-10/*/")
    assert "计分方法" in leader.locator("main").inner_text()

    head = window("head")
    head.goto("/supervision/scores/?month=2022-10")
    head.wait_for_url("**/scores/2022-10/swj/")
    assert head.goto("/supervision/scores/2022-10/jkq/").status == 404
