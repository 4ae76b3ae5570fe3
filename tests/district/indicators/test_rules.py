"""Pure decisions of the room: which months to judge, which target is shown, what the parts add."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from wenpan import rules as policy
from wenpan.district.indicators.parts import IndicatorPart, decompose
from wenpan.district.indicators.rules import curve_problem, months_to_judge, primary, sees
from wenpan.economy.time.periods import Month


def test_a_lagging_indicator_is_judged_in_the_month_after_its_figure():
    due = months_to_judge({("services", "2022-08")}, policy.catalogue(), Month(2022, 9))
    assert due == {Month(2022, 9): {"services"}}


def test_an_old_revision_judges_its_own_months_a_year_after_and_the_newest():
    due = months_to_judge({("fai", "2020-03")}, policy.catalogue(), Month(2022, 9))
    assert min(due) == Month(2020, 3)
    assert sorted(due)[-2:] == [Month(2021, 4), Month(2022, 9)]


def test_nothing_is_judged_before_the_home_district_has_a_figure():
    assert months_to_judge({("fai", "2022-03")}, policy.catalogue(), None) == {}


def test_of_several_promises_the_first_in_the_places_order_is_shown():
    rows = [{"set_by": "district", "basis": "natural"}, {"set_by": "city", "basis": "natural"}]
    assert primary(rows, ("city", "congress", "district"), "natural") == 1


@pytest.mark.parametrize(
    ("curve", "fine"),
    [
        ([m / 12 for m in range(1, 13)], True),
        ([0.5, 1.0], False),
        ([0.5, *[m / 12 for m in range(2, 13)]], False),
        ([m / 13 for m in range(1, 13)], False),
    ],
)
def test_a_curve_rises_in_twelve_steps_to_one(curve, fine):
    assert (curve_problem(curve) == "") is fine


def test_a_liaison_sees_what_their_unit_owns_or_has_a_target_in():
    assert sees("swj", "retail", "swj", ())
    assert sees("jfj", "fai", "swj", {"fai"})
    assert not sees("jfj", "fai", "swj", ())
    assert sees("jfj", "fai", None, ())


def test_the_parts_add_up_to_the_whole_and_the_residual_is_said():
    # bases 100 and 300: shares 0.25 and 0.75; contributions 0.25·10 + 0.75·(−4) = 2.5 − 3 = −0.5
    parts = [
        IndicatorPart("a", "甲", 110.0, 10.0, None, None),
        IndicatorPart("b", "乙", 288.0, -4.0, None, None),
        IndicatorPart("c", "丙", None, 3.0, None, None),
    ]
    got = decompose(-0.2, parts)
    assert [p.contribution for p in got.parts] == [pytest.approx(2.5), pytest.approx(-3.0), None]
    assert got.explained == pytest.approx(-0.5)
    assert got.residual == pytest.approx(0.3)
    assert got.missing == ("丙",)


def test_a_whole_without_published_growth_has_no_residual():
    assert decompose(None, [IndicatorPart("a", "甲", 110.0, 10.0, None, None)]).residual is None


def test_the_newest_version_that_is_effective_by_the_end_of_the_month_counts():
    from datetime import date

    from wenpan.district.indicators.rules import in_force

    old = SimpleNamespace(version=1, effective_from=date(2022, 1, 1), promise="p")
    new = SimpleNamespace(version=2, effective_from=date(2022, 8, 31), promise="p")
    assert in_force([new, old], Month(2022, 7)) == (old,)
    assert in_force([new, old], Month(2022, 8)) == (new,)
    assert in_force([new], Month(2022, 7)) == ()
