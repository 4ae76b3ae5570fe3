"""The frame in a real Chromium: charts, origin, keys, phone; nothing against the security policy."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from tests import one_browser
from wenpan.district.accounts.permissions import requires

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """{% extends "base.html" %}{% load ui %}{% block title %}试验页{% endblock %}{% block content %}
{% chart "growth" option height=260 label="增速" %}
<button type="button" id="swap" hx-get="/part/" hx-target="#place">换</button><div id="place"></div>
<button type="button" class="wp-figure" id="fig" hx-get="/origin/" hx-target="#wp-origin-body"
  data-wp-open="#wp-origin">5.2</button>
<div class="wp-table-scroll"><table class="table wp-table"><tbody>
<tr data-href="/help/"><td>一</td></tr><tr data-href="/help/?second"><td>二</td></tr></tbody></table></div>
{% endblock %}"""
PART = '{% load ui %}{% chart "part" option height=200 %}'
OPTION = {
    "xAxis": {"type": "category", "data": ["2022-08", "2022-09"], "axisLabel": {"formatter": "@month"}},
    "yAxis": {"type": "value", "axisLabel": {"formatter": "@pct:2"}},
    "series": [{"type": "line", "data": [1.5, -2.25], "label": {"show": True, "formatter": "@points"}}],
}


def _render(request, source):
    return HttpResponse(Template(source).render(RequestContext(request, {"option": OPTION})))


@requires("board.view")
def page(request):
    return _render(request, PAGE)


@requires("board.view")
def part(request):
    return _render(request, PART)


@requires("board.view")
def origin(request):
    return HttpResponse("<p>来自 2022年9月.xlsx，工作表 主要指标，C7</p>")


urlpatterns = [
    path("page/", page),
    path("part/", part),
    path("origin/", origin),
    path("", include("wenpan.district.urls")),
]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def chromium():

    with one_browser.playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium, live_server, make_user, settings, client):
    """desk(width): the trial page, signed in as leader; complaints of the browser fail the test."""
    settings.ROOT_URLCONF = __name__
    client.force_login(make_user("leader"))
    complaints, contexts = [], []

    def open_page(width=1366, height=768):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        cookie = client.cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        shown = context.new_page()
        shown.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.goto(f"{live_server.url}/page/")
        return shown

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def test_a_chart_is_drawn_with_named_formatters_and_again_after_a_swap(desk):
    shown = desk()
    shown.wait_for_selector("#growth svg")
    words = shown.locator("#growth svg text").all_text_contents()
    assert {"8月", "9月", "1.5个百分点", "−2.3个百分点"} <= set(words)
    assert any(word.endswith(".00%") for word in words)
    assert shown.get_attribute("#growth", "aria-label") == "增速"
    shown.click("#swap")
    shown.wait_for_selector("#part svg")


def test_a_figure_opens_its_origin_beside_the_page_and_escape_closes_it(desk):
    shown = desk()
    shown.click("#fig")
    shown.wait_for_selector("#wp-origin.show >> text=C7")
    shown.keyboard.press("Escape")
    shown.wait_for_selector("#wp-origin", state="hidden")


def test_the_keyboard_reaches_rows_and_search(desk):
    shown = desk()
    shown.locator("tr[data-href]").first.focus()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/help/?second")
    if shown.locator("#wp-search").count():
        shown.keyboard.press("/")
        assert shown.evaluate("document.activeElement.id") == "wp-search"


def test_on_a_phone_the_navigation_folds_away_and_nothing_is_wider_than_the_screen(desk):
    shown = desk(390, 844)
    assert shown.evaluate("document.documentElement.scrollWidth") == 390
    assert not shown.locator(".wp-side").is_visible()
    shown.click(".wp-burger")
    shown.locator(".wp-nav a").first.wait_for(state="visible")
    shown.wait_for_timeout(250)
    shown.mouse.click(360, 500)
    shown.wait_for_selector(".wp-side", state="hidden")


def test_on_paper_only_the_content_is_left(desk):
    shown = desk()
    shown.wait_for_selector("#growth svg")
    shown.emulate_media(media="print")
    assert not shown.locator(".wp-side").is_visible()
    assert not shown.locator(".wp-top").is_visible()
    assert shown.locator("#growth svg").is_visible()
