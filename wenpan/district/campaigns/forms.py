"""What is typed of a campaign and of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.roles import ROLES
from wenpan.district.campaigns.actions.planning import CampaignPlan
from wenpan.district.campaigns.models import Campaign, CampaignTeam
from wenpan.district.campaigns.policy import CampaignKind
from wenpan.district.ground.typed_day import DayField

TAKING_PART = [code for code, role in ROLES.items() if "campaign.take_part" in role.permissions]


def _text(label: Any, length: int, **more: Any) -> forms.CharField:
    rows = more.pop("rows", 0)
    attrs = {"class": "form-control", **({"rows": rows} if rows else {})}
    widget: forms.Widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def _day(label: Any) -> DayField:
    return DayField(label=label, widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}))


class CampaignForm(forms.Form):
    kind = forms.ChoiceField(label=_("类型"), widget=forms.Select(attrs={"class": "form-select"}))
    title = _text(_("名称"), 120)
    theme = _text(_("督查内容"), 1000, rows=3)
    ground = _text(_("依据文件"), 200, required=False, help_text=_("文件名称和文号；没有文件的，写批准领导"))
    ordered_by = _text(_("批准（交办）领导"), 40, required=False)
    starts_on = _day(_("开始日期"))
    ends_on = _day(_("结束日期"))

    def __init__(self, *args: Any, kinds: dict[str, CampaignKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, kind.label) for code, kind in kinds.items()]

    @staticmethod
    def start(campaign: Campaign) -> dict[str, Any]:
        names = ("kind", "title", "theme", "ground", "ordered_by", "starts_on", "ends_on")
        return {name: getattr(campaign, name) for name in names}

    def given(self) -> CampaignPlan:
        return CampaignPlan(**self.cleaned_data)


def _with_unit(user: Any) -> str:
    return f"{user}（{user.unit.short_name}）" if user.unit else f"{user}（{user.role_label}）"


class TeamForm(forms.Form):
    name = _text(_("组别"), 20)
    leader = forms.ModelChoiceField(
        label=_("组长"), queryset=User.objects.none(), widget=forms.Select(attrs={"class": "form-select"})
    )
    members = forms.ModelMultipleChoiceField(
        label=_("成员"), queryset=User.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 8}),
        help_text=_("按住 Ctrl 可选多人；组长自动在内"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role__in=TAKING_PART).select_related("unit")
        for name in ("leader", "members"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people.order_by("unit__order", "pk")
            field.label_from_instance = _with_unit  # type: ignore[assignment]

    @staticmethod
    def start(team: CampaignTeam) -> dict[str, Any]:
        return {
            "name": team.name,
            "leader": team.leader_id,
            "members": [m.user_id for m in team.members.all()],
        }
