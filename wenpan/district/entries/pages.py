"""纳统: progress beside last year, the calendar of batches, the list, one unit. Facts with their day; no page
says what a unit lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.entries import actions, queries, rules
from wenpan.district.entries.models import EntryCandidate, EntryStep, batch_words
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import telling
from wenpan.district.ui.exports import exported
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.figures.entries import entry_rules

WORDS = dict(EntryStep.Kind.choices)


@require_GET
@requires("entry.view", "entry.count")
def progress(request: SignedInRequest) -> HttpResponse:
    """Counts only: how many took which step this year and by the same day last year."""
    on = asked.day(request.GET, "on") or timezone.localdate()
    counts = queries.counts(on)
    lines = [(WORDS[one.kind], one) for one in counts]
    rows = [(str(word), one.now, one.before) for word, one in lines]
    head = [_("步骤"), f"{on.year}", f"{on.year - 1}"]
    if answer := exported(request.GET.get("export", ""), _("纳统进度"), head, rows):
        return answer
    context = {
        "tab": "progress",
        "on": on,
        "last": rules.same_day_last_year(on),
        "lines": lines,
        "reasons": [(WORDS[kind], reason, n) for kind, reason, n in queries.reasons(on)],
    }
    return render(request, "entries/progress.html", context)


@require_GET
@requires("entry.view", "entry.count")
def calendar(request: SignedInRequest) -> HttpResponse:
    on = timezone.localdate()
    chosen, batches, coming = queries.calendar_of(on, asked.choice(request.GET, "set", _sets()))
    head = [_("批次"), _("年度或月度"), _("材料截止"), _("答复")]
    rows = [(b.code[:7], _kinds()[b.kind], b.due, b.answer) for b in batches]
    if answer := exported(request.GET.get("export", ""), _("纳统批次日历"), head, rows):
        return answer
    context = {
        "tab": "batches",
        "chosen": chosen,
        "coming": coming,
        "coming_words": batch_words(coming.code) if coming else "",
        "on": on,
        "sets": entry_rules().sets,
        "lines": [(batch, _kinds()[batch.kind]) for batch in batches],
        "papers": [(word, entry_rules().papers_of(code)) for code, word in entry_rules().trades.items()],
    }
    return render(request, "entries/batches.html", context)


def _sets() -> set[str]:
    return {one.code for one in entry_rules().sets}


def _kinds() -> dict[str, str]:
    return {"monthly": _("月度批次"), "yearly": _("年度批次")}


@require_GET
@requires("entry.view")
@shows_single_returns("纳统名单")
def listing(request: SignedInRequest) -> HttpResponse:
    trades = entry_rules().trades
    stage = asked.choice(request.GET, "stage", set(EntryStep.Kind.values))
    trade = asked.choice(request.GET, "trade", set(trades))
    columns = [
        TableColumn("name", _("单位名称")),
        TableColumn("uscc", _("统一社会信用代码")),
        TableColumn("trade", _("行业"), value=lambda row: trades.get(row.trade, row.trade)),
        TableColumn("town__short_name", _("所在镇街")),
        TableColumn("origin", _("来源部门")),
        TableColumn("listed_on", _("列入日期"), kind="date"),
        TableColumn("stage", _("进度"), value=lambda row: WORDS[row.stage]),
        TableColumn("stage_on", _("进度日期"), kind="date"),
    ]
    table = PageTable(request, columns, queries.candidates(stage, trade), sort="-stage_on")
    if table.exporting:
        return table.response(_("准四上单位名单"))
    context = {
        "tab": "list",
        "table": table,
        "stage": stage,
        "trade": trade,
        "stages": WORDS.items(),
        "trades": trades,
        "rows": [(row, trades.get(row.trade, row.trade), WORDS[row.stage]) for row in table.page],
        "towns": Unit.objects.filter(kind__in=["town", "park"]).order_by("order"),
        "today": timezone.localdate(),
    }
    return render(request, "entries/list.html", context)


@require_GET
@requires("entry.view")
@shows_single_returns("纳统单位")
def candidate(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(EntryCandidate.objects.select_related("town", "submission"), pk=pk)
    _set, batches, coming = queries.calendar_of(timezone.localdate())
    context = {
        "tab": "list",
        "page": queries.entry_page(found),
        "one": found,
        "today": timezone.localdate(),
        "trade": entry_rules().trades.get(found.trade, found.trade),
        "stage": WORDS[found.stage],
        "next": [(kind, WORDS[kind]) for kind in EntryStep.Kind.values if kind in rules.NEXT[found.stage]],
        "batches": [(batch.code, batch_words(batch.code)) for batch in batches],
        "coming": coming,
        "coming_words": batch_words(coming.code) if coming else "",
    }
    return render(request, "entries/candidate.html", context)


@require_POST
@requires("entry.edit")
def add(request: SignedInRequest) -> HttpResponse:
    post = request.POST

    def act() -> EntryCandidate:
        town = Unit.objects.filter(code=post.get("town", "")).first()
        draft = actions.CandidateDraft(
            post.get("uscc", ""),
            post.get("name", ""),
            post.get("trade", ""),
            town,
            post.get("origin", ""),
            typed_day(post.get("listed_on", "")),
        )
        return actions.list_candidate(draft=draft, by=request.user)

    made = _done(request, act, _("已列入名单。"))
    return (
        redirect("entries:candidate", made.pk)
        if isinstance(made, EntryCandidate)
        else redirect("entries:list")
    )


@require_POST
@requires("entry.edit")
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = get_object_or_404(EntryCandidate, pk=pk), request.POST
    _done(
        request,
        lambda: actions.take_step(
            candidate=found,
            kind=post.get("kind", ""),
            on=_day(post.get("on", "")),
            batch=post.get("batch", ""),
            by_whom=post.get("by_whom", ""),
            reason=post.get("reason", ""),
            by=request.user,
        ),
        _("已登记。"),
    )
    return redirect("entries:candidate", pk)


@require_POST
@requires("entry.edit")
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(EntryCandidate, pk=pk)
    _done(request, lambda: actions.cancel_step(candidate=found, by=request.user), _("已取消这一步。"))
    return redirect("entries:candidate", pk)


@require_POST
@requires("entry.edit")
def fact(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = get_object_or_404(EntryCandidate, pk=pk), request.POST
    _done(
        request,
        lambda: actions.note_fact(
            candidate=found,
            what=post.get("what", ""),
            told=post.get("told", ""),
            source=post.get("source", ""),
            on=_day(post.get("on", "")),
            by=request.user,
        ),
        _("已登记。"),
    )
    return redirect("entries:candidate", pk)


@require_POST
@requires("entry.edit")
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    found, post = get_object_or_404(EntryCandidate, pk=pk), request.POST
    _done(
        request,
        lambda: actions.note_paper(
            candidate=found, code=post.get("code", ""), got_on=_day(post.get("got_on", "")), by=request.user
        ),
        _("已登记。"),
    )
    return redirect("entries:candidate", pk)


def _day(text: str) -> date:
    return typed_day(text)


def _done(request: SignedInRequest, act: Callable[[], object], said: str) -> object | None:
    made = None
    with telling(request):
        made = act()
        messages.success(request, said)
    return made
