"""A place, its change, the distance to the city and the pull are said when enough rivals have published."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.lights import Light, LightRule, RuleSet
from wenpan.economy.judging.ranks import RankRule

LAST = RuleSet(
    "demo", "规则", "1", date(2022, 1, 1), None, "本区", "indicator",
    rules=(
        LightRule("last", Light.YELLOW, (Condition("places_from_last", "==", 0, "count"),), "末位"),
        LightRule("slow", Light.RED, (Condition("versus_city", "<", -5, "points"),), "慢"),
    ),
)  # fmt: skip
COMPARED = ("rank", "rank_change", "versus_city", "pull")


def grown(bench, month, **growths):
    for region, value in growths.items():
        bench.figure(region, month, value)
    return bench


def with_bases(bench):
    for region, value in {"anhe": 30.0, "city": 120.0}.items():
        bench.figure(region, "2021-09", value, "ytd")
    return bench.target(5.0)


def test_before_the_others_publish_nothing_is_compared(bench):
    """anhe was last of four in August; in September its own table is in first."""
    grown(bench, "2022-08", anhe=1.0, dong=2.0, xi=3.0, bei=4.0, city=3.0)
    grown(bench, "2022-09", anhe=1.0, city=9.0)
    row = with_bases(bench).one(rules=LAST)
    assert [row[name] for name in COMPARED] == [None] * 4
    assert (row["rank_pending"], row["rank_previous"], row["rivals_previous"], row["rivals"]) == (
        True,
        4,
        4,
        1,
    )
    assert "全市位次待公布(已公布1个地区), 上期4/4" in row["reasons"]
    assert not any("第1位" in reason or "全市平均" in reason for reason in row["reasons"])
    assert row["light"] == "GREEN"  # neither rule can hold: nothing is known of the others


def test_when_the_last_of_them_has_published_it_is(bench):
    grown(bench, "2022-08", anhe=1.0, dong=2.0, xi=3.0, bei=4.0, city=3.0)
    grown(bench, "2022-09", anhe=1.0, dong=2.0, xi=3.0, city=9.0)
    assert with_bases(bench).one(rules=LAST)["rank"] is None
    bench.figure("bei", "2022-09", 0.5)
    row = bench.one(rules=LAST)
    assert (row["rank"], row["rank_change"], row["versus_city"], row["pull"]) == (3, 1, -8.0, -2.0)
    assert (row["rank_pending"], row["light"]) == (False, "RED")


def test_two_that_share_the_last_place_are_both_last(bench):
    grown(bench, "2022-09", anhe=1.0, dong=1.0, xi=3.0, bei=4.0)
    row = bench.target(5.0).one(rules=LAST)
    assert (row["rank"], row["tied"], row["behind"], row["light"]) == (3, True, 0, "YELLOW")
    assert "居第3位(并列末位, 已公布4个地区)" in row["reasons"]


@pytest.mark.parametrize(("share", "rank"), [(0.75, 1), (1.0, None)])
def test_how_many_must_have_published_is_a_rule(bench, share, rank):
    grown(bench, "2022-08", anhe=1.0, dong=2.0, xi=3.0, bei=4.0)
    grown(bench, "2022-09", anhe=5.0, dong=2.0, xi=3.0)
    assert bench.target(5.0).one(rank_rule=RankRule(of_last=share))["rank"] == rank


def test_a_region_without_rivals_waits_for_nobody(bench):
    bench.regions = bench.regions.filter(bench.regions["region"].is_in(["city", "anhe"]))
    grown(bench, "2022-09", anhe=3.0, city=5.0)
    row = bench.target(5.0).one()
    assert (row["rank"], row["rank_pending"], row["versus_city"]) == (None, False, -2.0)
