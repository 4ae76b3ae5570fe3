"""A unit's month by the program's own count (填报账): what it was asked for, and what waits on its desk.

Counted as the page counts: for every form handed in the fields that must be filled, and the minutes that the
register says; a click that nothing has changed is half a minute and no field. What waits on the desk is done
in one sitting, and the count of the month may not go up by more than the bar leaves.
"""

from __future__ import annotations

import re
import shutil

import pytest

from tests.browser.conftest import served
from tests.browser.test_walk import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIELDS, MINUTES = 25, 10
WHOLE = {"商务局": 10, "桐溪镇": 10}  # minutes of a month, every registered form
NOTHING_NEW = ("late", "week", "silent")


@pytest.fixture(scope="module")
def server(demo_built, tmp_path_factory):
    """A place of its own: what waits is there whole."""
    home = tmp_path_factory.mktemp("month") / "home"
    shutil.copytree(demo_built, home)
    yield from served(home)


@pytest.fixture
def desk(browser, server):
    windows = []

    def of(name: str):
        window = browser.new_context(base_url=server, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        window.set_default_timeout(90_000)
        windows.append(window)
        page = window.new_page()
        sign_in(page, name)
        return page

    yield of
    for window in windows:
        window.close()


def counted(page, unit: str, month: str) -> tuple[int, float]:
    """Fields and minutes of the unit's line."""
    page.goto(f"/supervision/burden/?month={month}")
    row = page.locator("section").first.locator("tbody tr", has_text=unit)
    if not row.count():
        return 0, 0.0
    cells = [re.sub(r"[^\d.]", "", text) or "0" for text in row.locator("td").all_inner_texts()]
    return int(cells[-2]), float(cells[-1])


@pytest.mark.parametrize("month", ["2022-10", "2022-11"])
@pytest.mark.parametrize(("person", "unit"), [("liaison", "商务局"), ("liaison_town", "桐溪镇")])
def test_a_units_month_is_within_twenty_five_fields_and_its_minutes(desk, person, unit, month):
    """Every form that 填报账 registers; November to the day of the demonstration.

    The goal of ten minutes was met by the eight forms that were counted first. Since causes of reds, answers
    to meetings, contacts with higher departments and pasted estimates are counted, too, a bureau with two
    red lights has more: its bar is what it may not grow beyond.
    """
    page = desk(person)
    fields, minutes = counted(page, unit, month)
    print(f"\n{unit}, {month} as it was: {fields} fields, {minutes} minutes")
    assert fields <= FIELDS and minutes <= WHOLE[unit]


@pytest.mark.parametrize(("person", "unit"), [("liaison", "商务局"), ("liaison_town", "桐溪镇")])
def test_what_waits_on_a_desk_is_done_in_one_sitting_within_the_bar(desk, person, unit):
    page = desk(person)
    before = counted(page, unit, "2022-11")
    page.goto("/today/")
    for group in NOTHING_NEW:
        box = page.locator(f"#g-{group}")
        if box.count() and box.locator("[data-tick-every] input").count():
            box.locator("[data-tick-every] input").click()
            box.get_by_role("button", name="无变化", exact=True).click()
            page.wait_for_load_state()
    typed = 0
    if page.locator("#g-estimates").count():
        page.goto("/ledger/estimates/")
        for field in page.locator("input[name^='value:']").all():
            if not field.input_value():
                field.fill("1.0")
                typed += 1
        page.locator("main form button.btn-primary").first.click()
        page.wait_for_load_state()
    after = counted(page, unit, "2022-11")
    done = after[0] - before[0], after[1] - before[1]
    print(
        f"\n{unit}, one sitting: {typed} typed in the browser, {done[0]} fields, {done[1]} minutes by 填报账"
    )
    assert done[0] <= FIELDS and done[1] <= MINUTES
