"""Amounts of deals: units, currencies, ladders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.funnel.amount_ladder import OF_YEAR, Rung, RungAmount, amount_ladder, conversion
from wenpan.economy.funnel.money import ExchangeRate, Money, MoneyError, read_money

DAY = date(2022, 9, 30)


@pytest.mark.parametrize(
    ("value", "unit", "amount", "currency"),
    [
        ("1.2亿元", "", "12000", "CNY"),
        ("1.2亿", "万元", "12000", "CNY"),
        (12, "万元", "12", "CNY"),
        (12.0, "亿元", "120000", "CNY"),
        ("3,000", "万元", "3000", "CNY"),
        ("3000万", "亿元", "3000", "CNY"),
        ("１２．５", "万元", "12.5", "CNY"),
        ("5000000元", "万元", "500", "CNY"),
        ("500万美元", "万元", "500", "USD"),
        (500, "万美元", "500", "USD"),
        ("1.2亿", "万美元", "12000", "USD"),
        ("1.2亿元", "万美元", "12000", "CNY"),
        ("0.1亿港币", "", "1000", "HKD"),
        ("123456789012345.6789元", "", "12345678901.23456789", "CNY"),
    ],
)
def test_amounts_in_every_unit_are_read_without_loss(value, unit, amount, currency):
    money = read_money(value, unit)
    assert money is not None
    assert (money.amount, money.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("value", ["3.5亿万元", "约1亿", "待定", "1亿-2亿元", True, "5000万吨"])
def test_what_is_no_amount_is_refused_in_words(value):
    with pytest.raises(MoneyError):
        read_money(value, "万元")


def test_a_number_without_a_unit_anywhere_is_not_guessed():
    with pytest.raises(MoneyError, match="单位"):
        read_money(3000)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_blank_is_missing_and_not_zero(value):
    assert read_money(value, "万元") is None


@given(st.decimals(0, 10**12, allow_nan=False, places=4))
def test_yi_and_wan_and_yuan_say_the_same(value):
    in_wan = read_money(f"{value:f}万元")
    assert in_wan == Money(value, text=f"{value:f}万元")
    assert read_money(f"{value.scaleb(4):f}元").amount == value  # type: ignore[union-attr]
    assert read_money(f"{value.scaleb(-4):f}亿元").amount == value  # type: ignore[union-attr]


def amount(rung: Rung, wan: str, on: date = DAY, **more: object) -> RungAmount:
    return RungAmount(rung, Money(Decimal(wan)), on, **more)  # type: ignore[arg-type]


def test_the_newest_cumulative_amount_of_a_rung_holds_and_a_years_amount_is_another_thing():
    ladder = amount_ladder(
        [
            amount(Rung.ARRIVED, "100", date(2022, 6, 30)),
            amount(Rung.ARRIVED, "300"),
            amount(Rung.ARRIVED, "200", scope=OF_YEAR),
            amount(Rung.ARRIVED, "999", date(2022, 10, 1)),
        ],
        DAY,
    )
    assert ladder.in_yuan(Rung.ARRIVED) == 300
    assert ladder.in_yuan(Rung.AGREED) is None


def test_foreign_money_needs_its_kept_rate():
    dollars = Money(Decimal(100), "USD")
    rate = ExchangeRate("USD", Decimal("7.1"), DAY, "中间价")
    assert dollars.in_yuan() is None
    assert dollars.in_yuan(rate) == Decimal("710.0")
    assert dollars.in_yuan(ExchangeRate("EUR", Decimal(8), DAY, "")) is None
    ladder = amount_ladder([RungAmount(Rung.AGREED, dollars, DAY)], DAY)
    assert "没有折算汇率" in ladder.remarks[0]


def test_more_arrived_than_agreed_is_told_not_cut():
    ladder = amount_ladder([amount(Rung.AGREED, "100"), amount(Rung.ARRIVED, "120")], DAY)
    assert ladder.in_yuan(Rung.ARRIVED) == 120
    assert ladder.remarks == ("到位资金120万元多于协议投资100万元, 请核实",)


def test_bijiangs_conversion_into_statistics_names_both_sides():
    ladders = [
        amount_ladder([amount(Rung.ARRIVED, "10000"), amount(Rung.IN_STATISTICS, "3831")], DAY),
        amount_ladder([amount(Rung.ARRIVED, "500")], DAY),
    ]
    rate = conversion(ladders)
    assert (rate.rate, rate.deals, rate.left_out) == (Decimal("0.3831"), 1, 1)
    assert conversion(ladders, missing_is_zero=True).rate == Decimal(3831) / Decimal(10500)
