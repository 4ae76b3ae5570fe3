"""Ratings and what came after: only what can be asked is counted, and a slip is more than thirty days."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.judging.ratings import RATINGS, outcomes, pairs, wilson

ONE, TWO, THREE = date(2020, 3, 31), date(2021, 3, 31), date(2022, 3, 31)


def ratings(*rows: tuple[str, date, str, date | None]) -> pl.DataFrame:
    """code, on, rating, finish."""
    full = [{"register": "R", "code": c, "on": on, "rating": r, "start": None, "finish": f}
            for c, on, r, f in rows]  # fmt: skip
    return pl.DataFrame(full, schema=RATINGS)


def slip_of(frame: pl.DataFrame, code: str = "A", on: date = ONE) -> Any:
    return pairs(frame).filter(code=code, on=on)["slip"].item()


@pytest.mark.parametrize(
    ("why", "after", "slipped"),
    [
        ("a day later", date(2025, 1, 2), False),
        ("thirty days later", date(2025, 1, 31), False),
        ("thirty-one days later", date(2025, 2, 1), True),
        ("earlier", date(2024, 1, 1), False),
        ("not said any more", None, None),
    ],
)
def test_a_planned_finish_a_report_later(why: str, after: date | None, slipped: bool | None) -> None:
    frame = ratings(("A", ONE, "Red", date(2025, 1, 1)), ("A", TWO, "Red", after))
    assert slip_of(frame) is slipped, why


def test_a_project_that_the_next_report_does_not_hold_cannot_be_asked() -> None:
    end = date(2025, 1, 1)
    frame = ratings(("A", ONE, "Red", end), ("B", TWO, "Red", end), ("A", THREE, "Red", date(2026, 1, 1)))
    assert slip_of(frame) is None
    assert pairs(frame).filter(code="A", on=ONE)["next_on"].item() is None


def test_the_newest_report_has_nothing_after_it() -> None:
    frame = ratings(("A", ONE, "Red", ONE), ("A", TWO, "Red", ONE))
    assert slip_of(frame, on=TWO) is None


def test_registers_are_not_mixed() -> None:
    frame = ratings(("A", ONE, "Red", date(2025, 1, 1)))
    other = ratings(("A", TWO, "Red", date(2026, 1, 1))).with_columns(register=pl.lit("S"))
    assert slip_of(pl.concat([frame, other])) is None


def test_outcomes_count_what_can_be_asked() -> None:
    end, late = date(2025, 1, 1), date(2026, 1, 1)
    frame = ratings(
        ("A", ONE, "Red", end), ("A", TWO, "Red", late),
        ("B", ONE, "Red", end), ("B", TWO, "Green", end),
        ("C", ONE, "Green", None), ("C", TWO, "Green", end),
    )  # fmt: skip
    found = outcomes(pairs(frame)).to_dicts()
    assert [(row["rating"], row["asked"], row["slipped"]) for row in found] == [("Red", 2, 1)]
    assert found[0]["low"] < found[0]["share"] == 0.5 < found[0]["high"]


def test_nothing_to_ask_gives_an_empty_table() -> None:
    assert outcomes(pairs(ratings())).height == 0


def test_wilson_agrees_with_the_textbook() -> None:
    assert wilson(10, 100) == pytest.approx((0.0552, 0.1744), abs=1e-4)


@given(st.integers(0, 50), st.integers(0, 50))
def test_wilson_holds_the_share_and_stays_within_nought_and_one(hits: int, more: int) -> None:
    low, high = wilson(hits, hits + more)
    assert 0 <= low <= high <= 1
    if hits + more:
        assert low <= hits / (hits + more) + 1e-9
        assert hits / (hits + more) <= high + 1e-9
