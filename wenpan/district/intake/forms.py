"""What people type on the intake's pages, made into values or refused in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS
from wenpan.economy.time.periods import parse_month

ROLES = {
    "ignore": _("不用"),
    "indicator": _("指标名称"),
    "region": _("地区"),
    "figure": _("数据"),
    "target": _("目标"),
    "rank": _("位次"),
    "unit": _("计量单位"),
    "period": _("期间"),
    "document": _("依据文件"),
}
_KEYS = ("role", "indicator", "measure", "basis", "unit")


class PeriodForm(forms.Form):
    period = forms.CharField(max_length=7)

    def clean_period(self) -> str:
        try:
            return str(parse_month(self.cleaned_data["period"]))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class AcceptForm(forms.Form):
    released = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    source = forms.CharField(max_length=100, required=False)
    version = forms.IntegerField()

    def reasons(self) -> dict[str, str]:
        """Finding key or check code → words, from fields `reason:<key>`; single ones win over groups."""
        given = {name.removeprefix("reason:"): str(words) for name, words in self.data.items()
                 if name.startswith("reason:") and str(words).strip()}  # fmt: skip
        return dict(sorted(given.items(), key=lambda item: "|" in item[0]))

    @property
    def released_on(self) -> date | None:
        released: date | None = self.cleaned_data["released"]
        return released


def mapping_from(post: QueryDict, question: dict[str, Any]) -> dict[str, Any]:
    """The mapping of `documents.figures.UnknownLayout`, from selects named `role-0`, `measure-0` …

    Unknown words are dropped, not stored.
    """
    columns = {}
    for column in question["columns"]:
        index = str(column["index"])
        said = {key: post.get(f"{key}-{index}", "").strip() for key in _KEYS}
        columns[index] = {key: value for key, value in said.items() if value and _known(key, value)}
    return {"kind": post.get("kind", ""), "header_rows": question["header_at"], "columns": columns}


def _known(key: str, value: str) -> bool:
    words: dict[str, set[str]] = {
        "role": set(ROLES),
        "measure": set(map(str, MEASURE_LABELS)),
        "basis": set(BASES),
    }
    return key not in words or value in words[key]
