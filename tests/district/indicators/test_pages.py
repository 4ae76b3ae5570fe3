"""The screens: who may open them, what they show, and that they show what was judged."""

# ruff: noqa: E501  (tables of cases read better in one line)
from __future__ import annotations

import io
from datetime import date

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from wenpan.district.indicators import actions, queries, sentences
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries.board_rows import board_rows
from wenpan.district.observations.models import Batch, Estimate, Observation
from wenpan.economy.time.periods import Month

PAGES = ("/board/", "/wall/", "/indicators/", "/indicators/fai/", "/plan/", "/targets/", "/rules/")


@pytest.fixture
def judged(place, figures, steady):
    common = {
        "year": 2022,
        "document": "市发〔2022〕3号",
        "by": place.analyst,
    }  # before any figure: judged once, below
    actions.set_target(indicator="fai", value=6, set_by="city", **common)
    actions.set_target(indicator="retail", value=130, set_by="congress", measure="ytd", **common)
    actions.set_target(
        indicator="retail", value=80, set_by="congress", measure="ytd", unit=place.units["tongxi"], **common
    )
    place.record(
        [
            *figures("fai", {**{f"2021-{m:02d}": 5.0 for m in range(2, 13)}, **steady(4.0)}),
            *figures("retail", steady(2.0)),
            *[("jia", "fai_small", "2022-09", m, v) for m, v in (("ytd", 20.0), ("ytd_growth", -5.0))],
            *[("jia", "retail", f"2021-{m:02d}", "ytd", 10.0 * m) for m in range(2, 13)],
            *[("jia", "retail", f"2022-{m:02d}", "ytd", 10.2 * m) for m in range(2, 10)],
        ]
    )
    actions.judge_month(as_of=Month(2022, 9), by=place.analyst)
    return place


@pytest.fixture
def at(client, judged):
    """A page as a person of a role sees it."""

    def open_as(role, address, **more):
        client.force_login(judged.people[role])
        return client.get(address, **more)

    return open_as


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_sign_in(client, db, address):
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("role", "open_pages"),
    [
        ("analyst", set(PAGES)),
        ("statistician", set(PAGES)),
        ("leader", set(PAGES) - {"/rules/"}),
        ("supervisor", set(PAGES) - {"/rules/"}),
        ("liaison", {"/board/", "/indicators/", "/plan/"}),
        ("auditor", set()),
        ("system_admin", set()),
    ],
)
def test_each_role_opens_what_is_theirs(at, role, open_pages):
    assert {address for address in PAGES if at(role, address).status_code == 200} == open_pages


def test_the_board_prints_light_gap_rank_and_who_owns_it(at):
    page = at("leader", "/board/").content.decode()
    assert "固投" in page
    assert "市下达 ≥6.0%" in page
    assert "经发局" in page
    assert "红" in page or "黄" in page
    assert "数据截至" in page


def test_the_board_kept_in_memory_is_not_shown_after_a_new_judgement(at, judged):
    assert "−2.0" in at("leader", "/board/").content.decode()
    actions.set_target(
        indicator="fai", year=2022, value=3, set_by="city", document="市发〔2022〕30号", by=judged.analyst,
        effective_from=Target.objects.get(indicator="fai").effective_from,
    )  # fmt: skip
    page = at("leader", "/board/").content.decode()
    assert "市下达 ≥3.0%" in page


def test_the_export_holds_the_rows_shown_with_numbers_as_numbers(at):
    response = at("analyst", "/board/?export=xlsx&light=&q=固")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    fai = next(row for row in rows[1:] if row[1] == "固投")
    assert fai[6] == 4.0
    assert all("社零" not in row for row in rows)


def test_a_liaisons_board_is_their_units_part(at):
    page = at("liaison", "/board/").content.decode()
    assert "社零" in page
    assert "固投" not in page
    assert at("liaison", "/indicators/retail/").status_code == 200
    assert at("liaison", "/indicators/fai/").status_code == 404


def test_the_indicator_says_the_forecast_in_words_and_names_the_residual(at):
    page = at("analyst", "/indicators/fai/").content.decode()
    assert "年末预计" in page
    assert "其余（未分解）" in page
    assert "研判记录" in page
    assert "乙区" in page


def test_an_indicator_that_is_not_in_the_catalogue_is_not_found(at):
    assert at("analyst", "/indicators/nothing/").status_code == 404


def test_an_indicator_without_history_says_so(at):
    assert "没有历史数据" in at("analyst", "/indicators/trade/").content.decode()


def test_the_plan_goes_to_december_and_stops_at_towns(at):
    page = at("analyst", "/plan/?indicator=retail").content.decode()
    assert "1—12月" in page or "全年" in page
    assert "桐溪镇" in page
    assert "不到企业" in page


