"""WCAG 2.2 A/AA by axe on every kind of page, at a desk's width and a phone's; colours forced, and none.

Each name of an address is looked at as the person who sees most on it. With WENPAN_AXE=all each role looks at
each kind of page (script/bars).
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest

from tests.browser.test_walk import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = ((1366, 768), (390, 844))
RUN = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join());
}"""


def chosen(crawled):
    """The pages of each person: all, or of every name the one with most on it."""
    shown = [p for p in crawled if p["status"] == 200 and p["words"] and "?" not in p["url"]]
    if os.environ.get("WENPAN_AXE") != "all":
        richest = {p["name"]: p for p in sorted(shown, key=lambda p: len(p["words"]))}
        shown = list(richest.values())
    by_person = defaultdict(list)
    for page in shown:
        by_person[page["user"]].append(page["url"])
    return by_person


@pytest.fixture
def window(browser, server):
    made = []

    def signed_in(name, **options):
        context = browser.new_context(base_url=server, locale="zh-CN", bypass_csp=True, **options)
        context.set_default_timeout(60_000)
        context.add_init_script(path=AXE)
        made.append(context)
        page = context.new_page()
        sign_in(page, name)
        return page

    yield signed_in
    for context in made:
        context.close()


@pytest.mark.skipif(not os.environ.get("WENPAN_CRAWL"), reason="WENPAN_CRAWL=1 walks every page")
def test_no_page_violates_wcag_at_either_width(crawled, window):
    wrong = {}
    for name, urls in chosen(crawled).items():
        page = window(name)
        for url in urls:
            page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})
            page.goto(url)
            for width, height in WIDTHS:
                page.set_viewport_size({"width": width, "height": height})
                if found := page.evaluate(RUN):
                    wrong[f"{name} {url} {width}"] = found
    assert wrong == {}


def test_the_door_violates_nothing(browser, server):
    context = browser.new_context(base_url=server, locale="zh-CN", bypass_csp=True)
    context.add_init_script(path=AXE)
    page = context.new_page()
    page.goto("/")
    found = page.evaluate(RUN)
    context.close()
    assert found == []


def test_forced_colours_keep_a_border_around_every_light(window):
    page = window("leader", forced_colors="active", viewport={"width": 1366, "height": 768})
    page.goto("/board/")
    borders = page.eval_on_selector_all(
        ".wp-light", "all => all.map(e => getComputedStyle(e).borderTopStyle)"
    )
    assert borders and set(borders) == {"solid"}


def test_without_colour_every_light_still_says_its_word(window):
    page = window("leader", viewport={"width": 1366, "height": 768})
    page.goto("/board/")
    words = page.eval_on_selector_all(".wp-light", "all => all.map(e => e.innerText.trim())")
    assert words and all(words)
    links = page.locator(".wp-main tbody th a")
    lines = links.evaluate_all("all => all.map(e => getComputedStyle(e).textDecorationLine)")
    assert set(lines) == {"underline"}


def test_large_letters_are_larger_and_nothing_is_wider_than_the_screen(window):
    page = window("leader", viewport={"width": 1366, "height": 768})
    page.goto("/today/")
    before = page.locator("h1").bounding_box()["height"]
    page.locator(".wp-user").click()
    page.get_by_role("button", name="大字版").click()
    page.wait_for_load_state()
    assert page.locator("h1").bounding_box()["height"] > 1.2 * before
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width + 1
    page.goto("/accounts/profile/")
    page.get_by_role("button", name="改用标准字号").click()
