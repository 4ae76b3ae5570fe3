"""What the indicators room tells the projects room of the year's promises for investment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from wenpan.district.indicators.actions import set_target
from wenpan.district.indicators.investment import year_targets
from wenpan.district.projects.base import promise_provider


@pytest.fixture
def promise(place):
    def make(value, measure, set_by="city", **more):
        return set_target(
            indicator="fai",
            year=2022,
            value=Decimal(value),
            set_by=set_by,
            measure=measure,
            document="宁发〔2022〕3号",
            effective_from=date(2022, 1, 10),
            by=place.analyst,
            **more,
        )

    return make


def test_the_room_hangs_itself_on_the_bridge():
    assert year_targets in promise_provider.YEAR_TARGETS.providers


def test_a_growth_comes_with_the_published_amount_of_last_year_where_there_is_one(promise, place):
    promise("8", "ytd_growth")
    assert [(t.growth, t.amount, t.base) for t in year_targets("fai", 2022)] == [(8.0, None, None)]
    place.record([("jia", "fai", "2021-12", "ytd", 110.0)])
    [target] = year_targets("fai", 2022)
    assert target.base == 1_100_000.0  # 亿元 as 万元
    assert target.document == "宁发〔2022〕3号"
    assert target.url.startswith("/targets/")


def test_an_amount_is_told_in_the_unit_of_projects_and_comes_first(promise):
    promise("8", "ytd_growth")
    promise("120", "ytd", set_by="congress")
    assert [t.amount for t in year_targets("fai", 2022)] == [1_200_000.0, None]


def test_the_share_of_a_unit_is_no_target_of_the_district(promise, place):
    promise("20", "ytd", unit=place.units["tongxi"])
    assert year_targets("fai", 2022) == []


def test_a_year_without_a_promise_has_none(promise):
    promise("8", "ytd_growth")
    assert year_targets("fai", 2023) == []
