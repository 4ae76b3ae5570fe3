"""A day that a person typed into a form: one reading for every room.

2月30日 is no day; 9999 and 0222 are slips of the hand, and no calendar reaches them: refused, never mended.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.ground.refused import Refused

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


def typed_day(words: str) -> date:
    """Refused `bad_value` for what is no day, or none of this century."""
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        raise _refused() from None
    if not FIRST <= day <= LAST:
        raise _refused()
    return day


def _refused() -> Refused:
    return Refused("bad_value", _("日期应写作 2022-10-18。"))


class DayField(forms.DateField):
    """The same of Django's forms."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": gettext_lazy("日期应写作 2022-10-18。")},
            validators=[
                MinValueValidator(FIRST, gettext_lazy("日期应写作 2022-10-18。")),
                MaxValueValidator(LAST, gettext_lazy("日期应写作 2022-10-18。")),
            ],
            **kwargs,
        )
