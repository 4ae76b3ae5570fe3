"""来源文件: the list with its upload, one paper with its proposals, its original and its task table."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.jobs.actions import start
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.supervision.lights import pages as lighting
from wenpan.district.supervision.log import labels, policy
from wenpan.district.supervision.models import Source
from wenpan.district.supervision.sources import model_endpoint, queries, reading_findings
from wenpan.district.supervision.sources.actions import proposing
from wenpan.district.supervision.sources.pages import deciding, instructions
from wenpan.district.supervision.sources.pages.parts import list_context
from wenpan.district.supervision.sources.pages.source_forms import SourceForm
from wenpan.district.ui.exports import xlsx_response
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.documents.screening.file_names import clean_name
from wenpan.documents.spreadsheets.unreadable import Unreadable

SUFFIXES = (".docx", ".pdf", ".txt", ".xlsx", ".xlsm", ".xls", ".csv")
STATES = (("open", _("待确认")), ("decided", _("已定，待确认完毕")), ("settled", _("确认完毕")))


def columns() -> list[TableColumn]:
    return [
        TableColumn("title", _("标题")),
        TableColumn("kind", _("类型"), value=lambda s: s.get_kind_display()),
        TableColumn("number", _("文号")),
        TableColumn("issuer", _("发文单位（讲话人）")),
        TableColumn("dated", _("成文日期"), kind="date"),
        TableColumn("found", _("建议"), kind="number", decimals=0),
        TableColumn("left", _("待确认"), kind="number", decimals=0),
        TableColumn("confirmed", _("已拟办"), kind="number", decimals=0),
        TableColumn("joined", _("已并入"), kind="number", decimals=0),
        TableColumn("dropped", _("不立事项"), kind="number", decimals=0),
        TableColumn("settled_at", _("确认完毕"), kind="date"),
    ]


@require_GET
@requires("matter.draft")
def sources(request: HttpRequest) -> HttpResponse:
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    table = PageTable(request, columns(), queries.filtered(kind, state), sort="-dated")
    if table.exporting:
        return table.response(_("来源文件"))
    context = {
        "table": table,
        "kind": kind,
        "state": state,
        "kinds": Source.Kind.choices,
        "states": STATES,
        "limit": settings.UPLOAD_LIMIT_MB,
        "accept": ",".join(SUFFIXES + office.suffixes() + scans.suffixes()),
        "lights": queries.from_lights().filter(state="open").count(),
        "filtered": bool(kind or state or table.q),
    }
    return render(request, "supervision/sources.html", context)


@require_POST
@requires("matter.draft")
def upload(request: SignedInRequest) -> HttpResponse:
    """The original is kept first; reading it is long work that ends at its page, or at a refusal."""
    file = request.FILES.get("file")
    form = SourceForm(request.POST, required=False)
    if file is None or not form.is_valid():
        messages.error(request, _("请先选择文件；成文日期应写作 2022-10-14。"))
        return redirect("supervision:sources")
    name = clean_name(file.name or "")
    if not name.lower().endswith(SUFFIXES + office.OLD_SUFFIXES + scans.suffixes()):
        return _refuse(request, reading_findings.wrong_suffix(name), 415)
    if (file.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        return _refuse(request, reading_findings.too_large(name, file.size or 0), 413)
    try:
        admitted = door.admit(filename=name, data=file.read(), door="来源文件", by=request.user)
        door.screen("来源文件", request.user)(scans.head_lines(admitted.data))
    except Refused as refusal:
        return _refuse(request, reading_findings.not_admitted(refusal), 422)
    sha256 = door.keep(admitted)
    known = Source.objects.filter(sha256=sha256).first()
    if known is not None:
        messages.info(request, _("这个文件已经登记过，下面就是。"))
        return redirect("supervision:source", pk=known.pk)
    token = secrets.token_hex(8)
    job = start(
        kind="supervision.read",
        args={"sha256": sha256, "filename": name, "given": form.given_json(), "by": request.user.pk,
              "token": token},
        key=f"supervision.read:{token}",
        by=request.user,
        heavy=door.is_heavy(sha256),
    )  # fmt: skip
    return _follow(job)


def _refuse(request: HttpRequest, found: reading_findings.Finding, status: int) -> HttpResponse:
    return render(request, "supervision/source_refused.html", {"refusal": found}, status=status)


def _follow(job: Job) -> HttpResponse:
    job.refresh_from_db()
    if job.state == Job.State.DONE and job.next_url:
        return redirect(job.next_url)
    return redirect("jobs:progress", pk=job.pk)


@require_GET
@requires("matter.draft")
def refused(request: HttpRequest, token: str) -> HttpResponse:
    """Why the paper could not be read; only for the person who sent it."""
    job = get_object_or_404(Job, key=f"supervision.read:{token}", created_by=request.user)
    found = (job.result or {}).get("refusal")
    if not found:
        raise Http404
    return _refuse(request, found, 200)


@require_GET
@requires("matter.view", "matter.draft")
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """The original on one side, what was proposed on the other; who may not draft only reads."""
    paper = get_object_or_404(Source.objects.select_related("created_by", "settled_by"), pk=pk)
    context = list_context(request, paper)
    context |= {
        "paragraphs": queries.pieces(paper, context["on_page"]),
        "form": SourceForm.of(paper),
        "date_unknown": any(f.get("code") == "date_unknown" for f in paper.findings),
        "model": model_endpoint.configured(),
        "types": policy.types().values(),
    }
    return render(request, "supervision/source.html", context)


@require_POST
@requires("matter.draft")
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Source, pk=pk)
    form = SourceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写类型、标题和成文日期；日期应写作 2022-10-14。"))
        return redirect("supervision:source", pk=pk)
    try:
        moved = proposing.amend_source(source=paper, given=form.given(), by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("supervision:source", pk=pk)
    messages.success(request, _("已保存来源信息。"))
    if not moved or not paper.sha256:
        return redirect("supervision:source", pk=pk)
    return _work(request, "supervision.again", pk)


@require_POST
@requires("matter.draft")
def ask_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Only where a place has configured an endpoint."""
    get_object_or_404(Source, pk=pk)
    if not model_endpoint.configured():
        raise Http404
    return _work(request, "supervision.model", pk)


