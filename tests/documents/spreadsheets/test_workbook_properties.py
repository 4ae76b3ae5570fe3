"""Numbers, units and periods: what is written comes back exactly, whatever it is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wenpan.documents.spreadsheets.cells import NUMBER, read_cell
from wenpan.documents.words.periods import find_period, period_of
from wenpan.documents.words.units import canonical, factor, units_in

amounts = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
MONEY = ["元", "千元", "万元", "百万元", "亿元"]
years, months = st.integers(2000, 2099), st.integers(1, 12)
FULL_WIDTH = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")


@given(amounts)
def test_a_number_with_separators_reads_as_itself(amount: Decimal) -> None:
    for text in (f"{amount:,}", f"{amount}", f"{amount:,}".translate(FULL_WIDTH), f" {amount}\n"):
        assert read_cell(text).value == amount


@given(amounts, st.integers(1, 300))
def test_a_rank_in_brackets_never_changes_the_number(amount: Decimal, rank: int) -> None:
    cell = read_cell(f"{amount}({rank})")
    assert (cell.value, cell.rank) == (amount, rank)


@given(amounts, st.sampled_from("①②⑩*¹²³"))
def test_a_footnote_mark_is_never_a_digit(amount: Decimal, mark: str) -> None:
    assert read_cell(f"{amount}{mark}").value == amount


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_a_typed_number_keeps_fifteen_digits(number: float) -> None:
    cell = read_cell(number)
    assert cell.kind == NUMBER and cell.value is not None
    assert abs(float(cell.value) - number) <= 1e-14 * abs(number)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_never_an_exception(text: str) -> None:
    cell = read_cell(text)
    assert (cell.value is not None) == (cell.kind == NUMBER)
    find_period(text)
    units_in(text)


@given(amounts, st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_a_conversion_there_and_back_is_exact(amount: Decimal, a: str, b: str) -> None:
    there, back = factor(a, b), factor(b, a)
    assert there is not None and back is not None
    assert amount * there * back == amount


def test_conversions_are_powers_of_ten_and_never_cross_kinds() -> None:
    assert factor("亿元", "万元") == 10_000
    assert factor("亿千瓦时", "万千瓦时") == 10_000
    assert factor("度", "千瓦时") == 1
    assert factor("平方米", "万平方米") == Decimal("0.0001")
    assert factor("㎡", "平方米") == 1
    assert factor("‰", "%") == Decimal("0.1")
    assert factor("亿美元", "亿元") is None
    assert factor("万元", "万吨公里") is None


def test_units_are_found_where_headers_put_them() -> None:
    cases = {
        "累计(亿元)": ("亿元",),
        "单位:亿元、%": ("亿元", "%"),
        "单位：万元": ("万元",),
        "同比±%": ("%",),
        "用电量（万千瓦时）": ("万千瓦时",),
        "单位GDP能耗(吨标准煤/万元)": ("吨标准煤/万元",),
        "固定资产投资(不含农户)": (),
        "单位名称": (),
    }
    assert {text: units_in(text) for text in cases} == cases
    assert canonical("万度") == "万千瓦时"


@given(years, months)
def test_a_month_reads_the_same_in_every_spelling(year: int, month: int) -> None:
    spellings = [
        f"{year}年{month}月",
        f"{year}年{month}月份经济指标",
        f"{year}-{month:02d}",
        f"{year}{month:02d}",
    ]
    if month > 1:
        spellings += [
            f"{year}年1—{month}月",
            f"{year}年1-{month}月份",
            f"{year} 年 1 至 {month} 月",
            f"{year}年1～{month}月",
        ]
    for text in spellings:
        found = find_period(text)
        assert found is not None and (found.year, found.month, found.ambiguous) == (year, month, False), text


def test_ranges_quarters_and_chinese_numerals() -> None:
    cases = {
        "1—9月": (None, 9, "ytd"),
        "9月": (None, 9, "month"),
        "前三季度": (None, 9, "ytd"),
        "2022年上半年": (2022, 6, "ytd"),
        "2022年三季度": (2022, 9, ""),
        "2022年1—3季度": (2022, 9, "ytd"),
        "二〇二二年一至九月": (2022, 9, "ytd"),
        "二〇二二年十一月": (2022, 11, "month"),
        "2022年1—2月": (2022, 2, "ytd"),
        "2022.10": (2022, 10, ""),
    }
    for text, expected in cases.items():
        found = find_period(text)
        assert found is not None and (found.year, found.month, found.scope) == expected, text
    for text in ("7—9月", "2022年度目标", "9月15日前", "13月", "第3位"):
        assert find_period(text) is None, text


def test_october_typed_as_a_number_is_ambiguous_and_other_months_are_not() -> None:
    assert period_of(2022.1).ambiguous  # type: ignore[union-attr]
    assert find_period("2022.1").ambiguous  # type: ignore[union-attr]
    assert not period_of(2022.11).ambiguous  # type: ignore[union-attr]
    assert period_of(2022.09).month == 9  # type: ignore[union-attr]
    assert period_of(6.2) is None and period_of(2022.0) is None
