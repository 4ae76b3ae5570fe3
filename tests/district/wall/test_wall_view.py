"""How many reds there are decides how they are drawn, and none is left out in silence. Pure."""

from __future__ import annotations

import pytest

from tests.district.wall.samples import reds


@pytest.mark.parametrize(
    ("count", "density"),
    [
        (0, "huge"),
        (6, "huge"),
        (7, "large"),
        (15, "large"),
        (16, "middle"),
        (24, "middle"),
        (25, "small"),
        (40, "small"),
        (41, "tiny"),
        (60, "tiny"),
    ],
)
def test_the_more_reds_the_smaller_they_are_drawn(count, density):
    assert (reds(count).density, reds(count).left) == (density, 0)


@pytest.mark.parametrize(("count", "shown", "left"), [(60, 60, 0), (61, 59, 2), (300, 59, 241)])
def test_what_does_not_fit_is_counted(count, shown, left):
    found = reds(count)
    assert (len(found.rows), found.left, found.count) == (shown, left, count)
    assert found.cells <= 60


def test_a_place_may_show_fewer():
    assert (len(reds(20, most=10).rows), reds(20, most=10).left) == (9, 11)
