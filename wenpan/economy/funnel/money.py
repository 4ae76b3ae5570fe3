"""Amounts of deals: any of 元, 万元, 亿元, 万美元 …, kept exactly, with currency and rate.

Pure, Decimal throughout: a change of unit is a shift by a power of ten and loses nothing. Different
currencies are never added and never compared without a rate that is kept with the amount. 亿万元 is a slip
of the pen and is refused, not read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

CNY = "CNY"
_CURRENCIES = {
    "元": CNY, "人民币": CNY, "元人民币": CNY, "人民币元": CNY, "美元": "USD", "港元": "HKD", "港币": "HKD",
    "欧元": "EUR", "日元": "JPY", "英镑": "GBP", "新台币": "TWD", "新加坡元": "SGD", "新元": "SGD",
}  # fmt: skip
_NAMES = {
    CNY: "元", "USD": "美元", "HKD": "港元", "EUR": "欧元", "JPY": "日元", "GBP": "英镑", "TWD": "新台币",
    "SGD": "新加坡元",
}  # fmt: skip
_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10}
_UNIT = re.compile(rf"^({'|'.join(sorted(_SCALES, key=len, reverse=True))})({'|'.join(_CURRENCIES)})?$")
_TEXT = re.compile(r"^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(.*)$")


class MoneyError(ValueError):
    """What cannot be read as an amount; a Chinese sentence."""


@dataclass(frozen=True)
class ExchangeRate:
    """`per`: yuan for one unit of `currency`, on `on`, by `source` (e.g. 中国人民银行中间价)."""

    currency: str
    per: Decimal
    on: date
    source: str


@dataclass(frozen=True)
class Money:
    """`amount` in ten thousands (万) of `currency`; `text` as it was written."""

    amount: Decimal
    currency: str = CNY
    text: str = ""

    @property
    def unit(self) -> str:
        """万元, 万美元."""
        return f"万{_NAMES.get(self.currency, self.currency)}"

    def in_yuan(self, rate: ExchangeRate | None = None) -> Decimal | None:
        """In 万元; None where it is foreign and no rate of its currency is given."""
        if self.currency == CNY:
            return self.amount
        if rate is None or rate.currency != self.currency:
            return None
        return self.amount * rate.per

    def __str__(self) -> str:
        return f"{amount_text(self.amount)}{self.unit}"


def amount_text(value: Decimal) -> str:
    """Without an exponent and without trailing zeros: 12000, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_of(text: str) -> tuple[int, str] | None:
    """(power of ten, currency) of a unit: "亿美元" → (8, "USD"); None where it is no unit of money."""
    found = _UNIT.match(_normal(text).strip("()"))
    if not found or not text.strip():
        return None
    return _SCALES[found[1]], _CURRENCIES[found[2] or "元"]


def read_money(value: object, unit: str = "") -> Money | None:
    """An amount of a cell or a sentence: 1.2亿元, 3,000 (in `unit`), 500万美元. None where it is blank.

    A unit in the text itself goes before `unit`, that of the column. MoneyError where the text is no amount,
    where no unit is known anywhere, or where the unit is no unit of money (亿万元).
    """
    if isinstance(value, bool):
        raise MoneyError(f"“{value}”不是金额")
    text = _text(value)
    if not text:
        return None
    number = _TEXT.match(text)
    if not number:
        raise MoneyError(f"“{text}”不是金额")
    own, stated = unit_of(number[2]) if number[2] else None, unit_of(unit)
    if number[2] and own is None:
        raise MoneyError(f"“{text}”的单位“{number[2]}”不是金额单位")
    power_and_currency = own or stated
    if power_and_currency is None:
        raise MoneyError(f"“{text}”没有写明单位, 不知道是万元还是亿元")
    power, currency = power_and_currency
    if own and stated and currency == CNY != stated[1] and not number[2].endswith(("元", "币")):
        currency = stated[1]  # "1.2亿" in a column of 万美元
    try:
        amount = Decimal(number[1].replace(",", ""))
    except InvalidOperation:
        raise MoneyError(f"“{text}”不是金额") from None
    return Money(amount.scaleb(power - 4), currency, text)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return amount_text(Decimal(f"{value:.15g}"))
    if isinstance(value, (int, Decimal)):
        return amount_text(Decimal(value))
    return _normal(str(value))


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