def _work(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    key = f"{kind}:{pk}:{secrets.token_hex(4)}"
    args: dict[str, Any] = {"source": pk, "by": request.user.pk}
    return _follow(start(kind=kind, args=args, key=key, by=request.user))


@require_GET
@requires("matter.view", "matter.draft")
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, never shown in place."""
    import io

    paper = get_object_or_404(Source, pk=pk)
    if not paper.sha256:
        raise Http404
    answer = FileResponse(
        io.BytesIO(originals.get(paper.sha256)),
        as_attachment=True,
        filename=paper.filename,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@requires("matter.view", "matter.draft")
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The strip of a scan that paragraph `number` (from 0) was recognised in; 404 of any other paper."""
    paper = get_object_or_404(Source, pk=pk)
    place = paper.places[number] if number < len(paper.places) else ""
    try:
        cut = scans.strip(originals.get(paper.sha256), place) if paper.sha256 and paper.scanned else b""
    except (OSError, originals.DamagedError, Unreadable):
        cut = b""
    if not cut:
        raise Http404
    return HttpResponse(cut, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


@require_GET
@requires("matter.view", "matter.draft")
def task_table(request: HttpRequest, pk: int) -> HttpResponse:
    """任务分解表 as a workbook: what was confirmed, nothing else."""
    paper = get_object_or_404(Source, pk=pk)
    heads = (
        _("序号"), _("编号"), _("督办事项"), _("牵头单位"), _("配合单位"), _("完成时限"), _("时限表述"),
        _("类型"), _("重要事项"), _("牵头领导"), _("状态"), _("原文依据"), _("出处"),
    )  # fmt: skip
    rows = [
        (r["order"], r["number"], r["title"], r["lead"], r["coops"],
         labels.every(r["recurrence"]) if r["recurrence"] else r["due"], r["due_words"],
         labels.kind_name(r["kind"]), _("是") if r["important"] else "", r["leader"], r["state"],
         r["evidence"], r["place"])
        for r in queries.task_table(paper)
    ]  # fmt: skip
    return xlsx_response(f"任务分解表-{paper.title[:40]}", heads, rows)


routes: list[URLPattern] = [
    path("sources/", sources, name="sources"),
    path("sources/upload/", upload, name="upload_source"),
    path("sources/refused/<slug:token>/", refused, name="refused"),
    path("sources/<int:pk>/", source, name="source"),
    path("sources/<int:pk>/amend/", amend, name="amend_source"),
    path("sources/<int:pk>/model/", ask_model, name="ask_model"),
    path("sources/<int:pk>/original/", original, name="source_original"),
    path("sources/<int:pk>/picture/<int:number>/", picture, name="source_picture"),
    path("sources/<int:pk>/table/", task_table, name="task_table"),
    *instructions.routes,
    *lighting.routes,
    *deciding.routes,
]
