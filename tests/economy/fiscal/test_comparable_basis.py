"""Growth without refunds: three methods in use, and published texts that contradict themselves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.fiscal.comparable_basis import BasisAdjustment, BasisMethod, bridge, fit
from wenpan.economy.fiscal.printed import Interval, PrintedNumber, base
from wenpan.economy.fiscal.statement_checks import RevenueStatement, contradictions

P = PrintedNumber.of


def exactly(value: float) -> Interval:
    return Interval(value, value)


# Yangling, January to November 2022, in 10,000 yuan (the district's own text).
YANGLING = RevenueStatement("地方财政收入", P("22797"), rate=P("-2.31"), adjusted_rate=P("7.61"))
BY_KIND = [RevenueStatement("税收收入", P("18296"), rate=P("-11.03"), adjusted_rate=P("0.53")),
           RevenueStatement("非税收入", P("4501"), rate=P("50.84"), adjusted_rate=P("50.84"))]  # fmt: skip


def test_yangling_reduced_the_base():
    """Tax last year 18,296 / (1 − 11.03 %) = 20,564, listed 18,197: refunds 2,366 were taken off it. With
    the parts' 23,548 as the base, 22,797 / (23,548 − 2,366) = +7.62, printed +7.61."""
    last = base(P("18296").interval, P("-11.03").interval)
    rest = base(P("4501").interval, P("50.84").interval)
    assert last is not None and rest is not None
    whole = last + rest
    assert whole.middle == pytest.approx(23548, abs=1)
    found = fit(P("22797"), whole, P("2366"), P("7.61"))
    assert BasisMethod.BASE_REDUCED in found.fitting
    assert BasisMethod.ONE_SIDED not in found.fitting
    assert found.rates[BasisMethod.BASE_REDUCED].middle == pytest.approx(7.62, abs=0.02)
    told = fit(P("22797"), whole, P("2366"), P("7.61"), refunds_last=P("0"))
    assert told.method is BasisMethod.BASE_REDUCED, (
        "where nothing was refunded last year, only the reduced base fits"
    )
    assert told.question == ""


def test_yanglings_natural_rate_contradicts_its_own_parts():
    """The parts' bases give −3.19 %, the text says −2.31 %."""
    (found,) = contradictions(YANGLING, [BY_KIND])
    assert (found.check, found.said) == ("parts_and_rate", "自然口径增速-2.31%")
    assert "23,548" in found.follows and "-3.19%" in found.follows


def test_zaozhuang_added_back_on_both_sides():
    """119.19 +4.7 / +13.6, refunds 11: one-sided would be 14.4; last year's refunds were then about 0.76."""
    last = base(P("119.19").interval, P("4.7").interval)
    assert last is not None
    found = fit(P("119.19"), last, P("11"), P("13.6"), refunds_last=P("0.8"))
    assert BasisMethod.TWO_SIDED in found.fitting
    assert BasisMethod.BASE_REDUCED not in found.fitting
    open_ = fit(PrintedNumber(119.19, 0.005), exactly(119.19 / 1.047), PrintedNumber(11, 0.05), P("13.6"))
    assert open_.method is BasisMethod.TWO_SIDED
    assert open_.implied_last is not None and open_.implied_last.middle == pytest.approx(0.76, abs=0.05)
    assert open_.rates[BasisMethod.ONE_SIDED].middle == pytest.approx(14.4, abs=0.1)


def test_zaozhuangs_pull_on_tax_is_not_the_difference_of_its_rates():
    """ "Pulled down by 13.4 points": 11 / 81.74 = 13.46 is one-sided; the printed rates differ by 12.4."""
    tax = RevenueStatement(
        "税收收入", P("73.32"), rate=P("-10.3"), adjusted_rate=P("2.1"), refunds=P("11"), pull=P("13.4")
    )
    (found,) = contradictions(tax)
    assert found.check == "pull"
    assert "12.4点" in found.follows and "13.5点是退税占上年数之比" in found.follows


