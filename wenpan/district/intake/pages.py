"""Screens of the intake: the list with its drop area, one submission, what a file leaves open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions, forms, queries
from wenpan.district.intake.checking import start_check
from wenpan.district.intake.models import Submission
from wenpan.district.intake.sight import seen_by, visible
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn

State = Submission.State
KEPT = 4  # times the limit: what is larger is not even kept


@require_GET
@requires("intake.view")
def listing(request: SignedInRequest) -> HttpResponse:
    filters = {key: asked.words(request.GET, key) for key in ("state", "kind", "q")}
    table = PageTable(request, _columns(), queries.listing(request.user, **filters), page_size=20)
    if table.exporting:
        return table.response(_("收表记录"))
    return render(
        request,
        "intake/list.html",
        {
            "table": table,
            "page": table.page,
            "filters": filters,
            "filtered": any(filters.values()),
            "kinds": queries.kind_names(),
            "states": State.choices,
            "tones": queries.TONES,
            "limit": settings.UPLOAD_LIMIT_MB,
            "samples": len(queries.samples()),
        },
    )


def _columns() -> list[TableColumn]:
    kinds = queries.kind_names()

    def number(key: str, label: str) -> TableColumn:
        return TableColumn(
            f"counts__{key}", label, kind="number", decimals=0, value=lambda row: row.counts.get(key)
        )

    def on(key: str, label: str) -> TableColumn:
        return TableColumn(key, label, kind="date", value=lambda row: _day(getattr(row, key)))

    return [
        TableColumn("filename", _("文件")),
        TableColumn("kind", _("表种"), value=lambda row: kinds.get(row.kind, "")),
        TableColumn("period", _("期间"), searched=False),
        TableColumn("state", _("状态"), value=lambda row: row.get_state_display()),
        number("figures", _("数")),
        number("new", _("新")),
        number("revised", _("修订")),
        number("hard", _("须改的问题")),
        number("soft", _("须说明的问题")),
        TableColumn("uploaded_by__name", _("上传人"), searched=False),
        on("uploaded_at", _("上传")),
        TableColumn("decided_by__name", _("处理人"), searched=False),
        on("decided_at", _("处理")),
    ]


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


@require_POST
@requires("intake.upload")
def upload(request: SignedInRequest) -> HttpResponse:
    """One file goes on to its own page, several to the list; what is too large to keep is told so."""
    files = request.FILES.getlist("file")
    if not files:
        messages.error(request, _("请先选择文件。"))
        return redirect("intake:list")
    if huge := [f for f in files if (f.size or 0) > KEPT * settings.UPLOAD_LIMIT_MB * 1024**2]:
        shown = {"file": huge[0], "limit": settings.UPLOAD_LIMIT_MB, "back": ""}
        return render(request, "intake/too_large.html", shown, status=413)
    answers = [_submit(request, file) for file in files]
    return answers[0] if len(answers) == 1 else redirect("intake:list")


def _submit(request: SignedInRequest, file: Any) -> HttpResponse:
    try:
        submission = actions.submit(data=file.read(), filename=file.name, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("intake:list")
    if not visible(request.user).filter(pk=submission.pk).exists():
        messages.info(request, _("这个文件已由别人上传，正在处理或已经入账，不必再传。"))
        return redirect("intake:list")
    if submission.state == State.ACCEPTED:
        messages.info(request, _("这个文件已经入账，不必再收一次。下面是当时的记录。"))
    elif submission.state in (State.READY, State.UNKNOWN):
        messages.info(request, _("这个文件已经上传过，正等着处理。"))
    elif submission.state == State.CHECKING:
        return _start_check(request, submission)
    return redirect("intake:submission", pk=submission.pk)


def _start_check(request: SignedInRequest, submission: Submission) -> HttpResponse:
    page = reverse("intake:submission", args=[submission.pk])
    return start_check(submission, by=request.user, page=page)


@require_GET
@requires("intake.view")
@shows_single_returns("报表", when=queries.holds_single_returns)
def submission(request: SignedInRequest, pk: int) -> HttpResponse:
    seen_by(request.user, pk)
    page = _submission_page(request, pk)
    return render(request, "intake/submission.html", {"page": page, "differences": ()})


def _submission_page(request: HttpRequest, pk: int) -> queries.SubmissionPage:
    number = asked.integer(request.GET, "rows", least=1, default=1)
    show = request.GET.get("show", "all")
    return queries.submission_page(pk, show=show, page=number or 1)


@require_POST
@requires("intake.upload")
def recheck(request: SignedInRequest, pk: int) -> HttpResponse:
    return _start_check(request, seen_by(request.user, pk))


@require_POST
@requires("intake.upload")
def period(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = seen_by(request.user, pk)
    form = forms.PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("period", []))))
        return redirect("intake:submission", pk=pk)
    try:
        actions.set_period(submission=submission, period=form.cleaned_data["period"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("intake:submission", pk=pk)
    return _start_check(request, submission)


@require_POST
@requires("intake.accept")
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = seen_by(request.user, pk)
    form = forms.AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("发布日期应写作 2022-10-18。"))
        return redirect("intake:submission", pk=pk)
    if form.cleaned_data["version"] != submission.version:
        messages.error(request, _("这份文件刚被更新，请看过之后再确认。"))
        return redirect("intake:submission", pk=pk)
    try:
        if reasons := form.reasons():
            actions.explain(submission=submission, reasons=reasons, by=request.user)
        actions.accept(submission=submission, by=request.user, released=form.released_on,
                       source=form.cleaned_data["source"])  # fmt: skip
    except Refused as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, _("已入账。"))
    return redirect("intake:submission", pk=pk)


def _refused(request: HttpRequest, pk: int, refusal: Refused) -> HttpResponse:
    """With both sides of a clash the page is shown at once (409); a plain sentence goes with a redirect."""
    messages.error(request, refusal.message)
    if not refusal.differences:
        return redirect("intake:submission", pk=pk)
    page = queries.submission_page(pk)
    shown = {"page": page, "differences": refusal.differences[:200]}
    return render(request, "intake/submission.html", shown, status=409)


@require_POST
@requires("intake.upload")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = seen_by(request.user, pk)
    try:
        actions.withdraw(submission=submission, by=request.user)
        messages.success(request, _("已作废。原件和核对意见仍然留存。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:submission", pk=pk)


@require_POST
@requires("intake.accept")
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A unit's own return goes back to the unit."""
    submission = seen_by(request.user, pk)
    try:
        actions.send_back(submission=submission, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("已退回，并提醒了交表的人。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:submission", pk=pk)


@require_POST
@requires("intake.undo")
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = seen_by(request.user, pk)
    try:
        actions.undo(submission=submission, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, _("已撤回。原来的数重新有效。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:submission", pk=pk)
