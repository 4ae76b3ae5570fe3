"""The projects room in a real browser: from a filter to a closed problem, from a number to its list.

Walks as the analyst, the supervisor and a town's officer, and a look in English. Each number that is
clicked opens a list of as many; what is written is read again on the page.
"""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.browser.test_walk import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PROBLEM = "场地高压线未迁改，塔吊不能安装"
DONE = "现场协调供电公司，本周内完成迁改"


def number(text: str) -> int:
    return int(re.sub(r"[^\d]", "", text))


def listed(page) -> int:
    """How many the pool lists: all in the library, unless the tile says otherwise."""
    tile = page.locator(".pj-sums > div").first.inner_text()
    more = re.search(r"列出\s*([\d,]+)", tile)
    return number(more.group(1) if more else tile.split()[0])


def test_the_pool_filters_sorts_keeps_a_view_and_exports_what_it_shows(page, tmp_path):
    sign_in(page, "analyst")
    page.goto("/projects/")
    assert "同期" in page.locator(".pj-sums").inner_text()
    picture(page, "20-pool")
    page.locator("select[name=band]").select_option("estate")
    page.wait_for_url(re.compile("band=estate"))
    kinds = page.locator("table.pj-pool tbody td:first-child small").all_inner_texts()
    assert kinds
    assert all("房地产" in kind for kind in kinds)
    page.get_by_role("columnheader", name="本年 / 同期").get_by_role("link").click()
    page.wait_for_url(re.compile("sort="))
    page.locator(".wp-list-head summary", has_text="视图").click()
    page.locator("#wp-view-name").fill("房地产按本年完成")
    page.get_by_role("button", name="保存视图").click()
    page.get_by_role("link", name="房地产按本年完成").wait_for()
    count = listed(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="导出").click()
    file = tmp_path / "pool.xlsx"
    download.value.save_as(file)
    rows = list(openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True))
    assert len(rows) == count
    shown = page.locator("table.pj-pool tbody td:first-child small").first.inner_text()
    assert shown.startswith(str(rows[0][0]))
    page.goto("/projects/")
    page.get_by_role("link", name="房地产按本年完成").click()
    page.wait_for_url(re.compile("band=estate.*sort=|sort=.*band=estate"))


def test_a_problem_is_raised_and_a_visit_closes_it_and_a_state_changes(page):
    sign_in(page, "analyst")
    page.goto("/projects/?state=in_library&flag=going&sort=-remaining")
    page.locator("table.pj-pool tbody a").first.click()
    page.locator(".wp-chart svg, .wp-chart canvas").first.wait_for()
    picture(page, "21-project", whole=True)

    page.locator("summary", has_text="登记问题").click()
    form = page.locator("form[action$='/problem/']")
    form.locator("select[name=kind]").select_option("utilities")
    form.locator("input[name=text]").fill(PROBLEM)
    form.locator("button").click()
    problem = page.locator(".pj-problem", has_text=PROBLEM)
    problem.wait_for()
    assert "管线" in problem.inner_text()

    page.locator("summary", has_text="登记现场调研").click()
    form = page.locator("form[action$='/visit/']")
    form.locator("input[name=leader]").fill("江望舒")
    form.locator("input[name=notes]").fill(DONE)
    form.get_by_label(re.compile("现场解决")).check()
    form.locator("button").click()
    page.locator(".pj-problem.is-closed", has_text=DONE).wait_for()

    page.locator("summary", has_text="变更状态").click()
    form = page.locator("form[action$='/state/']")
    form.locator("select[name=after]").select_option("stopped")
    form.locator("input[name=evidence]").fill("监理停工令3号")
    form.locator("button").click()
    page.locator(".pj-history", has_text="在库 → 停工").wait_for()
    assert "监理停工令3号" in page.locator(".pj-history").first.inner_text()


def test_each_number_of_the_table_opens_its_list_and_the_bridge_knows_the_target(page):
    sign_in(page, "analyst")
    page.goto("/projects/table/")
    picture(page, "22-speech")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="停工超过一年、仍有余量"))
    count = number(row.locator("td a").first.inner_text())
    row.locator("td a").first.click()
    page.wait_for_url(re.compile("flag=long_stopped"))
    assert listed(page) == count > 0

    page.goto("/projects/outlook/")
    page.locator(".wp-chart svg, .wp-chart canvas").first.wait_for()
    words = page.locator("main").inner_text()
    assert re.search(r"区自定 ≥10\.0%：增长10%，以项目库上年全年[\d.]+亿元为基数，全年需[\d.]+亿元", words)
    assert "缺口" in words
    picture(page, "23-outlook", whole=True)
    page.get_by_role("link", name=re.compile("目标出处")).click()
    page.wait_for_url(re.compile(r"/targets/\d+/"))


def test_key_projects_their_denominators_and_the_map(page):
    sign_in(page, "supervisor")
    page.goto("/projects/key/")
    picture(page, "24-key-projects")
    tile = page.locator(".pj-sums > div", has_text="应开工未开工")
    count = number(tile.locator("strong").inner_text())
    tile.locator("strong a").click()
    page.wait_for_url(re.compile("show=start_missing"))
    assert page.locator("table.pj-keys tbody tr").count() == count > 0

    page.goto("/projects/key/map/")
    legend = page.locator(".pj-legend").inner_text()
    late = number(re.search(r"已迟\s*(\d+)", legend).group(1))
    assert page.locator(".pj-map .pj-flag.is-late").count() == late > 0
    assert "同期" in legend
    picture(page, "25-map")


def test_a_towns_officer_sees_the_towns_projects_and_reports_on_its_problem(page):
    sign_in(page, "liaison_town")
    page.goto("/projects/")
    towns = page.locator("table.pj-pool tbody td:nth-child(4)").all_inner_texts()
    assert towns
    assert all("桐溪镇" in town for town in towns)
    assert page.get_by_role("link", name="后续预计").count() == 0
    page.goto("/projects/problems/")
    row = page.locator("tr", has_text="场地北侧3户")
    row.locator("summary").click()
    row.locator("input[name=text]").fill("第3户今日签约")
    row.get_by_role("button", name="登记").click()
    page.locator("tr", has_text="第3户今日签约").wait_for()
    assert page.get_by_role("button", name="办结").count() == 0
    picture(page, "26-own-problems")


def test_a_photo_of_a_site_is_added_and_shown(page, tmp_path: Path):
    from wenpan.demo.files.site_pictures import site

    file = tmp_path / "site.jpg"
    file.write_bytes(site(6, 77))
    sign_in(page, "analyst")
    page.goto("/projects/key/")
    page.locator("table.pj-keys tbody a").first.click()
    page.locator("summary", has_text="登记照片").click()
    form = page.locator("form[action$='/photos/']")
    form.locator("input[name=photo]").set_input_files(file)
    form.locator("input[name=place]").fill("主体南侧")
    form.locator("input[name=verifier]").fill("李明")
    form.locator("button").click()
    image = page.locator("figure", has_text="主体南侧").locator("img")
    image.wait_for()
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())


def test_the_room_in_english(page, context, server):
    context.add_cookies([{"name": "django_language", "value": "en", "url": server}])
    sign_in(page, "leader")
    for path, title in (("", "Project pool"), ("table/", "Investment"), ("key/", "Key projects")):
        page.goto(f"/projects/{path}")
        assert title in page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366
