"""What if the months left grow so fast: linear in the figure, one doubt moved, places exact for the model."""

import numpy as np
import pytest

from wenpan.economy.forecast.scenario import (
    FIVE,
    AnnualForecast,
    expected_growth,
    places,
    scenario,
    shifted,
)
from wenpan.economy.forecast.year_end import LEVELS

NORMAL = tuple(float(x) for x in 5 + 2 * __import__("scipy.stats", fromlist=["norm"]).norm.ppf(LEVELS))


def five(middle: float, spread: float = 2.0) -> tuple[float, ...]:
    return tuple(float(x) for x in middle + spread * np.array([-1.2816, -0.6745, 0, 0.6745, 1.2816]))


AHEAD = AnnualForecast(
    quantiles=NORMAL, expected=4.0, weight=0.25, growth=five(5), rivals=tuple(five(5) for _ in range(4)),
    together=0.0, years=6,
)  # fmt: skip


def test_at_the_expected_growth_nothing_moves():
    answer = scenario(AHEAD, 4.0, comparison=">=", target=5.0)
    assert answer is not None
    assert answer.figure == pytest.approx(5) and answer.gap == pytest.approx(0)
    assert answer.probability == pytest.approx(0.5, abs=0.01)
    assert answer.chance_of_it == pytest.approx(0.5, abs=0.01)


def test_one_point_of_the_months_left_moves_the_year_by_its_weight():
    answer = scenario(AHEAD, 8.0, comparison=">=", target=5.0)
    assert answer is not None and answer.figure == pytest.approx(6.0)
    assert answer.gap == pytest.approx(1.0)
    assert answer.probability == pytest.approx(0.691, abs=0.01)  # Φ(1/2)
    assert answer.chance_of_it == pytest.approx(0.309, abs=0.01)
    assert expected_growth(AHEAD, 6.0) == pytest.approx(8.0)


def test_a_ceiling_is_kept_by_growing_less():
    more = scenario(AHEAD, 12.0, comparison="<=", target=5.0)
    less = scenario(AHEAD, -4.0, comparison="<=", target=5.0)
    assert more is not None and less is not None
    assert (more.probability or 0) < 0.3 < 0.7 < (less.probability or 0)


def test_equal_rivals_share_every_place_evenly():
    found = places(AHEAD)
    assert sum(found.chance) == pytest.approx(1)
    assert np.allclose(found.chance, 0.2, atol=0.02)
    assert found.first_third == pytest.approx(0.4, abs=0.03) and found.not_last == pytest.approx(
        0.8, abs=0.02
    )


def test_more_growth_never_makes_the_place_worse():
    seen = [scenario(AHEAD, g, comparison=">=", target=5.0) for g in (-10.0, 0.0, 10.0, 30.0)]
    lasts = [s.places.chance[-1] for s in seen if s]
    assert lasts == sorted(lasts, reverse=True) and [s.place for s in seen if s] == [5, 5, 1, 1]


def test_where_less_is_better_the_places_turn_around():
    up = places(AnnualForecast(**{**AHEAD.__dict__, "growth": five(9)}))
    down = places(AnnualForecast(**{**AHEAD.__dict__, "growth": five(9), "more_is_better": False}))
    assert up.chance[0] == pytest.approx(down.chance[-1], abs=1e-6)


def test_a_common_factor_brings_places_closer_to_the_order_of_the_medians():
    first = AnnualForecast(**{**AHEAD.__dict__, "growth": five(7)})
    near = AnnualForecast(**{**first.__dict__, "together": 0.8})
    assert places(near).chance[0] > places(first).chance[0]


def test_what_moves_by_a_part_moves_growth_and_figure_alike():
    level = AnnualForecast(**{**AHEAD.__dict__, "quantiles": tuple(10 * q for q in NORMAL)})
    assert shifted(level, 20.0, growth=0.0, comparison=">=", target=50.0).place == 1
    assert scenario(AnnualForecast(), 1.0, comparison=">=", target=1.0) is None


def test_what_is_kept_comes_back_and_unknown_keys_are_passed_over():
    kept = {"quantiles": list(NORMAL), "rivals": [list(five(5))], "growth": list(five(5)), "later": 1}
    again = AnnualForecast.from_kept(kept)
    assert again.quantiles == NORMAL and again.rivals == (five(5),) and len(FIVE) == len(again.growth)
    assert AnnualForecast.from_kept(None) == AnnualForecast() and not places(AnnualForecast()).chance
