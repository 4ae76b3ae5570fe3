"""Special bonds by the dated sets of Tianjin and Shanxi: the day before, on and after each limit."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.economy.fiscal.bonds import (
    BondBatch,
    BondRuleError,
    BondRules,
    BondStanding,
    rungs_out_of_order,
    standings,
    whole_months,
)
from wenpan.rules.figures.bonds import bond_rules

SHANXI, TIANJIN = bond_rules()["shanxi-2022"], bond_rules()["tianjin-2022"]
ISSUED = date(2022, 3, 15)


def batch(
    spent: float, assigned: float = 4000, *, project: str = "P", name: str = "1", retention: float = 0
) -> BondBatch:
    return BondBatch(project, name, ISSUED, assigned, assigned, ((ISSUED, spent),), retention)


def one(found: BondBatch, on: date, rules: BondRules = SHANXI) -> BondStanding:
    (standing,) = standings([found], rules, on)
    return standing


@pytest.mark.parametrize(
    ("on", "required"),
    [
        (date(2022, 6, 14), 0.0), (date(2022, 6, 15), 0.25), (date(2022, 9, 14), 0.25),
        (date(2022, 9, 15), 0.5), (date(2022, 12, 14), 0.5), (date(2022, 12, 15), 0.75),
        (date(2023, 3, 14), 0.75), (date(2023, 3, 15), 1.0),
    ],
)  # fmt: skip
def test_shanxi_asks_for_a_quarter_more_every_three_months(on: date, required: float):
    assert one(batch(0), on).required == required
    assert one(batch(4000 * required), on).failing is False, "exactly the share is enough"
    if required:
        assert one(batch(4000 * required - 0.01), on).failing is True


def test_at_twelve_months_all_but_the_retention_is_asked_for():
    assert one(batch(3800, retention=200), date(2023, 3, 15)).failing is False
    assert one(batch(3799, retention=200), date(2023, 3, 15)).failing is True
    assert one(batch(2999, retention=200), date(2023, 3, 14)).failing is True, "not yet at nine months"


@pytest.mark.parametrize(("issued", "asked"), [(3000, False), (3000.01, True)])
def test_shanxi_asks_projects_with_more_than_thirty_million_issued_in_the_year(issued: float, asked: bool):
    assert (one(batch(0, issued), date(2022, 6, 15)).failing is True) == asked


def test_the_batches_of_a_project_count_together_for_the_limit_and_each_has_its_own_clock():
    late = BondBatch("P", "2", date(2022, 6, 1), 1500, 1500, ((date(2022, 6, 1), 0.0),))
    found = standings([batch(500, 2000), late], SHANXI, date(2022, 6, 15))
    assert [s.failing for s in found] == [False, False]
    found = standings([batch(499, 2000), late], SHANXI, date(2022, 6, 15))
    assert [s.failing for s in found] == [True, False], "one failing batch is enough to be listed"


def test_half_a_year_on_the_list_leads_to_the_warning_list():
    """Failing from 15 June on; June to November are six month ends, December is the seventh month."""
    assert one(batch(0), date(2022, 11, 30)).failing_months == 6
    assert one(batch(0), date(2022, 11, 30)).on_warning_list is False
    assert one(batch(0), date(2022, 12, 31)).on_warning_list is True
    assert one(batch(0), date(2023, 3, 14)).to_recover is False
    assert one(batch(0), date(2023, 3, 15)).to_recover is True


def test_a_batch_that_caught_up_begins_anew():
    caught = BondBatch("P", "1", ISSUED, 4000, 4000, ((ISSUED, 0.0), (date(2022, 8, 1), 1000.0)))
    assert one(caught, date(2022, 8, 31)).failing is False
    assert one(caught, date(2022, 9, 30)).failing_months == 1


@pytest.mark.parametrize(
    ("on", "failing"), [(date(2022, 9, 14), False), (date(2022, 9, 15), True), (date(2022, 9, 16), True)]
)
def test_tianjin_asks_for_all_within_six_months(on: date, failing: bool):
    assert one(batch(3999), on, TIANJIN).failing is failing
    assert one(batch(4000), on, TIANJIN).failing is False


def test_what_was_never_reported_is_not_zero():
    silent = BondBatch("P", "1", ISSUED, 4000, 4000)
    found = one(silent, date(2022, 6, 15))
    assert (found.spent, found.share, found.failing) == (None, None, None)


@pytest.mark.parametrize(
    ("since", "day", "months"),
    [
        (date(2022, 1, 31), date(2022, 2, 27), 0), (date(2022, 1, 31), date(2022, 2, 28), 1),
        (date(2022, 1, 31), date(2022, 3, 30), 1), (date(2022, 1, 31), date(2022, 3, 31), 2),
        (date(2022, 12, 15), date(2022, 12, 31), 0), (date(2022, 12, 15), date(2023, 1, 15), 1),
    ],
)  # fmt: skip
def test_months_are_counted_by_the_day_of_the_calendar(since: date, day: date, months: int):
    assert whole_months(since, day) == months


def test_paid_to_the_department_is_not_spent_and_no_rung_holds_more_than_the_one_before():
    xiangshan = {"issued": 10000.0, "assigned": 10000.0, "paid_builder": 10000.0, "spent": 8294.81}
    assert rungs_out_of_order(xiangshan) == []
    assert rungs_out_of_order({**xiangshan, "in_statistics": 9000.0}) == [("spent", "in_statistics")]
    assert rungs_out_of_order({"issued": None, "spent": 5.0}) == []


@pytest.mark.parametrize(
    "change",
    [{"steps": []}, {"steps": [{"months": 0, "share": 1}]}, {"steps": [{"months": 3, "share": 1.5}]},
     {"steps": [{"months": 6, "share": 0.5}, {"months": 3, "share": 1}]}, {"above": -1},
     {"steps": [{"months": True, "share": 1}]}],
)  # fmt: skip
def test_a_set_without_meaning_is_refused(change: dict[str, object]):
    with pytest.raises(BondRuleError):
        BondRules.from_data({"steps": [{"months": 6, "share": 1.0}], **change})
