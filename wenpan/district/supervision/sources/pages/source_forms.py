"""What a person says of a paper: kind, title, number, issuer, date; and of a leader's note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.typed_day import DayField
from wenpan.district.supervision.models import Source
from wenpan.district.supervision.sources.actions.proposing import Given

KINDS = [("", _("自动识别")), *Source.Kind.choices]


class SourceForm(forms.Form):
    """`required=False`: at the upload everything may stay empty and is read off the paper."""

    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, required=False)
    title = forms.CharField(label=_("标题"), max_length=200, required=False)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("发文单位（讲话人）"), max_length=80, required=False)
    dated = DayField(label=_("成文日期"), required=False)

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "title", "dated"):
            self.fields[name].required = required

    @classmethod
    def of(cls, source: Source) -> SourceForm:
        names = ("kind", "title", "number", "issuer")
        initial = {name: getattr(source, name) for name in names} | {"dated": source.dated.isoformat()}
        return cls(initial=initial)

    def given(self) -> Given:
        return Given(**self._words(), dated=self.cleaned_data["dated"])

    def given_json(self) -> dict[str, str]:
        day = self.cleaned_data["dated"]
        return {**self._words(), "dated": day.isoformat() if day else ""}

    def _words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] or "" for name in ("kind", "title", "number", "issuer")}
