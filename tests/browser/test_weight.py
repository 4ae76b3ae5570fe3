"""How much a page weighs on the line: every role's first page, and the leader's phone after it.

Counted by the browser (headers and bodies as they were sent, compressed), with an empty store of files for
the first load. A chart that nobody opened loads no chart library.
"""

from __future__ import annotations

import pytest

from tests.browser.test_walk import sign_in
from wenpan.demo.story.people import PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST_KB, PHONE_KB = 120, 60
PHONE_PAGES = (
    "/today/",
    "/board/",
    "/supervision/",
    "/projects/key/",
    "/supervision/matters/",
    "/sheet/",
    "/calendar/",
)


class Line:
    """What a page of Chromium brought over the line, in bytes and by address."""

    def __init__(self, page) -> None:
        self.page, self.by_address, self._addresses = page, {}, {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.requestWillBeSent",
            lambda e: self._addresses.update({e["requestId"]: e["request"]["url"]}),
        )
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event) -> None:
        address = self._addresses.get(event["requestId"], "")
        self.by_address[address] = self.by_address.get(address, 0) + event["encodedDataLength"]

    def load(self, address: str) -> float:
        """Kilobytes (1,000 bytes) until nothing more comes."""
        self.by_address.clear()
        answer = self.page.goto(address, wait_until="networkidle")
        assert answer.status == 200, address
        return sum(self.by_address.values()) / 1000


@pytest.fixture
def opened(browser, server):
    """opened("leader"): a window of that person without anything kept but the session."""
    made = []

    def window(name: str, **options):
        first = browser.new_context(base_url=server, locale="zh-CN")
        first.set_default_timeout(60_000)
        made.append(first)
        page = first.new_page()
        sign_in(page, name)
        state = first.storage_state()
        fresh = browser.new_context(base_url=server, locale="zh-CN", storage_state=state, **options)
        fresh.set_default_timeout(60_000)
        made.append(fresh)
        return Line(fresh.new_page())

    yield window
    for context in made:
        context.close()


def test_the_first_page_of_every_role_is_light(opened):
    weights = {}
    for person in PEOPLE:
        line = opened(person.username, viewport={"width": 1366, "height": 768})
        weights[person.username] = line.load("/")
        assert not [a for a in line.by_address if "echarts" in a], person.username
    print("\nfirst load, KB: " + ", ".join(f"{name} {kb:.0f}" for name, kb in weights.items()))
    assert {name: kb for name, kb in weights.items() if kb > FIRST_KB} == {}


def test_the_leaders_phone_needs_little_after_the_first_page(opened):
    line = opened("leader", viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    line.load("/")
    weights = {address: line.load(address) for address in PHONE_PAGES}
    print("\nleader's phone, KB: " + ", ".join(f"{address} {kb:.0f}" for address, kb in weights.items()))
    assert {address: kb for address, kb in weights.items() if kb > PHONE_KB} == {}
