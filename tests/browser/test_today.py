"""今日 counted: how many clicks a speech, a page of lights and a week of inspection cost.

A click is a press of a mouse button on the page: a link, a button, a tick box, a choice from a list. Choosing
the file in the dialog of the system counts as one. Signing in is not counted.
"""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.browser.test_walk import sign_in
from tests.district.supervision.sources.papers import docx

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ORDERS = (
    "一、住建局要在12月20日前完成新安街道北苑小区外墙修缮。",
    "二、商务局要在12月10日前印发年货节活动方案。",
    "三、财政局要在12月5日前办完第一批奖补资金拨付。",
    "四、投促局要在12月15日前完成未开工项目逐个见面。",
    "五、交通局要在12月8日前完成河东大道灯具更换。",
    "六、税务局要在12月25日前完成留抵退税风险核查。",
    "七、经发局要在12月12日前印发工业企业稳产方案。",
    "八、统计局要在12月9日前完成新纳统企业名单核对。",
    "九、桐溪镇要在12月18日前完成智造园二期征迁扫尾。",
    "十、柳湾镇要在12月22日前完成水质净化厂管网验收。",
    "十一、石埠镇要在12月28日前完成冷链物流中心用电接入。",
)


class Counted:
    """A page whose clicks are counted."""

    def __init__(self, page) -> None:
        self.page, self.clicks = page, 0

    def click(self, locator) -> None:
        self.clicks += 1
        locator.click()
        self.page.wait_for_load_state()

    def choose_file(self, selector: str, file) -> None:
        self.clicks += 1
        self.page.locator(selector).set_input_files(file)

    def all_of(self, group: str, act: str, words: str = "") -> None:
        """Tick all of a group of 今日 and press the button: two clicks; three where it is folded."""
        box = self.page.locator(f"#g-{group}")
        if box.locator(".td-more a").count():
            self.click(box.locator(".td-more a"))
        self.click(box.locator("[data-tick-every] input"))
        if words:
            box.locator("input[name=words]").fill(words)
        self.click(box.get_by_role("button", name=act, exact=True))


@pytest.fixture(scope="module")
def server(demo_built, tmp_path_factory):
    """A place of its own: what is counted here is there whole, whichever walk came before."""
    home = tmp_path_factory.mktemp("today") / "home"
    shutil.copytree(demo_built, home)
    yield from served(home)


@pytest.fixture
def signed(browser, server):
    """signed("chief"): a counted page of that person, in a window of their own."""
    windows = []

    def sign(name: str) -> Counted:
        window = browser.new_context(base_url=server, viewport={"width": 1366, "height": 768}, locale="zh-CN")
        window.set_default_timeout(60_000)
        windows.append(window)
        page = window.new_page()
        sign_in(page, name)
        page.wait_for_url("**/today/")
        return Counted(page)

    yield sign
    for window in windows:
        window.close()


def headline(counted: Counted) -> int:
    return int(re.search(r"\d+", counted.page.locator("#td-headline").inner_text())[0])


def test_a_speech_of_eleven_matters_costs_at_most_twelve_clicks_from_upload_to_assignment(signed):
    clerk = signed("supervisor")
    clerk.click(clerk.page.locator(".wp-nav a", has_text="来源文件"))
    speech = ("在全区重点工作推进会上的讲话", "（2022年11月21日）", "同志们：今天部署年底前的工作。", *ORDERS)
    file = {"name": "推进会讲话.docx", "mimeType": "application/octet-stream", "buffer": docx(*speech)}
    clerk.choose_file("#so-file", file)
    clerk.click(clerk.page.locator(".so-drop button.btn-primary"))
    clerk.page.locator(".so-card").first.wait_for(timeout=120_000)
    assert clerk.page.locator(".so-card").count() == 11
    clerk.click(clerk.page.locator("#so-sure"))
    while clerk.page.locator(".so-card.is-open").count():  # what is not certain, one by one
        clerk.click(clerk.page.locator(".so-card.is-open [data-so-confirm]").first)
        clerk.page.wait_for_timeout(500)

    chief = signed("chief")
    assert headline(chief) >= 11
    chief.all_of("register", "立项")
    assert "已立项11件" in chief.page.locator(".td-outcome").inner_text()
    assert chief.page.locator("#g-register").count() == 0

    clerk.click(clerk.page.locator(".wp-nav a", has_text="今日"))
    clerk.all_of("assign", "按拟定单位和时限交办")
    assert "已交办11件" in clerk.page.locator(".td-outcome").inner_text()
    total = clerk.clicks + chief.clicks
    print(
        f"\nspeech of 11: {clerk.clicks} clicks of the office, {chief.clicks} of the chief, {total} together"
    )
    assert total <= 12


def test_a_page_of_light_proposals_costs_at_most_ten_decisions(signed):
    clerk = signed("supervisor")
    group = clerk.page.locator("#g-lights")
    many = int(group.locator(".wp-chip.is-accent").inner_text())
    assert many > 40
    clerk.all_of("lights", "确认拟办")
    if clerk.page.locator("#g-lights").count():  # what names no unit, with one reason for all
        clerk.all_of("lights", "不立事项", "没有责任单位，由经发局直接调度")
    assert clerk.page.locator("#g-lights").count() == 0
    print(f"\n{many} proposals of lights: {clerk.clicks} clicks")
    assert clerk.clicks <= 10


def test_a_week_of_a_hundred_objects_costs_at_most_twenty_decisions(signed):
    clerk = signed("supervisor")
    clerk.click(clerk.page.locator(".wp-nav a", has_text="每周督查"))
    opening = clerk.page.get_by_role("button", name="打开本周督查")
    if opening.count():
        clerk.click(opening)
    left = int(
        re.match(r"\d+", clerk.page.locator("#sv-week > div").nth(1).locator("strong").inner_text())[0]
    )
    assert left > 60
    while clerk.page.locator("input[name=looks]").count():
        clerk.click(clerk.page.locator("[data-week-every]"))
        bulk = clerk.page.locator("#sv-bulk")
        clerk.clicks += 1  # the result is chosen from a list
        bulk.locator("select[name=result]").select_option("still")
        clerk.click(bulk.locator("button"))
        assert clerk.clicks < 40
    print(f"\na week of {left} objects: {clerk.clicks} clicks")
    assert clerk.clicks <= 20


def test_the_list_is_worked_by_keyboard(signed):
    chief = signed("chief")
    page = chief.page
    page.locator("h1").click()
    for _row in range(12):  # down to the first row that may be ticked
        page.keyboard.press("j")
        assert page.evaluate("!!document.activeElement.closest('[data-tick-row]')")
        if page.evaluate(
            "!!document.activeElement.closest('[data-tick-row]').querySelector('input[name=pick]')"
        ):
            break
    page.keyboard.press("x")
    expect(page.locator("input[name=pick]:checked")).to_have_count(1, timeout=20_000)
    page.keyboard.press("x")
    expect(page.locator("input[name=pick]:checked")).to_have_count(0, timeout=20_000)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "wp-search"
