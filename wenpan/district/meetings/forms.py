"""What is typed of a meeting, and of a decision that is put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.typed_day import DayField
from wenpan.district.meetings.actions import MeetingPlan
from wenpan.district.meetings.models import Meeting
from wenpan.district.meetings.policy import MeetingKind


def _text(label: Any, length: int, **more: Any) -> forms.CharField:
    widget = more.pop("widget", None) or forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **more)


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), widget=forms.Select(attrs={"class": "form-select"}))
    held_on = DayField(
        label=_("日期"), widget=forms.DateInput(attrs={"class": "form-control", "type": "date"})
    )
    title = _text(_("名称"), 120, help_text=_("不填就用日期加会议类型"))
    starts = _text(
        _("时间"), 5, widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "09:30"})
    )
    place = _text(_("地点"), 60)
    chair = _text(_("主持人"), 40)
    attending = _text(
        _("参加单位和人员"), 400, widget=forms.Textarea(attrs={"class": "form-control", "rows": 2})
    )

    def __init__(self, *args: Any, kinds: dict[str, MeetingKind], fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, kind.name) for code, kind in kinds.items()]
        if fixed:
            del self.fields["kind"]

    @staticmethod
    def start(meeting: Meeting) -> dict[str, Any]:
        names = ("held_on", "title", "starts", "place", "chair", "attending")
        return {name: getattr(meeting, name) for name in names}

    def given(self, kind: str = "") -> MeetingPlan:
        values = dict(self.cleaned_data)
        return MeetingPlan(kind=values.pop("kind", "") or kind, **values)


class DecisionForm(forms.Form):
    """Words, unit and day of one decision."""

    text = forms.CharField(max_length=400)
    lead = forms.ModelChoiceField(queryset=Unit.objects.all(), to_field_name="code", required=False)
    deadline = DayField(required=False)

    def changes(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {"text": values["text"], "lead": values["lead"], "deadline": values["deadline"]}
