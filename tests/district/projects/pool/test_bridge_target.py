"""The bridge leads to the year's target: an amount as set, a growth on last year's base, or what is typed."""

from __future__ import annotations

import pytest

from wenpan.district.projects.base import promise_provider
from wenpan.district.projects.base.promise_provider import YearTarget
from wenpan.district.projects.models import Outlook
from wenpan.district.projects.pool.needed import needed

CITY = YearTarget("city-ytd_growth", "市下达 ≥8.0%", None, 8.0, 1_100_000.0, "宁发〔2022〕3号", "/targets/1/")
CONGRESS = YearTarget(
    "congress-ytd", "人代会 ≥120亿元", 1_200_000.0, None, None, "政府工作报告", "/targets/2/"
)


def test_an_amount_is_needed_as_it_was_set():
    found = needed([CONGRESS], 1_000_000.0)
    assert (found.amount, found.target, found.url) == (1_200_000.0, "congress-ytd", "/targets/2/")
    assert found.words == "人代会 ≥120亿元：全年120.00亿元"


def test_a_growth_stands_on_the_pools_own_last_year():
    """8 % on 100亿元 are 108亿元, though 110亿元 were published: the bridge is built of the pool."""
    found = needed([CITY], 1_000_000.0)
    assert found.amount == pytest.approx(1_080_000.0)
    assert "以项目库上年全年100.00亿元为基数，全年需108.00亿元" in found.words


def test_a_pool_without_last_year_takes_the_published_amount_and_says_so():
    found = needed([CITY], None)
    assert found.amount == pytest.approx(1_188_000.0)
    assert "以公布的上年全年110.00亿元为基数" in found.words


def test_without_any_base_nothing_is_invented():
    found = needed([YearTarget("x", "区自定 ≥8.0%", None, 8.0, None, "", "/t/")], None)
    assert found.amount is None
    assert "没有上年全年的数" in found.words


def test_of_several_targets_the_one_that_asks_most_comes_first_and_any_may_be_wanted():
    assert needed([CITY, CONGRESS], 1_000_000.0).target == "congress-ytd"
    assert needed([CITY, CONGRESS], 1_000_000.0, wanted="city-ytd_growth").target == "city-ytd_growth"
    assert needed([CITY, CONGRESS], 1_000_000.0, wanted="no such").target == "congress-ytd"


def test_what_is_typed_comes_before_every_target():
    found = needed([CITY, CONGRESS], 1_000_000.0, wanted="city-ytd_growth", growth=-5.0)
    assert (found.amount, found.target) == (pytest.approx(950_000.0), "")


def test_no_target_and_nothing_typed_is_no_bridge():
    assert needed([], 1_000_000.0) is None


@pytest.fixture
def outlook(db):
    for month, done in (("2021-12", 1_000_000.0), ("2022-09", 700_000.0)):
        Outlook.objects.create(
            month=month,
            done=done,
            stock=[100_000.0, 200_000.0, 300_000.0],
            entries=[0.0, 50_000.0, 90_000.0],
            total=[120_000.0, 250_000.0, 380_000.0],
            table={},
            made_at="2022-10-10T09:00:00+08:00",
        )


@pytest.fixture
def told(monkeypatch):
    def tell(*targets):
        monkeypatch.setattr(
            promise_provider.YEAR_TARGETS, "providers", [lambda indicator, year: list(targets)]
        )

    return tell


@pytest.mark.django_db
def test_the_page_is_filled_with_the_target_and_shows_the_gap(outlook, told, client, analyst):
    told(CITY, CONGRESS)
    client.force_login(analyst)
    page = client.get("/projects/outlook/")
    assert page.context["bridge"].gap == pytest.approx(1_200_000.0 - 700_000.0 - 250_000.0)
    text = page.content.decode()
    assert "人代会 ≥120亿元：全年120.00亿元" in text
    assert 'href="/targets/2/"' in text
    wanted = client.get("/projects/outlook/?target=city-ytd_growth")
    assert wanted.context["bridge"].gap == pytest.approx(1_080_000.0 - 950_000.0)


@pytest.mark.django_db
def test_without_a_target_the_growth_is_typed(outlook, told, client, analyst):
    told()
    client.force_login(analyst)
    assert client.get("/projects/outlook/").context["bridge"].gap is None
    assert client.get("/projects/outlook/?growth=8").context["bridge"].gap == pytest.approx(130_000.0)
    assert "不是增速" in client.get("/projects/outlook/?growth=八").content.decode()


def test_the_room_of_targets_is_asked_for_the_indicator_of_the_rules(monkeypatch):
    asked = []
    monkeypatch.setattr(promise_provider.YEAR_TARGETS, "providers", [lambda *said: asked.append(said) or []])
    assert promise_provider.targets_of(2022) == []
    assert asked == [("fai", 2022)]
