"""各列是什么: how each column of a table was understood, taught by a person, kept as versions, taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.single_returns import shows_single_returns
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions, forms, taught
from wenpan.district.intake import columns as queries
from wenpan.district.intake.checking import start_check
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.queries import holds_single_returns
from wenpan.district.intake.teaching import ROLES
from wenpan.district.ui import asked
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.explained import FROM_TITLE
from wenpan.economy.figures.indicators import BASES, MEASURE_LABELS
from wenpan.rules import catalogue, workbook_kinds
from wenpan.rules.aliases import AliasError


@requires("layout.map")
@shows_single_returns("报表各列", when=holds_single_returns)
def layout(request: SignedInRequest, pk: int) -> HttpResponse:
    """One table of the file; POST teaches it. A clash shows both sides and asks again (409)."""
    submission = get_object_or_404(Submission.objects.select_related("original"), pk=pk)
    page = queries.table_page(submission, asked.integer(request.GET, "table", default=0) or 0)
    if page is None:
        messages.error(request, _("这份文件里没有读到表。"))
        return redirect("intake:submission", pk=pk)
    if request.method != "POST":
        return _shown(request, submission, page)
    try:
        actions.teach(
            submission=submission,
            tables=page.tables,
            signature=page.table.signature,
            teaching=forms.teaching_from(request.POST, page.table),
            seen=asked.integer(request.POST, "seen", default=0) or 0,
            by=request.user,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        typed = {key: request.POST.get(key, "") for key in request.POST}
        status = 409 if refusal.code == "clash" else 200
        return _shown(request, submission, page, typed, refusal.differences, status=status)
    return start_check(submission, by=request.user, page=reverse("intake:submission", args=[pk]))


@require_POST
@requires("layout.map")
def tables(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which tables of the file are read."""
    submission = get_object_or_404(Submission.objects.select_related("original"), pk=pk)
    found = queries.tables_for(submission)
    try:
        read = [t.signature for n, t in enumerate(found) if str(n) in request.POST.getlist("read")]
        changed = actions.choose_tables(submission=submission, tables=found, read=read, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("intake:layout", pk=pk)
    if not changed:
        messages.info(request, _("没有改动。"))
        return redirect("intake:layout", pk=pk)
    return start_check(submission, by=request.user, page=reverse("intake:submission", args=[pk]))


def _shown(
    request: HttpRequest,
    submission: Submission,
    page: queries.TablePage,
    typed: dict[str, str] | None = None,
    differences: Any = (),
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "submission": submission,
        "page": page,
        "left_out": queries.left_out_tables(page.tables),
        "rows": [(c, _filled(c, typed)) for c in page.columns],
        "kind": (typed or {}).get("kind") or page.kind,
        "subject": (typed or {}).get("subject") or page.subject,
        "rows_out": (typed or {}).get("rows_out") or "\n".join(page.rows_out),
        "differences": differences,
        "kinds": {code: kind.name for code, kind in workbook_kinds().items()},
        "roles": ROLES,
        "fields": queries.fields_of_kinds(),
        "measures": MEASURE_LABELS,
        "bases": BASES,
        "regions": queries.region_names(),
        "from_title": FROM_TITLE,
        "indicators": [(i.code, i.name) for i in catalogue().values()],
        "tones": {"asked": "is-yellow", "left_out": "", "figure": "is-green", "target": "is-green",
                  "field": "is-green", "key": "is-accent", "rank": "is-accent"},
        "understood": {"asked": _("要您说明"), "left_out": _("不读"), "figure": _("数据"),
                       "target": _("目标"), "field": _("项目字段"), "key": _("行的名称"), "rank": _("位次")},
    }  # fmt: skip
    return render(request, "intake/layout.html", context, status=status)


def _filled(column: queries.TaughtColumn, typed: dict[str, str] | None) -> dict[str, str]:
    if typed is None:
        return dict(column.said)
    index = f"-{column.column.index}"
    return {key.removesuffix(index): value for key, value in typed.items() if key.endswith(index)}


@requires("layout.map")
def alias(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name of an indicator: GET shows what it would bring, POST registers it and reads anew."""
    submission = get_object_or_404(Submission.objects.select_related("original"), pk=pk)
    said = request.POST if request.method == "POST" else request.GET
    name, code = said.get("alias", "").strip()[:60], said.get("indicator", "")
    try:
        if request.method == "POST":
            actions.register_alias(indicator=code, alias=name, by=request.user)
            messages.success(request, _("已登记。这份文件按新的名称重新核对。"))
            return start_check(submission, by=request.user, page=reverse("intake:submission", args=[pk]))
        effect = queries.alias_effect(submission, code, name)
    except (Refused, AliasError, Unreadable) as refusal:
        messages.error(request, str(refusal))
        return redirect("intake:layout", pk=pk)
    shown = {"submission": submission, "alias": name, "indicator": catalogue()[code], "effect": effect}
    return render(request, "intake/alias.html", shown)


@require_GET
@requires("layout.map")
def layouts(request: HttpRequest) -> HttpResponse:
    """Every version of every teaching, the newest first."""
    page = Paginator(taught.layouts(), 20).get_page(request.GET.get("page"))
    return render(request, "intake/layouts.html", {"page": page, "kinds": _kind_names()})


@require_GET
@requires("layout.map")
def taught_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what each column was said to be, and every file that it brought."""
    found = get_object_or_404(Layout.objects.select_related("created_by", "withdrawn_by"), pk=pk)
    kind = workbook_kinds().get(found.kind)
    shown = {"layout": found, "columns": taught.columns(found), "files": taught.files(found),
             "versions": taught.versions(found), "kinds": _kind_names(),
             "in_ledger": kind is None or kind.produces == "figures"}  # fmt: skip
    return render(request, "intake/taught.html", shown)


def _kind_names() -> dict[str, str]:
    return {code: kind.name for code, kind in workbook_kinds().items()}


@require_POST
@requires("layout.map")
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Layout, pk=pk)
    try:
        count = actions.take_back_layout(layout=found, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("已撤回，连同它带来的%(n)d份文件。原来的数重新有效。") % {"n": count})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("intake:taught", pk=pk)
