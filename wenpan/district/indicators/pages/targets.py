"""目标: the list, a target's history, and the form that sets or changes one."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators import actions, queries
from wenpan.district.indicators.forms import TargetForm
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries import targets as found
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn


def columns() -> list[TableColumn]:
    return [
        TableColumn("year", _("年度"), kind="number", decimals=0),
        TableColumn("name", _("指标")),
        TableColumn("unit_name", _("范围"), value=lambda t: t.unit_name or _("全区")),
        TableColumn("set_by_label", _("由谁确定")),
        TableColumn("measure_label", _("计量")),
        TableColumn("sign", _("比较")),
        TableColumn("value", _("目标值"), kind="number", decimals=2),
        TableColumn("unit", _("单位")),
        TableColumn("document", _("依据文件")),
        TableColumn("effective_from", _("生效日期"), kind="date"),
        TableColumn("schedule_label", _("进度安排")),
        TableColumn("version", _("版本"), kind="number", decimals=0),
        TableColumn("recorded_by", _("录入人")),
        TableColumn("recorded_at", _("录入时间"), kind="date"),
    ]


@requires("target.view")
def targets(request: HttpRequest) -> HttpResponse:
    years = found.years()
    year = _year(request, years)
    lines = found.targets(
        year=year, indicator=request.GET.get("indicator", ""), set_by=request.GET.get("set_by", "")
    )
    table = PageTable(request, columns(), lines, page_size=60)
    if table.exporting:
        return table.response(f"{year or ''}年目标")
    context = {
        "table": table,
        "years": years,
        "year": year,
        "indicators": [(code, item.short) for code, item in policy.catalogue().items()],
        "set_bys": Target.SetBy.choices,
        "indicator": request.GET.get("indicator", ""),
        "set_by": request.GET.get("set_by", ""),
    }
    return render(request, "indicators/targets.html", context)


def _year(request: HttpRequest, years: tuple[int, ...]) -> int | None:
    year = asked.year(request.GET, "year")
    return year if year is not None else (years[0] if years else None)


@requires("target.view")
def target(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Target.objects.select_related("unit", "recorded_by", "submission"), pk=pk)
    context = {"target": found.line(kept), "versions": found.history(kept)}
    return render(request, "indicators/target.html", context)


@requires("target.set")
def set_target(request: SignedInRequest) -> HttpResponse:
    """A blank form, or prefilled from the version that holds (`?of=`); POST sets."""
    if request.method == "POST":
        form = TargetForm(request.POST)
        if form.is_valid():
            return _set(request, form)
        return _form_page(request, form, status=422)
    return _form_page(request, TargetForm(initial=_initial(request)))


def _form_page(request: HttpRequest, form: TargetForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "indicators/target_form.html", {"form": form, **more}, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    kept = Target.objects.filter(pk=asked.integer(request.GET, "of") or 0).first()
    first: dict[str, Any] = {"request_key": secrets.token_urlsafe(24), "expected_version": 0}
    if kept is not None:
        names = ("indicator", "year", "set_by", "unit", "measure", "basis", "comparison", "schedule")
        first |= {name: getattr(kept, name) for name in names}
        first |= {"value": kept.value.normalize(), "expected_version": kept.version}
        first["effective_from"] = timezone.localdate().isoformat()
        first["curve"] = " ".join(f"{100 * float(c):g}" for c in kept.curve)
        return first
    item = policy.catalogue().get(request.GET.get("indicator", ""))
    first |= {
        "year": timezone.localdate().year,
        "basis": "natural",
        "measure": "ytd_growth",
        "set_by": "district",
    }
    if item is not None:
        better = "<=" if item.direction == "down" else ">="
        first |= {
            "indicator": item.code,
            "measure": str(item.headline),
            "basis": item.basis,
            "comparison": better,
        }
    newest = queries.judged_months()
    return first | ({"year": newest[0].year} if newest else {})


def _set(request: SignedInRequest, form: TargetForm) -> HttpResponse:
    data = dict(form.cleaned_data)
    try:
        kept = actions.set_target(**data, by=request.user)
    except actions.ClashError as clash:
        return _clash(request, form, clash.theirs)
    except ValidationError as error:
        form.add_error(None, error)
        return _form_page(request, form, status=422)
    messages.success(request, _("目标已保存，相关月份已重新研判。"))
    return redirect("indicators:target", pk=kept.pk)


def _clash(request: HttpRequest, form: TargetForm, theirs: Target | None) -> HttpResponse:
    """Both sides side by side; sending again sets ours over the version shown."""
    data = request.POST.copy()
    data["expected_version"] = str(theirs.version if theirs else 0)
    data["request_key"] = secrets.token_urlsafe(24)
    again = TargetForm(data)
    again.is_valid()
    unit = form.cleaned_data.get("unit")
    shown = {
        "theirs": found.line(theirs) if theirs else None,
        "ours": form.cleaned_data,
        "our_unit": unit.short_name if isinstance(unit, Unit) else "",
    }
    return _form_page(request, again, status=409, clash=shown)
