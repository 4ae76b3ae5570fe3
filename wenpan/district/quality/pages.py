"""数据质量: the month's returns checked by rules, and query letters from issue to close."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.projects.actions import note_reading, note_taking
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.models import Project
from wenpan.district.quality import actions, queries, rules
from wenpan.district.quality.asked import finding
from wenpan.district.quality.check_rows import check_rows
from wenpan.district.quality.checks import checks
from wenpan.district.quality.models import QueryLetter
from wenpan.district.quality.outlying import outlying, outlying_rows, twice_words
from wenpan.district.quality.source_panel import OtherSources, other_sources
from wenpan.district.quality.sources import source_checks
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules.query_letters import answer_days, stop_share
from wenpan.rules.working_days import calendar


def state_words() -> dict[str, str]:
    return {
        rules.OPEN: _("待答复"),
        rules.LATE: _("逾期未答复"),
        rules.ANSWERED: _("已答复待办结"),
        rules.CLOSED: _("已办结"),
    }


@require_GET
@requires("quality.view")
@shows_single_returns("项目月报审核")
def returns_checked(request: SignedInRequest) -> HttpResponse:
    month = queries.shown_month(request.GET.get("month", ""))
    if month is None:
        return render(request, "quality/checks.html", {"tab": "checks", "month": None})
    found = checks(month, scope_of(request.user))
    columns = [
        TableColumn("project_name", _("项目")),
        TableColumn("unit", _("填报单位")),
        TableColumn("severity", _("级别")),
        TableColumn("sentence", _("规则")),
        TableColumn("evidence", _("报表所报（万元）")),
        TableColumn("suspects", _("可疑栏")),
        TableColumn("share", _("影响全区本年投资"), kind="percent", decimals=1),
        TableColumn("letter", _("核实单"), value=lambda row: _("未办结") if row.letter else row.accepted),
    ]
    table = PageTable(request, columns, check_rows(found))
    what = f"项目月报审核{month}"
    if table.exporting:
        note_taking(what=what, filters=request.GET.urlencode(), by=request.user)
        return table.response(what)
    context = {
        "tab": "checks", "month": month, "months": queries.months(), "found": found, "table": table,
        "records": {record.rule: record for record in queries.rule_records()},
        "stop": f"{100 * stop_share():g}%",
    }  # fmt: skip
    return render(request, "quality/checks.html", context)


@require_POST
@requires("quality.query")
def accept(request: SignedInRequest) -> HttpResponse:
    """A soft finding taken as explained."""
    subject = get_object_or_404(Project, pk=_number(request.POST.get("project", "")), retracted=False)
    month = _month(request.POST.get("month", ""))
    do(
        request,
        lambda: actions.accept_finding(
            project=subject, month=month, rule=request.POST.get("rule", ""),
            reason=request.POST.get("reason", ""), by=request.user,
        ),
        _("已认可，理由已记录。"),
    )  # fmt: skip
    return redirect(f"{reverse('quality:checks')}?month={month}")


@require_GET
@requires("quality.view")
@shows_single_returns("报表异常值")
def outliers(request: SignedInRequest) -> HttpResponse:
    """Totals out of line with what was reported before and after."""
    newest = queries.shown_month("")
    if newest is None:
        return render(request, "quality/outliers.html", {"tab": "outliers", "month": None})
    found = outlying(newest, scope_of(request.user))
    columns = [
        TableColumn("period", _("报告期"), value=lambda row: row.one.period, sortable=False),
        TableColumn("project__name", _("项目")),
        TableColumn("unit", _("填报单位")),
        TableColumn("word", _("所报")),
        TableColumn("one__before", _("上月所报（万元）"), kind="number", decimals=2),
        TableColumn("one__value", _("本月所报（万元）"), kind="number", decimals=2),
        TableColumn("one__after", _("下月所报（万元）"), kind="number", decimals=2),
    ]
    table = PageTable(request, columns, outlying_rows(found, queries.open_letters()))
    what = _("报表异常值")
    if table.exporting:
        note_taking(what=what, filters=request.GET.urlencode(), by=request.user)
        return table.response(what)
    context = {
        "tab": "outliers", "month": newest, "found": found, "table": table, "twice": twice_words(found),
    }  # fmt: skip
    return render(request, "quality/outliers.html", context)


@require_GET
@requires("quality.view")
def sources(request: SignedInRequest) -> HttpResponse:
    """The district's published growths beside each other."""
    return render(request, "quality/sources.html", {"tab": "sources", "found": source_checks()})


@require_GET
@requires("quality.view", "quality.answer")
def letters(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    state = request.GET.get("state", "")
    state = state if state in queries.SHOWN else ""
    words = state_words()
    columns = [
        TableColumn("sequence", _("编号"), value=lambda row: row.number),
        TableColumn("unit__short_name", _("填报单位")),
        TableColumn("project__name", _("项目")),
        TableColumn("period", _("报告期")),
        TableColumn("question", _("请核实")),
        TableColumn("due", _("答复期限"), kind="date"),
        TableColumn(
            "state",
            _("状态"),
            value=lambda row: words[queries.state_of(row, today)],
            sortable=False,
            searched=False,
        ),
    ]
    table = PageTable(request, columns, queries.letters(request.user, today, state), sort="due")
    if table.exporting:
        return table.response("核实单")
    counts = queries.counts(request.user, today)
    context = {
        "tab": "letters", "table": table, "state": state, "today": today,
        "counts": [(code, words[code], counts[code]) for code in queries.SHOWN],
        "rows": [(row, s, words[s]) for row in table.page for s in (queries.state_of(row, today),)],
    }  # fmt: skip
    return render(request, "quality/letters.html", context)


@require_GET
@requires("quality.query")
def new_letter(request: SignedInRequest, project: int, rule: str) -> HttpResponse:
    subject = get_object_or_404(Project, pk=project, retracted=False)
    require_sight(request.user, subject)
    month = _month(request.GET.get("month", ""))
    failed = finding(project, month, rule, queries.shown_month(""))
    if failed is None:
        raise Http404
    note_reading(subject=subject, by=request.user)
    today = timezone.localdate()
    suspects = _("可疑栏：%(sets)s。") % {"sets": _("；或").join(failed.suspects)} if failed.suspects else ""
    context = {
        "tab": "letters", "subject": subject, "month": month, "failed": failed, "today": today,
        "due": calendar().working_days_after(today, answer_days(today)),
        "question": _("%(sentence)s，所报数据不符，请核实。") % {"sentence": failed.sentence} + suspects,
        "other_sources": _other_sources(request, str(month)),
    }  # fmt: skip
    return render(request, "quality/new_letter.html", context)


@require_POST
@requires("quality.query")
def issue(request: SignedInRequest) -> HttpResponse:
    subject = get_object_or_404(Project, pk=_number(request.POST.get("project", "")), retracted=False)
    month, rule = _month(request.POST.get("month", "")), request.POST.get("rule", "")
    try:
        letter = actions.issue_letter(
            project=subject, month=month, rule=rule, question=request.POST.get("question", ""),
            due=typed_day(request.POST.get("due", "")), by=request.user,
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("quality:checks")
    messages.success(request, _("已发出%(number)s。") % {"number": letter.number})
    return redirect("quality:letter", pk=letter.pk)


@require_GET
@requires("quality.view", "quality.answer")
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _letter(request, pk)
    note_reading(subject=found.project, by=request.user)
    today = timezone.localdate()
    state = queries.state_of(found, today)
    context = {
        "tab": "letters", "letter": found, "state": state, "state_word": state_words()[state],
        "anew": queries.newer_return(found),
        "may_answer": request.user.may("quality.answer") and not found.answered_at and not found.closed_at,
        "may_close": request.user.may("quality.query") and state == rules.ANSWERED,
        "answer_kinds": QueryLetter.AnswerKind.choices, "outcomes": QueryLetter.Outcome.choices,
        "other_sources": _other_sources(request, found.period),
    }  # fmt: skip
    return render(request, "quality/letter.html", context)


@require_POST
@requires("quality.answer")
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _letter(request, pk)
    return _done(
        request,
        pk,
        lambda: actions.answer_letter(
            letter=found,
            kind=request.POST.get("kind", ""),
            text=request.POST.get("text", ""),
            by=request.user,
        ),
        _("已答复。"),
    )


@require_POST
@requires("quality.query")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _letter(request, pk)
    return _done(
        request,
        pk,
        lambda: actions.close_letter(
            letter=found, outcome=request.POST.get("outcome", ""), reason=request.POST.get("reason", ""),
            by=request.user,
        ),
        _("已办结。"),
    )  # fmt: skip


def _other_sources(request: SignedInRequest, period: str) -> OtherSources | None:
    """What the district's published growths of the month say of each other; for who sees all of them."""
    return other_sources(period) if request.user.may("quality.view") else None


def _letter(request: SignedInRequest, pk: int) -> QueryLetter:
    found = get_object_or_404(QueryLetter.objects.select_related("unit", "project", "issued_by"), pk=pk)
    queries.require_own(request.user, found)
    return found


def _done(request: SignedInRequest, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    do(request, act, said)
    return redirect("quality:letter", pk=pk)


def _month(text: str) -> Month:
    try:
        return parse_month(text)
    except ValueError:
        raise Http404 from None


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise Http404
    return int(text)
