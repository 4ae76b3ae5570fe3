"""What if, all targets together, the report on the forecasts, the worth of the lights: pages over kept judgements."""

# ruff: noqa: E501  (sentences of pages)
from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from wenpan import rules as policy
from wenpan.district.ground.journal.models import Entry
from wenpan.district.indicators import actions, rule_actions
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.light_worth import fit, light_worth
from wenpan.district.indicators.queries.scorecard import said_rows, year_forecasts
from wenpan.economy.judging.relit import relit
from wenpan.economy.time.periods import Month
from wenpan.rules.choices import warning_cost


@pytest.fixture
def years(place, figures, steady, tmp_path, monkeypatch):
    """Two indicators, the city's targets of 2021 and 2022, judged at some months of both."""
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    for year in (2021, 2022):
        common = {"year": year, "document": "市发〔2022〕3号", "by": place.analyst, "set_by": "city"}
        actions.set_target(indicator="fai", value=6, **common)
        actions.set_target(indicator="industry_va", value=5, **common)
    rows = []
    for year, fai in ((2018, 5.0), (2019, 6.5), (2020, 4.5), (2021, 5.5)):
        rows += figures("fai", {f"{year}-{m:02d}": fai + 0.1 * m for m in range(2, 13)})
        rows += figures("industry_va", {f"{year}-{m:02d}": fai - 0.1 * m for m in range(2, 13)})
    place.record([*rows, *figures("fai", steady(5.8)), *figures("industry_va", steady(3.5))])
    for month in (Month(2021, 6), Month(2021, 9), Month(2021, 12), Month(2022, 9)):
        actions.judge_month(as_of=month, by=place.analyst)
    return place


def test_the_slider_answers_with_gap_chance_place_and_all_targets(client, years):
    client.force_login(years.analyst)
    page = client.get("/indicators/fai/?as_of=2022-09").content.decode()
    assert 'id="what-if-rest"' in page and "年末位次的可能" in page
    names = re.findall(r'\bid="([^"]+)"', page)
    assert len(names) == len(set(names))  # the section of the places and its chart had one name
    answer = client.get("/indicators/fai/if/?as_of=2022-09&growth=9", headers={"HX-Request": "true"})
    said = answer.content.decode()
    for words in ("如果后3个月增长", "与目标差距", "完成目标的概率", "按各区预测的位次", "2项目标全部完成"):
        assert words in said
    assert "<html" not in said


def test_without_script_the_answer_is_a_page_and_nonsense_says_what_is_expected(client, years):
    client.force_login(years.analyst)
    assert "<html" in client.get("/indicators/fai/if/?growth=9").content.decode()
    wrong = client.get("/indicators/fai/if/?growth=很多")
    assert wrong.status_code == 422
    assert "增速应填−100到400之间的数，收到的是“很多”" in wrong.content.decode()


def test_a_liaison_officer_cannot_ask_for_what_is_not_theirs(client, years):
    client.force_login(years.people["liaison"])
    assert client.get("/indicators/fai/if/?growth=9").status_code == 404


def test_the_board_says_what_all_targets_may_come_to(client, years):
    client.force_login(years.people["leader"])
    page = client.get("/board/?as_of=2022-09&all=1").content.decode()
    assert "市下达目标：合起来看" in page and "2项全部完成" in page and "没有一项垫底的概率" in page


def test_the_report_counts_what_was_said_first_and_nothing_can_be_taken_out(client, years):
    before, live = said_rows()
    assert {r.indicator for r in before} == {"fai", "industry_va"} and live == 2
    assert [r.as_of for r in before if r.indicator == "fai"] == ["2021-06", "2021-09"]
    assert all(r.came == pytest.approx(5.5 + 1.2) and not r.missed for r in before if r.indicator == "fai")
    assert (year_forecasts(2021) or {})["said"] == 4 and year_forecasts(2022) is None
    client.force_login(years.people["leader"])
    page = client.get("/scorecard/").content.decode()
    assert "4条判断，其中2条年底未完成目标" in page and "另有2条" in page
    assert client.get("/scorecard/?export=xlsx").status_code == 200
    actions.set_target(
        indicator="fai", value=9, year=2021, set_by="city", document="调整", by=years.analyst,
        effective_from=date(2021, 1, 1),
    )  # fmt: skip
    actions.judge_month(as_of=Month(2021, 9), by=years.analyst)
    assert set(before) <= set(said_rows()[0])


def test_without_a_year_that_is_over_the_report_says_what_it_waits_for(client, place):
    client.force_login(place.people["leader"])
    assert "还没有可以对账的预测" in client.get("/scorecard/").content.decode()


def test_a_kept_judgement_under_its_own_rules_has_its_own_light(years):
    rules = policy.light_rules()["default"]
    for facts in Judgement.objects.values_list("facts", flat=True):
        assert relit(facts, rules) == facts["raw_light"]


def test_the_worth_of_each_set_stands_beside_the_habits(client, years):
    worth = light_worth(Month(2022, 9))
    assert worth is not None and worth.cases == 4 and worth.missed == 2 and worth.few
    names = {line.name for line in worth.lines}
    assert {"红灯", "低于目标", "低于月份/12", "总是", "从不"} <= names
    assert worth.held is not None
    client.force_login(years.analyst)
    page = client.get("/rules/").content.decode()
    assert "灯的价值" in page and "判断次数还少" in page and "连续2期好转才变" in page
    assert client.get("/rules/?export=xlsx").status_code == 200


def test_the_place_says_what_a_miss_is_worth_and_takes_the_set_that_fits(client, years):
    client.force_login(years.analyst)
    said = {"dispatches": "10", "since": "2022-10-01", "reason": "区长办公会定"}
    assert client.post("/rules/worth/", said).status_code == 302
    cost = warning_cost(date(2022, 10, 1))
    assert cost is not None and cost.words == "10次空跑换一次及时" and warning_cost(date(2022, 9, 30)) is None
    found = fit(Month(2022, 9))
    assert found.code == "worth-10" and found.red == pytest.approx(0.9)
    assert "灯会不同" in client.get("/rules/").content.decode()
    client.post("/rules/adopt/", {"code": "worth-10", "reason": "按会议定的代价比"})
    assert policy.rules_in_force(date(2022, 9, 30)).code == "default"
    assert policy.rules_in_force(date(2022, 10, 1)).code == "worth-10"
    kinds = list(Entry.objects.values_list("action", flat=True))
    assert {"rules.worth", "rules.adopt"} <= set(kinds)


def test_bad_words_about_the_ratio_change_nothing(client, years):
    client.force_login(years.analyst)
    for bad in ({"dispatches": "1"}, {"dispatches": "101"}, {"reason": " "}, {"since": "2022-02-30"}):
        answer = client.post(
            "/rules/worth/", {"dispatches": "10", "since": "2022-10-01", "reason": "会", **bad}
        )
        assert answer.status_code == 422, bad
    assert warning_cost(date.max) is None
    with pytest.raises(ValidationError):
        rule_actions.adopt_fitting(as_of=Month(2022, 9), code="worth-10", reason="会", by=years.analyst)


def test_who_may_not_set_rules_cannot(client, years):
    client.force_login(years.people["statistician"])
    assert client.post("/rules/worth/", {"dispatches": "10"}).status_code == 403
    assert "一次漏报抵几次空跑" in client.get("/rules/").content.decode()
