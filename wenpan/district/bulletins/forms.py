"""Asking for a document: which month. The token makes one press of the button one document."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan.economy.time.periods import Month, parse_month


class MakeForm(forms.Form):
    """An analysis. `offered` gives an unbound form with a fresh token, or None where no month is on offer."""

    as_of = forms.ChoiceField(label=_("数据截至"))
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, months: Sequence[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["as_of"]
        assert isinstance(field, forms.ChoiceField)
        self.offers = [(str(month), month.label) for month in months]
        field.choices = self.offers
        field.widget.attrs["class"] = "form-select"

    @property
    def month(self) -> Month:
        return parse_month(self.cleaned_data["as_of"])

    @classmethod
    def offered(cls, months: Sequence[Month], chosen: Month | None = None) -> Self | None:
        if not months:
            return None
        return cls(months=months, initial={"token": uuid.uuid4(), "as_of": str(chosen or months[0])})


class DraftForm(MakeForm):
    """A bulletin: a month that is over."""

    as_of = forms.ChoiceField(label=_("通报月份"))

    def ask_which(self, due: Month) -> Self:
        """Where the month due is not on offer (it is issued), an older one is chosen and never proposed."""
        field = self.fields["as_of"]
        assert isinstance(field, forms.ChoiceField)
        if str(due) not in dict(self.offers):
            field.choices = [("", _("以往月份，请选择")), *self.offers]
            self.initial["as_of"] = ""
        return self


class WordsForm(forms.Form):
    """What people may word in a bulletin; one demand a line."""

    lead_in = forms.CharField(
        label=_("导语"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    demands = forms.CharField(
        label=_("下月要求（每行一条）"), required=False, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    @property
    def told(self) -> dict[str, Any]:
        lines = self.cleaned_data["demands"].splitlines()
        return {"lead_in": self.cleaned_data["lead_in"], "demands": lines}
