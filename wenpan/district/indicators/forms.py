"""The form of a target: what is promised, by whom, on what ground."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.typed_day import DayField
from wenpan.district.indicators import words
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.rules import curve_problem
from wenpan.economy.figures.indicators import Measure


class TargetForm(forms.Form):
    indicator = forms.ChoiceField(label=_("指标"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    set_by = forms.ChoiceField(label=_("由谁确定"), choices=Target.SetBy.choices)
    unit = forms.ModelChoiceField(
        label=_("分解到单位"),
        required=False,
        queryset=Unit.objects.exclude(kind="district"),
        empty_label=_("（全区）"),
        help_text=_("目标只到部门、镇街、园区，不到企业。"),
    )
    measure = forms.ChoiceField(label=_("计量"))
    basis = forms.ChoiceField(label=_("口径"), choices=list(words.BASES.items()))
    comparison = forms.ChoiceField(label=_("比较"), choices=[(">=", _("不低于")), ("<=", _("不高于"))])
    value = forms.DecimalField(
        label=_("目标值"), max_digits=15, decimal_places=4, help_text=_("增速填百分数，如 6.5。")
    )
    document = forms.CharField(
        label=_("依据文件"),
        max_length=200,
        help_text=_("文件名称和文号，如《2022年政府工作报告》、市政发〔2022〕3号。"),
    )
    effective_from = DayField(
        label=_("生效日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("首次确定可不填，按当年1月1日；调整的目标从生效日起研判，此前的月份不变。"),
    )
    schedule = forms.ChoiceField(label=_("进度安排"), choices=list(words.SCHEDULES.items()))
    curve = forms.CharField(
        label=_("指定曲线"),
        required=False,
        help_text=_("12个累计百分数，用空格隔开，12月为100。只在选“指定曲线”时填。"),
    )
    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = policy.catalogue()
        indicators, measures = self.fields["indicator"], self.fields["measure"]
        assert isinstance(indicators, forms.ChoiceField) and isinstance(measures, forms.ChoiceField)
        indicators.choices = [(code, item.name) for code, item in catalogue.items()]
        measures.choices = [(str(m), words.MEASURES[m]) for m in Measure]
        for field in self.fields.values():
            if not field.widget.is_hidden:
                kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                field.widget.attrs["class"] = kind

    def clean_curve(self) -> list[float]:
        """Percentages as people write them → cumulative shares 0 to 1."""
        text = self.cleaned_data["curve"].strip()
        if self.data.get("schedule") != "curve":
            return []
        try:
            shares = [float(part.rstrip("%")) / 100 for part in re.split(r"[\s,、;]+", text) if part]
        except ValueError as error:
            raise forms.ValidationError(_("只能填数字。")) from error
        if problem := curve_problem(shares):
            raise forms.ValidationError(problem)
        return shares

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        item = policy.catalogue().get(data.get("indicator", ""))
        measure = data.get("measure")
        if item and measure and Measure(measure) not in item.measures:
            known = "、".join(str(words.MEASURES[m]) for m in item.measures)
            self.add_error("measure", _("%(name)s只公布：%(known)s。") % {"name": item.short, "known": known})
        return data
