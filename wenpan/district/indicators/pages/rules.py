"""规则: which rule set is in force and why, what each was worth, and the set that fits the place's ratio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.typed_day import DayField
from wenpan.district.indicators import outlook_charts, queries, rule_actions
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries.light_worth import LightWorth, fit, light_worth
from wenpan.district.indicators.queries.rule_sets import rules_page
from wenpan.district.ui import asked
from wenpan.district.ui.exports import xlsx_response
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError


class WorthForm(forms.Form):
    dispatches = forms.FloatField(
        label=gettext_lazy("一次漏报抵几次空跑"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("十次空跑换一次及时，填10。数越大，灯越早亮、空跑越多。"),
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.5"}),
    )
    since = DayField(
        label=gettext_lazy("自何日起"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=rule_actions.LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


@requires("rules.view")
def rules(request: HttpRequest) -> HttpResponse:
    as_of = _month(request)
    if request.GET.get("export") == "xlsx":
        return _workbook(light_worth(as_of))
    return _page(request, as_of, WorthForm(initial={"since": timezone.localdate().isoformat()}))


def _month(request: HttpRequest) -> Month:
    newest = queries.judged_months()
    today = timezone.localdate()
    return chosen_month(request) or (newest[0] if newest else Month(today.year, today.month))


def _page(request: HttpRequest, as_of: Month, form: WorthForm, *, status: int = 200) -> HttpResponse:
    worth = light_worth(as_of)
    context: dict[str, Any] = {
        "page": rules_page(as_of),
        "as_of": as_of,
        "worth": worth,
        "worth_chart": outlook_charts.worth(worth) if worth else None,
        "shown": [i for i, ratio in enumerate(worth.ratios) if ratio in {0.1, 0.2, 0.3, 0.5, 0.7, 0.9}]
        if worth
        else [],
        "fit": fit(_newest(as_of)),
        "form": form,
    }
    if worth:
        context["lines"] = [(line, [line.values[i] for i in context["shown"]]) for line in worth.lines]
        context["ratios"] = [f"{worth.ratios[i]:g}" for i in context["shown"]]
    return render(request, "indicators/rules.html", context, status=status)


def _newest(as_of: Month) -> Month:
    """A choice counts from the next month to be judged, whatever month is looked at."""
    months = queries.judged_months()
    return months[0] if months else as_of


@requires("rules.set")
@require_POST
def worth(request: SignedInRequest) -> HttpResponse:
    """The place says what a miss is worth."""
    form = WorthForm(request.POST)
    if form.is_valid():
        try:
            cost = rule_actions.say_warning_cost(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        except (OSError, RuleError) as error:
            form.add_error(None, _("没有记下：%(why)s") % {"why": error})
        else:
            messages.success(request, _("已记下：%(words)s。") % {"words": cost.words})
            return redirect(reverse("indicators:rules") + "#fit")
    return _page(request, _month(request), form, status=422)


@requires("rules.set")
@require_POST
def adopt(request: SignedInRequest) -> HttpResponse:
    """The fitting set judges from the next month on."""
    code = asked.words(request.POST, "code", 40)
    try:
        chosen = rule_actions.adopt_fitting(
            as_of=_newest(_month(request)),
            code=code,
            reason=asked.words(request.POST, "reason", 400),
            by=request.user,
        )
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
    except (OSError, RuleError) as error:
        messages.error(request, _("没有改用：%(why)s") % {"why": error})
    else:
        said = {"day": chosen.since, "name": chosen.name}
        messages.success(request, _("自%(day)s起用“%(name)s”研判，此前的研判不变。") % said)
    return redirect(reverse("indicators:rules") + "#fit")


def _workbook(worth: LightWorth | None) -> HttpResponse:
    ratios = worth.ratios if worth else ()
    headers = [
        _("规则"), _("警告"), _("命中"), _("空报"), _("差"), _("提前月"), _("年变动次数"),
        *(f"{ratio:g}" for ratio in ratios),
    ]  # fmt: skip
    rows = [
        (
            line.rules, line.name, line.hits, line.false_alarms, line.difference, line.months_before,
            line.changes, *line.values,
        )
        for line in (worth.lines if worth else ())
    ]  # fmt: skip
    return xlsx_response(_("灯的价值"), headers, rows, ["", "", *(["0.000"] * (5 + len(ratios)))])
