"""The pictures of supervision that the READMEs show, on the demonstration as built; nothing is changed.

Only with WENPAN_SCREENSHOTS=FOLDER (script/screenshots); that the pages answer is told by the other walks.
"""

from __future__ import annotations

import os

import pytest

from tests.browser.test_walk import picture, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("WENPAN_SCREENSHOTS"), reason="only for script/screenshots"),
]


def test_from_the_speech_to_the_matter_and_the_week(page):
    sign_in(page, "supervisor")
    page.goto("/supervision/sources/?kind=speech")
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state()
    picture(page, "30-source")
    page.goto("/supervision/matters/")
    picture(page, "31-matters")
    page.goto("/supervision/matters/?flag=overdue")
    page.locator("main table tbody a").first.click()
    page.wait_for_load_state()
    picture(page, "32-matter")
    page.goto("/supervision/week/")
    picture(page, "33-week")


def test_the_desk_of_a_unit(page):
    sign_in(page, "liaison")
    page.goto("/supervision/desk/")
    picture(page, "34-desk")


def test_the_bulletin_as_issued(page):
    sign_in(page, "leader")
    page.goto("/documents/")
    page.locator("main a", has_text="督办事项办理情况的通报").first.click()
    page.wait_for_load_state()
    picture(page, "35-bulletin")
