"""Files going out: the original as it came, the same with findings marked in its cells, samples to try."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground import originals, sandbox
from wenpan.district.intake import queries
from wenpan.district.intake.models import Submission
from wenpan.district.intake.sight import seen_by
from wenpan.district.ui.exports import XLSX, attachment
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.quality.finding import CheckFinding, Severity


@require_GET
@requires("intake.view")
@shows_single_returns("报表原件", when=queries.holds_single_returns)
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    return original_file(seen_by(request.user, pk))


@require_GET
@requires("intake.view")
@shows_single_returns("报表核对意见", when=queries.holds_single_returns)
def marked(request: SignedInRequest, pk: int) -> HttpResponse:
    submission = seen_by(request.user, pk)
    return marked_workbook(request, submission) or redirect("intake:submission", pk=pk)


def original_file(submission: Submission) -> HttpResponse:
    """The file as it came."""
    data = originals.get(submission.original.sha256)
    return attachment(data, submission.filename, "application/octet-stream")


def marked_workbook(request: HttpRequest, submission: Submission) -> HttpResponse | None:
    """The sender's own workbook with a comment in every cell that a finding names.

    None, and a message, for one that cannot be opened.
    """
    try:
        data = sandbox.annotate(
            originals.get(submission.original.sha256), submission.filename, _findings(submission)
        )
    except Unreadable as refusal:
        messages.error(request, _("这个文件打不开，不能标注：%(why)s") % {"why": refusal.message})
        return None
    return attachment(data, f"{Path(submission.filename).stem}-核对意见.xlsx", XLSX)


def _findings(submission: Submission) -> list[CheckFinding]:
    return [
        CheckFinding(
            f.check_code, Severity(f.severity), f.found, f.expected, f.advice, f.sheet, f.cell, f.subject
        )
        for f in submission.findings.all()
    ]


@require_GET
@requires("intake.view")
def samples(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/samples.html", {"samples": queries.samples()})


@require_GET
@requires("intake.view")
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """Only files that the index lists: no path leads out of the folder."""
    if name not in {entry.file for entry in queries.samples()}:
        raise Http404
    return attachment((queries.samples_folder() / name).read_bytes(), name, "application/octet-stream")
