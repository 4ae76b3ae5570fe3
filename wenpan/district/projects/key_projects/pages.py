"""重点项目: the list with lights, 挂图作战 by month, one key project."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.projects import actions
from wenpan.district.projects.base import policy
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.key_projects import (
    milestone_map,
)
from wenpan.district.projects.key_projects import (
    queries as keys,
)
from wenpan.district.projects.key_projects import (
    starts_and_completions as against,
)
from wenpan.district.projects.lights import pair_words
from wenpan.district.projects.models import KeyProject
from wenpan.district.projects.page.pages import forms_context
from wenpan.district.projects.page.queries import link, work
from wenpan.district.projects.pool import queries as pool
from wenpan.district.projects.ratings import queries as ratings
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.judging.lights import RuleSet
from wenpan.economy.time.periods import Month


def _month(request: HttpRequest) -> Month | None:
    """The month shown: the pool's newest; without a library, that of the newest key list."""
    return pool.shown_month(request.GET.get("month", "")) or keys.newest_month()


def _rules(request: HttpRequest, month: Month) -> tuple[RuleSet, list[RuleSet]]:
    """The rule set in force, or another one that the person wants to compare with."""
    known = policy.rule_sets()
    chosen = known.get(request.GET.get("rules", ""))
    return chosen or policy.rules_in_force(date(month.year, month.month, 1)), list(known.values())


def columns() -> list[TableColumn]:
    return [
        TableColumn("project__code", _("编号")),
        TableColumn("project__name", _("项目名称")),
        TableColumn("light", _("灯"), kind="text", searched=False),
        TableColumn("reasons", _("原因"), value=lambda line: "; ".join(line.verdict.reasons), sortable=False),
        TableColumn("project__level", _("级别"), value=lambda line: line.project.get_level_display()),
        TableColumn("project__stage", _("阶段"), value=lambda line: line.project.get_stage_display()),
        TableColumn("project__department__short_name", _("责任单位")),
        TableColumn("project__unit__short_name", _("镇街")),
        TableColumn("project__year_plan", _("年度计划（万元）"), kind="amount", decimals=0),
        TableColumn("this_year", _("本年完成（万元）"), kind="amount", decimals=0),
        TableColumn("progress", _("完成年计划"), kind="percent"),
        TableColumn("schedule", _("时序"), kind="percent"),
        TableColumn("project__planned_start", _("计划开工")),
        TableColumn("project__actual_start", _("实际开工")),
        TableColumn(
            "bond",
            _("专项债灯"),
            value=lambda line: line.bond and str(line.bond.verdict.light),
            sortable=False,
        ),
        TableColumn("bond__spent", _("专项债已支出"), kind="percent"),
        TableColumn("bond__due", _("按期限应支出"), kind="percent"),
        TableColumn("open_problems", _("未结问题"), kind="number", decimals=0),
    ]


@require_GET
@requires("project.view")
@shows_single_returns("重点项目清单")
def listing(request: SignedInRequest) -> HttpResponse:
    month = _month(request)
    if month is None or month.year not in keys.years():
        return render(request, "projects/empty.html", {"tab": "keys"})
    rules, known = _rules(request, month)
    level, show = request.GET.get("level", ""), request.GET.get("show", "")
    scope = scope_of(request.user)
    found = keys.lines(month, rules=rules, level=level, scope=scope)
    sums, past = against.sums(found, month), keys.before(month, level=level, scope=scope)
    picked = _picked(show, sums.starts, sums.completions)
    lights = {
        light: sum(line.light == light for line in found) for light in ("RED", "YELLOW", "GREEN", "UNKNOWN")
    }
    shown = [
        line
        for line in found
        if (picked is None or line.project in picked) and request.GET.get("light", "") in ("", line.light)
    ]
    table = PageTable(request, columns(), shown, page_size=60)
    if table.exporting:
        actions.note_taking(what=f"重点项目{month}", filters=request.GET.urlencode(), by=request.user)
        return table.response(f"重点项目{month}")
    context = {
        "tab": "keys",
        "month": month,
        "pair_words": pair_words(month),
        "months": pool.months(),
        "table": table,
        "rules": rules,
        "known": known,
        "lights": lights.items(),
        "sums": sums,
        "before": None if past is None else against.sums(past, month.plus(-12)),
        "level": level,
        "show": show,
        "light_shown": request.GET.get("light", ""),
        "levels": KeyProject.Level.choices,
    }
    return render(request, "projects/keys.html", context)


def _picked(
    show: str, starts: against.Against, completions: against.Against
) -> tuple[KeyProject, ...] | None:
    """The list behind a number: start_due, start_missing, finish_early …; None for all."""
    which, _sep, part = show.partition("_")
    against = {"start": starts, "finish": completions}.get(which)
    return (
        getattr(against, part, None)
        if against and part in ("planned", "due", "done", "early", "late", "missing")
        else None
    )


@require_GET
@requires("project.view")
@shows_single_returns("挂图作战")
def year_map(request: SignedInRequest) -> HttpResponse:
    month = _month(request)
    if month is None or month.year not in keys.years():
        return render(request, "projects/empty.html", {"tab": "map"})
    level, scope = request.GET.get("level", ""), scope_of(request.user)
    rows = milestone_map.year_map(keys.lines(month, level=level, scope=scope), month)
    past = keys.before(month, level=level, scope=scope)
    before = None if past is None else milestone_map.flags(milestone_map.year_map(past, month.plus(-12)))
    rows.sort(key=lambda row: -sum(cell.flag == "late" for cell in row.cells))
    context = {
        "tab": "map",
        "month": month,
        "pair_words": pair_words(month),
        "months": pool.months(),
        "rows": rows,
        "level": level,
        "levels": KeyProject.Level.choices,
        "columns": range(1, 13),
        "flags": [
            (flag, count, before and before[flag]) for flag, count in milestone_map.flags(rows).items()
        ],
        "compared": before is not None,
    }
    return render(request, "projects/map.html", context)


@require_GET
@requires("project.view")
def key_project(request: SignedInRequest, pk: int) -> HttpResponse:
    subject = get_object_or_404(
        KeyProject.objects.select_related("unit", "department"), pk=pk, retracted=False
    )
    require_sight(request.user, subject)
    scope = scope_of(request.user)
    actions.note_reading(subject=subject, by=request.user)
    month = _month(request) or Month(subject.year, 12)
    rules, known = _rules(request, month)
    context = {
        "tab": "keys",
        "subject": subject,
        "which": "key",
        "month": month,
        "pair_words": pair_words(month),
        "line": keys.line_of(subject, month, rules),
        "others": [(r, keys.line_of(subject, month, r)) for r in known if r.code != rules.code],
        "rules": rules,
        "bond_rules": policy.bond_rules(),
        "work": work(subject, scope),
        "milestones": subject.milestones.all(),
        "rated": ratings.history(subject.code),
        "now": str(month),
        "link": link(scope, key_project=subject),
        **forms_context(request.user, subject),
    }
    return render(request, "projects/key_project.html", context)