def test_the_plan_exports_months_and_units(at):
    response = at("analyst", "/plan/?indicator=retail&export=xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[-1][0] == "桐溪镇"
    assert [row for row in rows if row[0] == "全年"][0][2] == 130


def test_the_wall_refreshes_itself_with_a_part_of_the_page(at):
    whole = at("leader", "/wall/").content.decode()
    part = at("leader", "/wall/", headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 60s"' in whole
    assert "<html" not in part
    assert "安全" not in part


def test_setting_a_target_by_the_form_twice_makes_one_version(client, judged):
    client.force_login(judged.analyst)
    form = {
        "indicator": "trade", "year": "2022", "set_by": "city", "unit": "", "measure": "ytd_growth", "basis": "natural",
        "comparison": ">=", "value": "5", "document": "市发〔2022〕9号", "effective_from": "", "schedule": "linear",
        "curve": "", "expected_version": "0", "request_key": "form-1",
    }  # fmt: skip
    assert client.post("/targets/set/", form).status_code == 302
    assert client.post("/targets/set/", form).status_code == 302
    assert Target.objects.filter(indicator="trade").count() == 1
    clash = client.post("/targets/set/", {**form, "value": "6", "request_key": "form-2"})
    assert clash.status_code == 409
    assert "现行版本" in clash.content.decode()
    assert client.post("/targets/set/", {**form, "document": "", "request_key": "form-3"}).status_code == 422


def test_who_may_not_set_targets_cannot_send_the_form(client, judged):
    client.force_login(judged.people["leader"])
    assert client.post("/targets/set/", {}).status_code == 403


def test_the_rules_page_says_which_set_is_in_force_since_when_and_names_no_file(at):
    page = at("analyst", "/rules/").content.decode()
    assert "起用“默认红黄绿灯规则”" in page
    assert "程序自带" in page
    assert ".yaml" not in page
    assert "低于" in page and "&lt;" not in page


def test_an_empty_place_says_what_to_do(client, place):
    client.force_login(place.analyst)
    assert "还没有数据" in client.get("/board/").content.decode()
    assert "还没有可以倒逼的目标" in client.get("/plan/").content.decode()
    assert "还没有目标" in client.get("/targets/").content.decode()


@pytest.mark.parametrize("address", ["/board/", "/indicators/fai/", "/plan/", "/targets/"])
def test_a_page_asks_the_database_a_bounded_number_of_times(at, address, django_assert_max_num_queries):
    at("analyst", address)
    with django_assert_max_num_queries(40):
        at("analyst", address)


@pytest.fixture
def turned(place, figures):
    """Growth falls short in August and is well above its target in September, level with one rival."""
    actions.set_target(
        indicator="fai", year=2022, value=3, set_by="city", document="市发〔2022〕3号", by=place.analyst,
        effective_from=date(2022, 1, 1),
    )  # fmt: skip
    rows = [
        *figures("fai", {f"2022-{m:02d}": 0.0 for m in range(2, 9)}),
        *figures("fai", {"2022-09": 8.0}, -1.0),
    ]
    place.record([(r, i, p, m, 8.0 if (r, p) == ("yi", "2022-09") else v) for r, i, p, m, v in rows])
    for month in (8, 9):
        actions.judge_month(as_of=Month(2022, month), by=place.analyst)
    return place


def test_a_light_that_is_held_says_so_on_the_board_on_its_page_and_in_the_export(client, turned):
    client.force_login(turned.analyst)
    row = next(r for r in board_rows(queries.board().rows) if r.j.indicator == "fai")
    assert (row.j.raw_light, row.j.light) == ("GREEN", "YELLOW")  # too short a history for a red one
    said = "本期已好转，按连续2期好转后转灯的规则仍亮黄灯"
    assert row.why[0] == said
    assert sum("好转" in reason for reason in row.why) == 1
    assert said in client.get("/board/").content.decode()
    assert f"<li>{said}</li>" in client.get("/indicators/fai/").content.decode()


def test_a_place_that_is_shared_is_said_as_shared(client, turned):
    client.force_login(turned.analyst)
    row = next(r for r in board_rows(queries.board().rows) if r.j.indicator == "fai")
    assert (row.j.rank, row.j.tied) == (1, True)
    assert row.rank_words.startswith("并列全市第1位")
    assert any(reason.startswith("并列第1位") for reason in row.j.reasons)
    assert "并列" in client.get("/board/").content.decode()
    assert "并列" in client.get("/indicators/fai/").content.decode()


def test_the_indicators_page_kept_in_memory_is_not_shown_after_a_change(at, judged, figures):
    assert at("leader", "/indicators/fai/").status_code == 200
    judged.record(
        [("jia", "fai", "2022-09", "ytd_growth", 4.7), ("city", "fai", "2022-09", "ytd_growth", 6.6)]
    )
    page = at("leader", "/indicators/fai/").content.decode()
    assert ">4.7<" in page
    actions.set_target(
        indicator="fai", year=2022, value=3, set_by="district", document="区发〔2022〕9号", by=judged.analyst
    )
    assert "区发〔2022〕9号" in at("leader", "/indicators/fai/").content.decode()
    Estimate.objects.create(
        indicator="fai", period="2022-10", measure="ytd_growth", value=5, note="按形象进度推算",
        unit=judged.units["tongxi"], made_by=judged.analyst, made_at=timezone.now(),
    )  # fmt: skip
    assert "按形象进度推算" in at("leader", "/indicators/fai/").content.decode()


def test_a_kept_page_does_not_lend_one_persons_rights_to_another(at):
    assert "/rules/?as_of" in at("analyst", "/indicators/fai/").content.decode()
    assert "/rules/?as_of" not in at("leader", "/indicators/fai/").content.decode()


def test_all_figures_are_shown_when_asked_for_and_always_exported(at, judged, figures):
    judged.record(
        figures("fai", {f"{year}-{m:02d}": 5.0 for year in (2018, 2019, 2020) for m in range(2, 13)})
    )
    page = at("analyst", "/indicators/fai/").content.decode()
    assert "2020年1—11月" in page
    assert "2018年1—2月" not in page
    assert "显示全部52期" in page
    assert "2018年1—2月" in at("analyst", "/indicators/fai/?all=1").content.decode()
    sheet = load_workbook(io.BytesIO(at("analyst", "/indicators/fai/?export=xlsx").content)).active
    assert sheet.max_row == 1 + 52


def test_a_held_light_is_said_in_english_too(client, turned):
    client.force_login(turned.analyst)
    client.post("/language/", {"language": "en", "next": "/board/"})
    said = "Better this period; by the rule of 2 better periods in a row the light is still Yellow"
    assert said in client.get("/board/").content.decode()
    page = client.get("/indicators/fai/").content.decode()
    assert f"<li>{said}</li>" in page
    assert "期好转后转灯" not in page.split('id="record"')[0]


def test_the_act_of_a_leader_is_not_shown_to_who_looks_after_them(at):
    """The board is drawn once for all who have the same rights."""
    assert "supervision/order/" in at("leader", "/board/").content.decode()
    assert "supervision/order/" not in at("supervisor", "/board/").content.decode()


def test_both_growths_stand_in_the_row_the_export_and_the_sheet(place, client, figures, steady):
    """Revenue without its refunds beside the natural growth: neither is shown alone where both are published."""
    actions.set_target(
        indicator="revenue", value=6, set_by="city", year=2022, document="市发〔2022〕3号", by=place.analyst
    )
    place.record(figures("revenue", {**{f"2021-{m:02d}": 5.0 for m in range(2, 13)}, **steady(-2.3)}))
    batch = Batch.objects.get()
    for basis, value in (("refund_adjusted", "7.6"), ("comparable", "…")):
        Observation.objects.create(
            region=place.regions["jia"],
            indicator="revenue",
            period="2022-09",
            measure="ytd_growth",
            basis=basis,
            status="missing" if value == "…" else "value",
            value=None if value == "…" else value,
            value_text=value,
            batch=batch,
            sheet="表1",
            cell="D5",
            recorded_at=batch.recorded_at,
        )
    actions.judge_month(as_of=Month(2022, 9), by=place.analyst)
    (row,) = board_rows(r for r in queries.board().rows if r.indicator == "revenue")
    assert row.other_basis == "扣除留抵退税 +7.6%", "what is not published is not shown as nothing"
    assert (row.j.basis, row.j.actual, row.j.light) == ("natural", -2.3, "RED")
    client.force_login(place.people["leader"])
    page = client.get("/board/").content.decode()
    assert "扣除留抵退税 <" in page and "扣除留抵退税 +7.6%</small>" in page, (
        "in the row, and on the red card"
    )
    assert "扣除留抵退税 +7.6%" in client.get("/sheet/").content.decode()
    assert "扣除留抵退税 <" in client.get("/indicators/").content.decode()
    assert sentences.state(row.j) == "下降2.3%(扣除留抵退税增长7.6%)", "as the memo says it"
    book = load_workbook(io.BytesIO(client.get("/board/?export=xlsx").content))
    cells = [cell.value for line in book.active for cell in line]
    assert "另一口径增速" in cells and "扣除留抵退税 +7.6%" in cells
