"""版头版记: templates sent in, looked at, previewed, put in force by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import require, requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.bulletins import pdf
from wenpan.district.bulletins import queries as papers
from wenpan.district.bulletins.heads import actions, queries
from wenpan.district.bulletins.models import PaperTemplate
from wenpan.district.bulletins.pages.archive import DOCX, file_answer
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.documents.papers.gbt9704.template import PLACES
from wenpan.documents.screening.file_names import clean_name


@require_GET
@requires(*queries.PROPOSE, *queries.DECIDE)
def templates(request: SignedInRequest) -> HttpResponse:
    return _page(request)


def _page(request: SignedInRequest, faults: Any = (), filename: str = "") -> HttpResponse:
    context = {
        "lines": queries.lines(request.user),
        "purposes": queries.purposes(request.user),
        "places": PLACES,
        "faults": faults,
        "filename": filename,
        "pdf": papers.pdf_offered(),
    }
    return render(request, "bulletins/templates.html", context, status=409 if faults else 200)


@require_POST
@requires(*queries.PROPOSE)
def propose(request: SignedInRequest) -> HttpResponse:
    """A file with a fault is not kept as a proposal: 409 with every place and what to do about it."""
    file = request.FILES.get("file")
    name = clean_name(file.name or "") if file else ""
    if file is None or not name.lower().endswith(".docx"):
        messages.error(request, _("请选择 Word 模板（.docx）；WPS 或 .dotx 文件请另存为 .docx。"))
        return redirect("bulletins:templates")
    if (file.size or 0) > queries.LARGEST:
        messages.error(request, _("模板不能超过 2 MB，请压缩其中的图片。"))
        return redirect("bulletins:templates")
    try:
        admitted = door.admit(filename=name, data=file.read(), door="版头版记模板", by=request.user)
        actions.propose_template(purpose=request.POST.get("purpose", ""), file=admitted, by=request.user)
        messages.success(request, _("模板没有问题，待另一人启用。"))
    except actions.FaultyTemplate as faulty:
        return _page(request, faulty.faults, name)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("bulletins:templates")


def _template(pk: int) -> PaperTemplate:
    found = get_object_or_404(PaperTemplate, pk=pk)
    assert isinstance(found, PaperTemplate)
    return found


@require_GET
@requires(*queries.PROPOSE, *queries.DECIDE)
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """A sample paper as PDF where LibreOffice is installed, else as Word."""
    template = _template(pk)
    if not papers.pdf_offered():
        return file_answer(queries.sample(template), DOCX, f"{_('预览')}.docx")
    try:
        data = queries.sample_pdf(template)
    except pdf.NoPdf:
        messages.error(request, _("PDF 转换没有成功，请下载 Word 文档。"))
        return redirect("bulletins:templates")
    return HttpResponse(data, content_type="application/pdf", headers={"X-Content-Type-Options": "nosniff"})


@require_POST
@requires(*queries.DECIDE)
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    template, words = _template(pk), request.POST.get("words", "")
    require(request.user, queries.life(template.purpose).review)
    accept = {"accept": True, "refuse": False}.get(request.POST.get("deed", ""))
    if accept is None:
        raise Http404

    def act() -> None:
        actions.decide_template(template=template, accept=accept, words=words, by=request.user)

    return _done(request, act, _("已启用，下一份文稿用它。") if accept else _("已退回提出人。"))


@require_POST
@requires(*queries.DECIDE)
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    template = _template(pk)
    require(request.user, queries.life(template.purpose).review)
    said = _("已停用，下一份文稿用程序自带的版头。")
    return _done(request, lambda: actions.retire_template(template=template, by=request.user), said)


def _done(request: SignedInRequest, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, refusal.message)
    except actions.FaultyTemplate as faulty:
        return _page(request, faulty.faults)
    return redirect("bulletins:templates")
