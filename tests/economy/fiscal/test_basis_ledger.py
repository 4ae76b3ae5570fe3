"""The ledger of the comparable basis: which method fits, and the bridge it builds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.fiscal.basis_ledger import LedgerLine, PublishedRates, bridge_of, entered, fit_of
from wenpan.economy.fiscal.comparable_basis import BasisMethod
from wenpan.economy.fiscal.printed import PrintedNumber

P = PrintedNumber.of
DAY = date(2022, 8, 15)


def line(kind: str, this: str, last: str | None) -> LedgerLine:
    return LedgerLine(kind, {"refund": "留抵退税"}.get(kind, "划转收入"), P(this), P(last) if last else None,
                      "财预〔2022〕1号", "统计局", DAY)  # fmt: skip


ZAOZHUANG = PublishedRates(P("119.19"), P("4.7"), P("13.6"))


def test_zaozhuang_fits_the_two_sided_method_and_its_bridge_ends_near_the_printed_rate():
    """(119.19 + 11) / (113.84 + 0.8) = +13.57, printed 13.6."""
    lines = [line("refund", "11", "0.8")]
    found = fit_of(ZAOZHUANG, lines)
    assert found is not None and BasisMethod.TWO_SIDED in found.fitting
    steps = bridge_of(ZAOZHUANG, lines, BasisMethod.TWO_SIDED)
    assert steps is not None
    assert steps[0].growth == pytest.approx(4.7), "the bridge starts at the published natural rate"
    assert steps[-1].growth == pytest.approx(13.57, abs=0.02)


def test_the_same_refund_enters_three_ways():
    lines = [line("refund", "11", "0.8")]
    for method, amounts in {BasisMethod.TWO_SIDED: (11, 0.8), BasisMethod.ONE_SIDED: (11, 0),
                            BasisMethod.BASE_REDUCED: (0, -11)}.items():  # fmt: skip
        (one,) = entered(lines, method) or ()
        assert (one.this_year, one.last_year) == amounts
    assert entered(lines, BasisMethod.UNKNOWN) is None, "an unknown method draws no bridge"


def test_last_years_refunds_that_were_not_published_are_not_nothing():
    lines = [line("refund", "11", None)]
    assert entered(lines, BasisMethod.TWO_SIDED) is None
    assert entered(lines, BasisMethod.ONE_SIDED) is not None
    found = fit_of(ZAOZHUANG, lines)
    assert found is not None and found.method is BasisMethod.TWO_SIDED
    assert found.implied_last is not None, "what A implies is told"


def test_a_change_of_scope_counts_under_every_method_alike():
    """100 → 110 is +10; refunds 5 and 5, and 2 that moved away last year: (110+5)/(100+5−2) = +11.65."""
    rates = PublishedRates(P("110.00"), P("10.00"), P("11.65"))
    lines = [line("refund", "5.00", "5.00"), line("scope", "0.00", "-2.00")]
    found = fit_of(rates, lines)
    assert found is not None and found.fitting == (BasisMethod.TWO_SIDED,)
    steps = bridge_of(rates, lines, BasisMethod.TWO_SIDED)
    assert steps is not None and [round(s.growth, 2) for s in steps] == [10.0, 9.52, 11.65, 11.65]


@pytest.mark.parametrize("rates", [
    PublishedRates(None, P("4.7"), P("13.6")), PublishedRates(P("119.19"), None, P("13.6")),
    PublishedRates(P("119.19"), P("4.7"), None),
])  # fmt: skip
def test_without_an_amount_or_a_rate_nothing_is_tried(rates: PublishedRates):
    assert fit_of(rates, [line("refund", "11", "0.8")]) is None


def test_without_refunds_nothing_is_tried():
    assert fit_of(ZAOZHUANG, [line("scope", "1", "0")]) is None
    assert bridge_of(ZAOZHUANG, [], BasisMethod.TWO_SIDED) is None


@given(st.floats(50, 1e4), st.floats(-40, 60), st.floats(0.1, 20), st.floats(0.1, 20))
def test_a_bridges_steps_add_up_to_its_end(level: float, rate: float, refund: float, before: float):
    rates = PublishedRates(PrintedNumber(level, 0.005), PrintedNumber(rate, 0.05), None)
    lines = [
        LedgerLine(
            "refund", "留抵退税", PrintedNumber(refund, 0.005), PrintedNumber(before, 0.005), "p", "a", DAY
        )
    ]  # noqa: E501
    for method in (BasisMethod.TWO_SIDED, BasisMethod.ONE_SIDED):
        steps = bridge_of(rates, lines, method)
        assert steps is not None
        assert sum(step.points for step in steps[:-1]) == pytest.approx(steps[-1].growth, abs=1e-6)
