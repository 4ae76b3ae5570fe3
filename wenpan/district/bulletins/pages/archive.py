"""Screens of documents out: the archive, making one, the preview, downloads, two editions compared."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.bulletins import pdf, queries
from wenpan.district.bulletins.forms import DraftForm, MakeForm
from wenpan.district.bulletins.heads.queries import DECIDE, PROPOSE
from wenpan.district.bulletins.models import Document
from wenpan.district.bulletins.work import BRIEFING
from wenpan.district.ground import originals
from wenpan.district.ground.jobs import actions as jobs
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.economy.time.periods import Month, parse_month

READERS = ("document.view", "desk.use")  # a unit's people: what was issued to them
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@requires(*READERS)
def documents(request: SignedInRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in Document.Kind.values else ""
    table = PageTable(request, _columns(), queries.documents(kind, request.user))
    if table.exporting:
        return table.response(_("通报目录"))
    context = {
        "table": table,
        "form": _form(request),
        "draft_form": _draft_form(request),
        "pdf": queries.pdf_offered(),
        "kind": kind,
        "kinds": Document.Kind.choices,
        "may_templates": can(request.user, *PROPOSE, *DECIDE),
    }
    return render(request, "bulletins/list.html", context)


def _columns() -> list[TableColumn]:
    return [
        TableColumn("as_of", _("月份")),
        TableColumn("kind", _("类型"), value=lambda d: d.get_kind_display()),
        TableColumn("title", _("标题")),
        TableColumn("number", _("文号")),
        TableColumn("state", _("状态"), value=lambda d: d.get_state_display()),
        TableColumn("edition", _("稿次"), kind="number", decimals=0),
        TableColumn("made_by__name", _("生成人")),
        TableColumn("made_at", _("生成时间"), kind="date"),
    ]


def _form(request: SignedInRequest) -> MakeForm | None:
    """The form for those who may make documents, where there is a month to write about."""
    return MakeForm.offered(queries.months()) if can(request.user, "document.make") else None


def _draft_form(request: SignedInRequest) -> DraftForm | None:
    if not can(request.user, "bulletin.draft"):
        return None
    today, form = timezone.localdate(), DraftForm.offered(queries.bulletin_months())
    return form and form.ask_which(Month(today.year, today.month).plus(-1))


@require_POST
@requires("document.make")
def make(request: SignedInRequest) -> HttpResponse:
    form = MakeForm(request.POST, months=queries.months())
    if not form.is_valid():
        messages.error(request, _("请选择一个已有研判的月份。"))
        return redirect("bulletins:list")
    user: User = request.user
    job = jobs.start(
        kind=BRIEFING,
        args={"as_of": str(form.month), "by": user.pk},
        key=f"{BRIEFING}:{form.month}:{form.cleaned_data['token']}",
        by=user,
    )
    return redirect("jobs:progress", job.pk)


@require_GET
@requires(*READERS)
def document(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.view(pk, request.user)
    context = {
        "document": shown,
        "pdf": queries.pdf_offered(),
        "may_open": can(request.user, "figure.origin"),
        "deeds": queries.possible_deeds(pk, request.user),
        "reasons_changed": queries.reasons_changed(pk),
        "inside": can(request.user, "document.view"),
        "may_return": queries.may_return(pk, request.user),
    }
    return render(request, "bulletins/document.html", context)


@require_GET
@requires(*READERS)
def docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The archived bytes, as they were made."""
    kept = queries.document(pk, request.user)
    return file_answer(originals.get(kept.sha256), DOCX, f"{_filename(kept)}.docx")


@require_GET
@requires(*READERS)
def pdf_page(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = queries.document(pk, request.user)
    if not queries.pdf_offered():
        raise Http404
    try:
        data = pdf.convert(originals.get(kept.sha256))
    except pdf.NoPdf:
        messages.error(request, _("PDF 转换没有成功，请下载 Word 文档。"))
        return redirect("bulletins:document", pk)
    return file_answer(data, "application/pdf", f"{_filename(kept)}.pdf")


@require_GET
@requires("document.view")
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    data = queries.picture(pk, number)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


@require_GET
@requires("document.view")
def compare(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    new, old = queries.document(pk), queries.document(other)
    table = PageTable(request, _difference_columns(), queries.compare(old, new), page_size=200)
    if table.exporting:
        return table.response(_("两稿数字对比"))
    context = {
        "table": table,
        "new": new,
        "old": old,
        "may_open": can(request.user, "figure.origin"),
        "moved": queries.moved(old, new),
        "may_follow": can(request.user, "matter.view"),
    }
    return render(request, "bulletins/compare.html", context)


def _difference_columns() -> list[TableColumn]:
    return [
        TableColumn("label", _("数字")),
        TableColumn("period", _("期间")),
        TableColumn("old", _("旧稿"), sortable=False),
        TableColumn("new", _("新稿"), sortable=False),
        TableColumn("kind", _("变化")),
    ]


@require_GET
@requires("document.make")
def refused(request: SignedInRequest, as_of: str) -> HttpResponse:
    """Why the month cannot be written about now, and what to do about each reason."""
    month = _month(as_of)
    problems = queries.reasons_against(month)
    context = {"month": month, "problems": problems, "form": _form(request), "bulletin": False}
    return render(request, "bulletins/refused.html", context)


def _month(text: str) -> Month:
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404 from error


def _filename(kept: Document) -> str:
    return _("%(title)s（第%(n)s稿）") % {"title": kept.title, "n": kept.edition}


def file_answer(data: bytes, kind: str, name: str) -> HttpResponse:
    """A download under a Chinese name."""
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f"attachment; filename=\"document\"; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )
