"""The leader: two presses from a red light to a matter; one line each on a phone; no blank sheet printed."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.test_walk import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PRINTED = ["/today/", "/board/", "/supervision/", "/projects/key/", "/projects/", "/supervision/matters/"]


@pytest.fixture
def leader(page):
    sign_in(page, "leader")
    return page


def printed(page, address: str) -> list[str]:
    page.goto(address)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("address", PRINTED)
def test_no_sheet_is_blank_and_none_holds_a_heading_alone(leader, address):
    sheets = printed(leader, address)
    assert all(len(text) > 60 for text in sheets), [len(text) for text in sheets]


def test_one_sheet_is_one_side_of_a4(leader):
    sheets = printed(leader, "/sheet/")
    assert len(sheets) == 1
    assert "红灯指标" in sheets[0] and "逾期事项" in sheets[0]


@pytest.mark.parametrize(("address", "most"), [("/board/", 4600), ("/projects/key/", 3600)])
def test_on_a_phone_a_list_folds_to_one_line_each(leader, address, most):
    leader.set_viewport_size({"width": 390, "height": 844})
    leader.goto(address)
    assert leader.evaluate("document.documentElement.scrollHeight") <= most
    heights = leader.eval_on_selector_all(
        ".is-lines > tbody > tr", "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert heights and max(heights) <= 48


def test_a_red_names_who_answers_and_becomes_a_matter_with_two_presses(leader):
    leader.goto("/board/")
    red = leader.locator(".wp-red").last
    assert red.locator(".wp-people li").count() >= 1
    red.get_by_role("link", name="转督办").click()
    leader.get_by_role("button", name="转督办").click()
    leader.wait_for_url("**/supervision/matters/*/")
    assert (
        "已转督办" in leader.locator("#wp-toasts").inner_text()
        or "批示" in leader.locator("main").inner_text()
    )
