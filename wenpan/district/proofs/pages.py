"""核数: upload a paper, see its figures marked, take away the copy with comments or the list."""

from __future__ import annotations

import io
import re
import secrets

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground import originals, sandbox
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.jobs.actions import start
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.observations.queries import latest_month
from wenpan.district.proofs import queries
from wenpan.district.proofs.models import PaperCheck
from wenpan.district.supervision.sources import reading_findings
from wenpan.district.ui.exports import xlsx_response
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.documents.proof import proof_json
from wenpan.documents.screening.file_names import clean_name
from wenpan.economy.time.periods import parse_month

SUFFIXES = (".docx", ".pdf", ".txt")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAYS = {
    "wrong": gettext_lazy("不符"),
    "contradictory": gettext_lazy("矛盾"),
    "unknown": gettext_lazy("未知"),
    "right": gettext_lazy("相符"),
}


def columns() -> list[TableColumn]:
    return [
        TableColumn("filename", _("文稿")),
        TableColumn("period", _("月份")),
        TableColumn("wrong", _("不符"), kind="number", decimals=0),
        TableColumn("contradictory", _("矛盾"), kind="number", decimals=0),
        TableColumn("unknown", _("未知"), kind="number", decimals=0),
        TableColumn("right", _("相符"), kind="number", decimals=0),
        TableColumn("checked_at", _("核对时间"), kind="date"),
    ]


@require_GET
@requires("proof.check")
def papers(request: SignedInRequest) -> HttpResponse:
    table = PageTable(request, columns(), queries.visible(request.user), sort="-checked_at")
    if table.exporting:
        return table.response(_("核数"))
    month = latest_month()
    context = {"table": table, "month": str(month) if month else "", "limit": settings.UPLOAD_LIMIT_MB,
               "accept": ",".join(SUFFIXES + office.suffixes() + scans.suffixes())}  # fmt: skip
    return render(request, "proofs/papers.html", context)


@require_POST
@requires("proof.check")
def upload(request: SignedInRequest) -> HttpResponse:
    """The paper is kept first; comparing it is long work that ends at its page, or at a refusal."""
    file, month = request.FILES.get("file"), request.POST.get("month", "").strip()
    try:
        period = parse_month(month)
    except ValueError:
        period = None
    if file is None or period is None:
        messages.error(request, _("请选择文稿，并写明文稿说的是哪个月，如 2022-09。"))
        return redirect("proofs:papers")
    name = clean_name(file.name or "")
    if not name.lower().endswith(SUFFIXES + office.OLD_SUFFIXES + scans.suffixes()):
        return _refuse(request, reading_findings.wrong_suffix(name), 415)
    if (file.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        return _refuse(request, reading_findings.too_large(name, file.size or 0), 413)
    try:
        admitted = door.admit(filename=name, data=file.read(), door="核数", by=request.user)
        door.screen("核数", request.user)(scans.head_lines(admitted.data))
    except Refused as refusal:
        return _refuse(request, reading_findings.not_admitted(refusal), 422)
    return _check(request, door.keep(admitted), name, str(period))


@require_POST
@requires("proof.check")
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same file against the ledger of now."""
    paper = _paper(request, pk)
    return _check(request, paper.sha256, paper.filename, paper.period)


def _check(request: SignedInRequest, sha256: str, filename: str, period: str) -> HttpResponse:
    token = secrets.token_hex(8)
    job = start(
        kind="proofs.check",
        args={"sha256": sha256, "filename": filename, "period": period, "by": request.user.pk,
              "token": token, "at": timezone.now().isoformat()},
        key=f"proofs.check:{token}",
        by=request.user,
        heavy=door.is_heavy(sha256),
    )  # fmt: skip
    job.refresh_from_db()
    if job.state == Job.State.DONE and job.next_url:
        return redirect(job.next_url)
    return redirect("jobs:progress", pk=job.pk)


def _refuse(request: HttpRequest, told: reading_findings.Finding, status: int) -> HttpResponse:
    return render(request, "proofs/refused.html", {"refusal": told}, status=status)


def _paper(request: SignedInRequest, pk: int) -> PaperCheck:
    return get_object_or_404(PaperCheck.objects.filter(checked_by=request.user), pk=pk)


@require_GET
@requires("proof.check")
def refused(request: SignedInRequest, token: str) -> HttpResponse:
    """Why the paper could not be read; only for the person who sent it."""
    job = get_object_or_404(Job, key=f"proofs.check:{token}", created_by=request.user)
    told = (job.result or {}).get("refusal")
    if not told:
        raise Http404
    return _refuse(request, told, 200)


@require_GET
@requires("proof.check")
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text with its figures marked, and what is wrong or contradictory with the reason."""
    checked = _paper(request, pk)
    found = queries.figures(checked)
    if "xlsx" in request.GET:
        heads = (_("结果"), _("原文"), _("位置"), _("理由"), _("台账数"))
        return xlsx_response(
            f"核数-{checked.filename[:40]}",
            heads,
            [(str(SAYS[f.state]), f.words, f.place, f.reason, f.right) for f in found],
        )
    context = {
        "paper": checked,
        "told": [f for f in found if f.number],
        "others": [f for f in found if f.state == "unknown"],
        "paragraphs": queries.marked(checked, found),
    }
    return render(request, "proofs/paper.html", context)


@require_GET
@requires("proof.check")
def copy(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The docx with a Word comment at each figure that is wrong or contradictory; the text as it was."""
    checked = _paper(request, pk)
    if checked.kind != "docx":
        raise Http404
    data = sandbox.apply(
        proof_json.copy_with_comments,
        office.as_docx(originals.get(checked.sha256)),
        tuple(checked.paragraphs),
        tuple(checked.rows),
    )
    name = re.sub(r"\.(?:doc|wps)$", ".docx", f"核数-{checked.filename}", flags=re.I)
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=DOCX)
