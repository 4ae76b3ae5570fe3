"""Screens of the bulletin: drafting, why not, wording, review, issue, and the matters behind a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.bulletins import actions, queries
from wenpan.district.bulletins.forms import DraftForm, WordsForm
from wenpan.district.bulletins.lives import ISSUE, REVIEW, life_of
from wenpan.district.bulletins.models import Document
from wenpan.district.bulletins.work import BULLETIN
from wenpan.district.ground.jobs import actions as jobs
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.doing import do
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.documents.papers.facts import Inconsistent
from wenpan.economy.time.periods import Month, parse_month


def _month(text: str) -> Month:
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404 from error


def _bulletin(pk: int) -> Document:
    kept = queries.document(pk)
    if kept.kind != Document.Kind.BULLETIN:
        raise Http404
    return kept


@require_POST
@requires("bulletin.draft")
def draft(request: SignedInRequest) -> HttpResponse:
    form = DraftForm(request.POST, months=queries.bulletin_months())
    if not form.is_valid():
        messages.error(request, _("请选择一个已经过完、还没有签发通报的月份。"))
        return redirect("bulletins:list")
    user: User = request.user
    job = jobs.start(
        kind=BULLETIN,
        args={"month": str(form.month), "by": user.pk},
        key=f"{BULLETIN}:{form.month}:{form.cleaned_data['token']}",
        by=user,
    )
    return redirect("jobs:progress", job.pk)


@require_GET
@requires("bulletin.draft")
def not_drafted(request: HttpRequest, month: str) -> HttpResponse:
    """Why the month cannot be reported now, and what to do about each reason."""
    asked = _month(month)
    problems = queries.bulletin_refusal(asked)
    form = DraftForm.offered(queries.bulletin_months(), asked)
    context = {"month": asked, "problems": problems, "form": form, "bulletin": True}
    return render(request, "bulletins/refused.html", context)


@require_GET
@requires("document.view")
def behind(request: SignedInRequest, pk: int) -> HttpResponse:
    """The frozen rows that a printed number counts."""
    kept = _bulletin(pk)
    found = queries.behind(kept, request.GET.get("key", ""))
    if found is None:
        raise Http404
    table = PageTable(request, _columns(replies=found.replies), found.rows, page_size=100)
    if table.exporting:
        return table.response(found.label)
    context = {
        "document": kept,
        "behind": found,
        "table": table,
        "may_open": can(request.user, "matter.view"),
    }
    return render(request, "bulletins/behind.html", context)


def _columns(*, replies: bool) -> list[TableColumn]:
    return [
        TableColumn("number", _("编号")),
        TableColumn("title", _("督办事项")),
        TableColumn("unit", _("单位")),
        TableColumn("due", _("日期") if replies else _("时限"), kind="date"),
        TableColumn("state", _("情况") if replies else _("状态")),
        TableColumn("light", _("灯"), kind="light"),
    ]


@require_http_methods(["GET", "POST"])
@requires("bulletin.draft")
def words(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sentences that people may word; a new edition when they are kept."""
    kept = _bulletin(pk)
    lead_in, demands = queries.wording(kept)
    form = WordsForm(request.POST or None, initial={"lead_in": lead_in, "demands": "\n".join(demands)})
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.reword(document=kept, by=request.user, **form.told)
            messages.success(request, _("文字已改，成为第%(n)s稿；数字没有变。") % {"n": made.edition})
            return redirect("bulletins:document", made.pk)
        except Inconsistent as refusal:
            problems = refusal.problems
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("bulletins:document", pk)
    return render(request, "bulletins/words.html", {"document": kept, "form": form, "problems": problems})


def _done(request: HttpRequest, pk: int, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        do(request, act, said)
    except Inconsistent as refusal:
        messages.error(request, refusal.message)
    return redirect("bulletins:document", pk)


@require_POST
@requires(*REVIEW)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    kept, said = queries.document(pk), request.POST.get("words", "")
    require(request.user, life_of(kept).review)
    return _done(
        request, pk, lambda: actions.review(document=kept, by=request.user, words=said), _("已审核，待签发。")
    )


@require_POST
@requires(*REVIEW, *ISSUE)
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    kept, said = queries.document(pk), request.POST.get("words", "")
    require(request.user, life_of(kept).review, life_of(kept).issue)
    return _done(
        request, pk, lambda: actions.send_back(document=kept, by=request.user, words=said), _("已退回修改。")
    )


@require_POST
@requires(*ISSUE)
def issue(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = queries.document(pk)
    require(request.user, life_of(kept).issue)
    return _done(
        request,
        pk,
        lambda: actions.issue(document=kept, by=request.user),
        _("已签发，数字、文号和文件已固定。"),
    )


@require_POST
@requires("document.view")
def verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """按原样重新生成并核对."""
    kept = queries.document(pk)
    if not kept.given.get("dated"):
        raise Http404  # of before papers were kept with their day
    if actions.verify(document=kept, by=request.user):
        messages.success(request, _("按原样重新生成，与存档完全一致。"))
    else:
        messages.error(
            request, _("重新生成的文件与存档不一致，以存档为准；排版程序可能已升级，请告诉管理员。")
        )
    return redirect("bulletins:document", pk)
