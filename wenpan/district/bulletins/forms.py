"""Asking for a document: which month. The token makes one press of the button one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan.economy.periods import Month, parse_month


class MakeForm(forms.Form):
    as_of = forms.ChoiceField(label=_("数据截至"))
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, months: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["as_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(month), month.label) for month in months]
        field.widget.attrs["class"] = "form-select"

    @property
    def month(self) -> Month:
        return parse_month(self.cleaned_data["as_of"])
