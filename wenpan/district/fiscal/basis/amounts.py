"""Amounts and rates as they were printed: the number in the indicator's unit and how far it was rounded."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Refused
from wenpan.economy.fiscal.printed import PrintedNumber

LARGEST = Decimal("1e10")


def typed_amount(text: str) -> tuple[Decimal, int] | None:
    """(amount, decimals as typed); None for an empty field. Refused "bad_value" for what is no number."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-").replace(",", "")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise Refused("bad_value", _("金额应为数字，实为“%s”。") % text[:20]) from None
    if not value.is_finite() or "e" in plain.lower() or abs(value) >= LARGEST:
        raise Refused("bad_value", _("金额应为数字，实为“%s”。") % text[:20])
    digits = max(0, -int(value.as_tuple().exponent))
    if digits > 4:
        raise Refused("bad_value", _("金额最多四位小数。"))
    return value, digits


def of_digits(value: Decimal, digits: int) -> PrintedNumber:
    return PrintedNumber(float(value), 0.5 * 10.0**-digits)


def as_printed(value: Decimal, text: str) -> PrintedNumber:
    """A figure of the ledger with the rounding of its published text, which may have had another unit."""
    try:
        printed = PrintedNumber.of(unicodedata.normalize("NFKC", text))
    except ValueError:
        shown = value.normalize()
        return of_digits(value, max(0, -int(shown.as_tuple().exponent)))
    scale = float(value) / printed.value if printed.value else 1.0
    return PrintedNumber(float(value), printed.half * abs(scale))