def test_huangpings_amount_is_one_sided_and_its_rate_two_sided():
    """28,583 − 2,798 = 25,785 = 30,161 − 4,376, but 4,376 / 25,785 = 16.97 %, printed 14.6 %."""
    text = RevenueStatement(
        "一般公共预算收入", P("28583"), rate=P("10.85"), change=P("2798"),
        adjusted_value=P("30161"), adjusted_rate=P("14.6"), adjusted_change=P("4376"),
    )  # fmt: skip
    (found,) = contradictions(text)
    assert found.check == "adjusted_change_and_rate"
    assert found.follows.endswith("16.97%")
    method = fit(P("28583"), exactly(25785), P("1578"), P("14.6"))
    assert method.method is BasisMethod.TWO_SIDED
    assert method.implied_last is not None and method.implied_last.middle == pytest.approx(533, abs=15)


def test_what_no_method_explains_is_asked():
    found = fit(P("100.0"), exactly(100), P("10.0"), P("40.0"))
    assert (found.method, found.fitting) == (BasisMethod.UNKNOWN, ())
    assert found.question == "公布的40.0%与三种算法均不相符, 请财政部门说明口径"


def test_what_two_methods_explain_is_asked():
    """Without refunds every method gives the natural rate."""
    found = fit(P("105"), exactly(100), PrintedNumber(0, 0), P("5"), refunds_last=PrintedNumber(0, 0))
    assert len(found.fitting) == 3
    assert found.method is BasisMethod.UNKNOWN
    assert "均相符" in found.question


def test_a_text_that_agrees_with_itself_is_left_alone():
    whole = RevenueStatement("收入", P("110"), rate=P("10.0"), change=P("10"))
    parts = [
        RevenueStatement("税", P("60"), rate=P("20.0")),
        RevenueStatement("非税", P("50"), rate=P("0.0")),
    ]
    assert contradictions(whole, [parts]) == []


def test_parts_that_do_not_sum_are_told():
    parts = [RevenueStatement("税", P("60")), RevenueStatement("非税", P("55"))]
    (found,) = contradictions(RevenueStatement("收入", P("110")), [parts])
    assert (found.check, found.follows) == ("parts", "税、非税之和为115")


def test_the_bridge_leads_from_the_natural_to_the_adjusted_growth():
    """100 → 95 is −5 %; refunds 10 and 2 give 105 / 102 = +2.94 %; a scope change 0 and −2 gives 105 / 100 =
    +5 %."""
    lines = [BasisAdjustment("refund", "留抵退税", 10, 2, "财预〔2022〕1号", "财政局", date(2022, 7, 1)),
             BasisAdjustment("scope", "划转收入", 0, -2, "某文", "财政局", date(2022, 8, 1))]  # fmt: skip
    steps = bridge(95, 100, lines)
    assert [step.label for step in steps] == ["自然口径", "留抵退税", "划转收入", "可比口径"]
    assert [round(step.growth, 2) for step in steps] == [-5.0, 2.94, 5.0, 5.0]
    assert sum(step.points for step in steps[:-1]) == pytest.approx(5.0)
    with pytest.raises(ValueError, match="大于0"):
        bridge(1, 0, [])


@given(st.floats(10, 1e6), st.floats(10, 1e6), st.floats(0.01, 5), st.floats(0.01, 5))
def test_the_method_that_made_a_rate_always_fits_it(now: float, last: float, r: float, r0: float):
    made = {
        BasisMethod.TWO_SIDED: (now + r) / (last + r0),
        BasisMethod.ONE_SIDED: (now + r) / last,
        BasisMethod.BASE_REDUCED: now / (last - r),
    }
    for method, ratio in made.items():
        rate = PrintedNumber(100 * (ratio - 1), 0.005)
        found = fit(
            PrintedNumber(now, 1e-9),
            exactly(last),
            PrintedNumber(r, 1e-9),
            rate,
            refunds_last=PrintedNumber(r0, 1e-9),
        )
        assert method in found.fitting


@pytest.mark.parametrize(
    ("text", "low", "high"), [("4.7", 4.65, 4.75), ("−2.31", -2.315, -2.305), ("22,797", 22796.5, 22797.5)]
)
def test_a_printed_number_stands_for_all_that_round_to_it(text: str, low: float, high: float):
    assert (P(text).interval.low, P(text).interval.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["", "约5", "5亿", "1e5", "—"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(ValueError, match="应为数"):
        P(text)
