"""No sum tells of one project: an attacker who solves for both ends of every amount narrows none down to a
tenth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wenpan.economy.quality.disclosure.suppression import DisclosureRule, suppress

RULE = DisclosureRule(least=3, dominance=0.85, protection=0.1)


def attacked(members: np.ndarray, amounts: np.ndarray, hidden: frozenset[int]) -> list[int]:
    """Contributors whose amount the printed sums narrow down to ± 10 %: every contributor an unknown of its
    own."""
    printed = [cell for cell in range(members.shape[1]) if cell not in hidden]
    found = []
    for measure in range(amounts.shape[1]):
        rows = members[:, printed].T.astype(float)
        totals = rows @ amounts[:, measure]
        for who in np.flatnonzero(amounts[:, measure] > 0):
            true, ends = amounts[who, measure], []
            for sign in (1.0, -1.0):
                price = np.zeros(len(amounts))
                price[who] = sign
                solved = linprog(price, A_eq=rows if len(rows) else None, b_eq=totals if len(rows) else None,
                                 bounds=(0, None), method="highs")  # fmt: skip
                ends.append(sign * solved.fun if solved.status == 0 else np.inf)
            if ends[0] >= 0.9 * true - 1e-6 and ends[1] <= 1.1 * true + 1e-6:
                found.append(int(who))
    return found


def table(*cells: list[int], count: int) -> np.ndarray:
    members = np.zeros((count, len(cells)), dtype=bool)
    for number, cell in enumerate(cells):
        members[cell, number] = True
    return members


def test_a_cell_of_one_or_two_is_not_printed_and_one_of_three_is():
    amounts = np.array([[10.0], [20.0], [30.0], [11.0], [12.0], [13.0]])
    found = suppress(table([0, 1, 2], [3, 4], [5], count=6), amounts, RULE)
    assert found.primary == {1, 2}
    assert found.secondary == frozenset()


@pytest.mark.parametrize(("largest", "shown"), [(85.0, True), (86.0, False)])
def test_a_cell_that_one_makes_up_by_more_than_the_limit_is_not_printed(largest: float, shown: bool):
    rest = 100 - largest
    found = suppress(table([0, 1, 2], count=3), np.array([[largest], [rest / 2], [rest / 2]]), RULE)
    assert (0 not in found.cells) == shown


def test_a_cell_whose_difference_to_another_tells_of_one_is_hidden_too():
    """All four 100, three of them 60: the fourth has 40. One of the two sums goes."""
    members, amounts = table([0, 1, 2, 3], [0, 1, 2], count=4), np.array([[20.0], [20.0], [20.0], [40.0]])
    assert attacked(members, amounts, frozenset()) == [3]
    found = suppress(members, amounts, RULE)
    assert found.primary == frozenset()
    assert found.secondary == {1}, "the smaller one"
    assert attacked(members, amounts, found.cells) == []


def test_in_a_table_with_margins_a_second_cell_of_row_and_column_is_hidden():
    """3 × 3 groups of four projects, one group of one project; rows, columns and the whole are printed."""
    dice = np.random.default_rng(1)
    where, amounts = [], []
    for row in range(3):
        for column in range(3):
            for _ in range(1 if (row, column) == (1, 1) else 4):
                where.append((row, column))
                amounts.append([float(dice.integers(50, 100))])
    cells = [[n for n, at in enumerate(where) if at == (r, c)] for r in range(3) for c in range(3)]
    cells += [[n for n, at in enumerate(where) if at[0] == r] for r in range(3)]
    cells += [[n for n, at in enumerate(where) if at[1] == c] for c in range(3)]
    cells.append(list(range(len(where))))
    members = table(*cells, count=len(where))
    found = suppress(members, np.array(amounts), RULE)
    assert found.primary == {4}
    assert len(found.secondary) >= 2
    assert attacked(members, np.array(amounts), frozenset({4})) != [], "the cell alone would be worked out"
    assert attacked(members, np.array(amounts), found.cells) == []


def test_what_is_hidden_without_need_is_printed_again():
    amounts = np.full((12, 1), 10.0)
    found = suppress(table(list(range(12)), list(range(6)), list(range(6, 12)), count=12), amounts, RULE)
    assert found.cells == frozenset()


def test_a_sum_of_nothing_is_printed():
    assert suppress(table([0, 1], count=2), np.zeros((2, 1)), RULE).cells == frozenset()
    assert suppress(np.zeros((0, 3), dtype=bool), np.zeros((0, 1)), RULE).cells == frozenset()


def test_one_measure_that_tells_hides_all_measures_of_the_cell():
    amounts = np.array([[10.0, 5.0], [10.0, 0.0], [10.0, 0.0]])
    assert suppress(table([0, 1, 2], count=3), amounts, RULE).primary == {0}


@pytest.mark.parametrize("amounts", [[[-1.0]], [[float("nan")]], [[1.0], [2.0]]])
def test_amounts_that_cannot_be_protected_are_refused(amounts: list[list[float]]):
    with pytest.raises(ValueError, match="数额|一行"):
        suppress(table([0], count=1), np.array(amounts), RULE)


def lines(dice: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Projects on lines that overlap and contain each other, as the analysis table has them."""
    planned = dice.lognormal(9, 1.2, (count, 1))
    done = planned * dice.random((count, 1))
    stopped, finished, new = (dice.random(count) < share for share in (0.15, 0.1, 0.2))
    members = np.column_stack([
        np.ones(count, dtype=bool), ~finished, ~finished & (planned[:, 0] > 20000),
        ~finished & (planned[:, 0] > 60000),
        stopped, stopped & (dice.random(count) < 0.4), finished, finished & (dice.random(count) < 0.5), new,
    ])  # fmt: skip
    return members, np.column_stack([planned, planned - done, done * dice.random((count, 1))])


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_recovers_no_project_from_an_analysis_table(seed: int):
    members, amounts = lines(np.random.default_rng(seed), 24)
    found = suppress(members, amounts, RULE)
    assert attacked(members, amounts, found.cells) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(1, 5))
def test_an_attacker_recovers_nothing_from_any_small_table(seed: int, count: int, cells: int):
    dice = np.random.default_rng(seed)
    members = dice.random((count, cells)) < 0.6
    amounts = np.round(dice.gamma(2, 50, (count, 1)))
    assert attacked(members, amounts, suppress(members, amounts, RULE).cells) == []
