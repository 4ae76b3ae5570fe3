"""The simulated economy behaves as the real ones of the domain brief do."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from wenpan.demo.story.publication import FIRST_PRINT_ERRORS, LATE, Printed, corrections, tables
from wenpan.demo.story.world import CITY, DISTRICTS, HOME, REGIONS, World, month_index, simulate
from wenpan.economy.figures.indicators import Measure
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue

GROWTH = Measure.YTD_GROWTH
CODES = sorted(simulate().series)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate()


def printed(world: World, month: Month) -> dict[tuple[str, str, Measure, str], Printed]:
    return {(p.region, p.indicator, p.measure, p.basis): p for p in tables(world, catalogue(), month)}


def growth(world: World, code: str, year: int, month: int) -> np.ndarray:
    """Cumulative growth of all regions on the published basis, %."""
    span = slice(month_index(year, 1), month_index(year, month) + 1)
    s = world[code]
    return (s.level[:, span].sum(axis=1) / s.base[:, span].sum(axis=1) - 1) * 100


def test_the_same_seed_gives_the_same_world_and_another_seed_another():
    one, two, other = simulate(7), simulate(7), simulate(8)
    assert all((one[c].level == two[c].level).all() for c in CODES)
    assert not any((one[c].level == other[c].level).all() for c in CODES)


def test_every_indicator_of_the_catalogue_is_simulated():
    assert set(catalogue()) == set(CODES)


@pytest.mark.parametrize("code", [c for c in CODES if not c.startswith(("income", "energy"))])
def test_levels_of_the_districts_add_up_to_the_city(world, code):
    level = world[code].level
    assert level[:-1].sum(axis=0) == pytest.approx(level[-1])


@pytest.mark.parametrize("code", CODES)
def test_the_city_grows_as_the_weighted_mean_of_its_districts(world, code):
    rates = growth(world, code, 2022, 9)
    assert rates[:-1].min() <= rates[-1] <= rates[:-1].max()


def test_published_growth_does_not_follow_from_published_levels(world):
    differences = []
    for code in ("industry_output", "retail", "fai_large"):
        level = world[code].level
        year = [level[0, month_index(y, 1) : month_index(y, 9) + 1].sum() for y in (2021, 2022)]
        differences.append(abs((year[1] / year[0] - 1) * 100 - growth(world, code, 2022, 9)[0]))
    assert max(differences) > 0.3


@pytest.mark.parametrize("code", ["fai", "other_services", "catering", "revenue"])
def test_the_home_district_is_last_of_its_city(world, code):
    figures = printed(world, Month(2022, 9))
    values = {r: figures[r, code, GROWTH, "natural"].value for r in DISTRICTS}
    assert min(values, key=values.get) == HOME  # type: ignore[arg-type]
    assert sorted(values.values())[1] > values[HOME] + 1  # no matter of rounding


def test_the_closure_of_2020_is_deep_in_the_first_quarter_and_made_up_for_in_2021(world):
    for code in ("catering", "retail", "industry_va"):
        first_quarter, year = growth(world, code, 2020, 3)[-1], growth(world, code, 2020, 12)[-1]
        assert first_quarter < -4 < year
        assert growth(world, code, 2021, 3)[-1] > 12


def test_refunds_from_april_to_july_2022_part_the_two_bases_and_home_pays_back_most(world):
    march, july = printed(world, Month(2022, 3)), printed(world, Month(2022, 7))

    def difference(figures, region):
        pair = [figures[region, "revenue", GROWTH, b].value for b in ("refund_adjusted", "natural")]
        return pair[0] - pair[1]

    assert abs(difference(march, HOME)) < 2
    parted = {r: difference(july, r) for r in DISTRICTS}
    assert parted[HOME] == max(parted.values()) > 10


def test_power_leads_output_by_a_month(world):
    def monthly(code):
        s = world[code]
        return (s.level[-1] / s.base[-1] - 1)[month_index(2019, 1) : month_index(2022, 10)]

    power, output = monthly("industry_electricity"), monthly("industry_output")
    assert np.corrcoef(power[:-1], output[1:])[0, 1] > np.corrcoef(power, output)[0, 1]


def test_january_has_no_survey_figures_and_services_come_a_month_late(world):
    january = {p.indicator for p in tables(world, catalogue(), Month(2022, 1))}
    assert {"revenue", "electricity", "deposits"} <= january
    assert not {"fai", "retail", "industry_va"} & january
    september = printed(world, Month(2022, 9))
    assert september[HOME, "services", GROWTH, "natural"].period == Month(2022, 8)
    february = {p.indicator for p in tables(world, catalogue(), Month(2022, 2))}
    assert "services" not in february  # January is exempt


def test_quarterly_indicators_stand_in_the_tables_of_quarter_ends_only(world):
    for month in range(2, 13):
        codes = {p.indicator for p in tables(world, catalogue(), Month(2021, month))}
        assert ("gdp" in codes) == (month % 3 == 0)


def test_what_was_late_or_wrong_is_put_right_a_month_later(world):
    for region, code, period in [*LATE, *FIRST_PRINT_ERRORS]:
        month = Month(int(period[:4]), int(period[5:]))
        first = printed(world, month)[region, code, GROWTH, "natural"].value
        again = {(p.region, p.indicator, p.measure): p.value for p in corrections(world, catalogue(), month)
                 if p.basis == "natural"}  # fmt: skip
        assert again[region, code, GROWTH] is not None
        assert first != again[region, code, GROWTH]
        assert (first is None) == ((region, code, period) in LATE)


def test_cumulative_levels_never_fall_within_a_year(world):
    for code in CODES:
        if code not in ("deposits", "loans", "foreign_investment"):
            assert (world[code].level > 0).all(), code


def test_foreign_investment_struck_off_lets_the_cumulative_figure_fall(world):
    level = world["foreign_investment"].level
    assert level[0, month_index(2022, 10)] < 0
    assert (level[0, : month_index(2022, 10)] > 0).all()


def test_regions_end_with_the_city():
    assert REGIONS[-1] == CITY
    assert len(DISTRICTS) == 10


def test_enough_matters_of_lights_were_closed_long_ago_for_their_effect_to_be_described():
    from wenpan.demo.play.build import OWN_RULES, PLACE
    from wenpan.demo.story.matters import day, past_lights
    from wenpan.rules import catalogue

    told = past_lights()
    assert sum(not past.projects for past in told) >= 6 and sum(past.projects for past in told) >= 6
    assert all(past.projects or past.of in catalogue() for past in told)
    assert all((day(past.done) - day(past.drafted)).days >= 20 for past in told)
    assert all(PLACE.with_name(name).exists() for name in OWN_RULES)


def test_the_places_own_rule_of_likes_can_be_used(tmp_path):
    from wenpan.demo.play import build
    from wenpan.district.effects.policy import closure_rules

    build._install_place(tmp_path)
    assert closure_rules(date(2022, 12, 31), tmp_path)["indicator"].like == ("light", "unit", "frequency")
