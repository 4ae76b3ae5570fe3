"""What is praised on the board: a front place, or a sure target; nobody for a place in the second half."""

from types import SimpleNamespace

import pytest

from wenpan.district.indicators.queries.board_rows import best


def row(place, light="GREEN", rank=None, rivals=10, probability=None, pending=False):
    j = SimpleNamespace(
        light=light, rank=rank, rivals=rivals, probability=probability, rank_pending=pending, core=True
    )
    return SimpleNamespace(j=j, place=place)


@pytest.mark.parametrize(
    ("praised", "given"),
    [
        (True, {"rank": 3}),
        (False, {"rank": 4}),
        (True, {"rank": 5, "probability": 0.9}),
        (False, {"rank": 6, "probability": 1.0}),
        (False, {"rank": 5, "probability": 0.89}),
        (True, {"probability": 0.95}),
        (False, {"probability": 0.95, "pending": True}),
        (False, {}),
        (False, {"rank": 1, "light": "YELLOW"}),
    ],
)
def test_praise_needs_a_front_place_or_a_sure_target(praised, given):
    assert bool(best([row(0, **given)])) is praised


def test_the_best_placed_stand_first_and_no_more_than_are_wanted():
    rows = [row(i, rank=rank) for i, rank in enumerate((3, 1, 2, 3, 2))]
    assert [r.j.rank for r in best(rows, 3)] == [1, 2, 2]
