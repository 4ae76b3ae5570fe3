"""Batches of entry into statistics: Futian, Xiamen and a county of Henan."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.requests.entry_batches import BatchRule, batches, next_batch
from wenpan.rules.figures.entries import entry_rules


def of(code: str):
    found = entry_rules().set_of(code)
    assert found is not None
    return found.rules


def test_henan_hands_in_by_the_15th_and_is_answered_on_the_25th_of_the_next_month():
    december = batches(of("henan-county"), 2022)[-1]
    assert (december.due, december.answer) == (date(2022, 12, 15), date(2023, 1, 25))


def test_futian_has_a_batch_at_the_end_of_january_none_in_february_and_yearly_ones_by_the_30th():
    found = {batch.code: batch.due for batch in batches(of("futian-2026"), 2026)}
    assert found["2026-01"] == date(2026, 1, 31) and "2026-02" not in found
    assert [b.month for b in batches(of("futian-2026"), 2026) if b.only] == [12]
    assert found["2026-03"] == date(2026, 3, 7)
    assert (found["2026-10"], found["2026-10y"]) == (date(2026, 10, 7), date(2026, 10, 30))


def test_xiamens_february_batch_is_due_in_january():
    found = {batch.code: batch.due for batch in batches(of("xiamen-torch-2023"), 2023)}
    assert found["2023-02"] == date(2023, 1, 5) and found["2023-03"] == date(2023, 2, 20)
    assert found["2023-10y"] == date(2023, 10, 20)


def test_a_day_that_the_month_lacks_is_its_last():
    (batch,) = batches([BatchRule("monthly", (2,), 0, 30)], 2023)
    assert batch.due == date(2023, 2, 28)


def test_the_next_batch_is_that_of_the_day_itself_and_no_earlier():
    rules = of("henan-county")
    for day, due in ((14, date(2022, 10, 15)), (15, date(2022, 10, 15)), (16, date(2022, 11, 15))):
        found = next_batch(rules, date(2022, 10, day))
        assert found is not None and found.due == due


@given(st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_a_next_batch_is_never_past_and_comes_within_three_months(on: date):
    for code in ("henan-county", "futian-2026", "xiamen-torch-2023"):
        found = next_batch(of(code), on)
        assert found is not None and on <= found.due <= on + timedelta(days=93)
