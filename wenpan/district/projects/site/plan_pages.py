"""深入现场: what is due of me (a leader's phone), and the office's plan as a whole."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.models import KeyProject, Project, SiteAssignment, Visit
from wenpan.district.projects.site import plan_actions as actions
from wenpan.district.projects.site import plan_queries as queries
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn


@require_GET
@requires("contact.visit")
def my_sites(request: SignedInRequest) -> HttpResponse:
    today, rules = timezone.localdate(), policy.problems()
    mine = queries.lines(queries.current(today, request.user), today)
    context = {
        "tab": "my_sites",
        "due": [line for line in mine if line.due],
        "later": [line for line in mine if not line.due],
        "coverage": queries.coverage([line.plan for line in mine], today),
        "results": Visit.Result.choices,
        "problem_kinds": rules["kinds"].items(),
        "levels": rules["levels"].items(),
        "units": Unit.objects.order_by("order"),
        "today": today,
    }
    return render(request, "projects/my_sites.html", context)


def _columns() -> list[TableColumn]:
    return [
        TableColumn("subject__pinyin", _("项目"), value=lambda line: line.subject.name),
        TableColumn(
            "town", _("镇街"), value=lambda line: line.subject.unit.short_name if line.subject.unit else ""
        ),
        TableColumn("plan__person__name", _("到场人")),
        TableColumn("plan__every", _("间隔（月）"), kind="number", decimals=0),
        TableColumn("state__last", _("最近到场"), kind="date"),
        TableColumn("state__due", _("应到场"), kind="date"),
        TableColumn(
            "open", _("未办结问题"), kind="number", decimals=0, value=lambda line: len(line.problems)
        ),
    ]


@require_GET
@requires("contact.plan", "problem.edit")
def site_plan(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    plans = list(queries.current(today, scope=scope_of(request.user)))
    found = queries.lines(plans, today)
    show = asked.choice(request.GET, "show", {"all", "due", "late", "gone"}, "due")
    picked = {
        "due": [line for line in found if line.due],
        "late": [line for line in found if line.late],
        "gone": [line for line in found if line.state.due is None],
        "all": found,
    }
    table = PageTable(request, _columns(), picked[show], sort="state__due")
    if table.exporting:
        return table.response(_("现场计划"))
    labels = {"due": _("本月应到场"), "late": _("已过期"), "gone": _("现场已无人"), "all": _("全部")}
    context = {
        "tab": "site_plan",
        "table": table,
        "show": show,
        "coverage": queries.coverage(plans, today),
        "today": today,
        "tallies": [(code, label, len(picked[code])) for code, label in labels.items()],
    }
    return render(request, "projects/site_plan.html", context)


@require_POST
@requires("contact.plan", "problem.edit")
def plan_site(request: SignedInRequest, which: str, pk: int) -> HttpResponse:
    if which not in ("project", "key"):
        raise Http404
    subject: Subject = (
        get_object_or_404(Project, pk=pk, retracted=False)
        if which == "project"
        else get_object_or_404(KeyProject, pk=pk, retracted=False)
    )
    require_sight(request.user, subject)

    def act() -> None:
        person = User.objects.filter(pk=asked.integer(request.POST, "person") or 0).first()
        if person is None:
            raise Refused("bad_value", _("请选定到场人。"))
        actions.plan_site(
            subject=subject,
            person=person,
            every=asked.integer(request.POST, "every", default=0) or 0,
            starts_on=typed_day(request.POST.get("starts_on", "")),
            by=request.user,
        )

    do(request, act, _("已列入现场计划。"))
    return redirect("projects:project" if which == "project" else "projects:key_project", pk=pk)


@require_POST
@requires("contact.plan", "problem.edit")
def end_site(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(SiteAssignment.objects.select_related("project", "key_project", "person"), pk=pk)
    do(
        request,
        lambda: actions.end_site(plan=plan, on=typed_day(request.POST.get("on", "")), by=request.user),
        _("已结束这条现场计划。"),
    )
    if plan.project_id:
        return redirect("projects:project", pk=plan.project_id)
    return redirect("projects:key_project", pk=plan.key_project_id)
