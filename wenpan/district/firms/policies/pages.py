"""惠企政策: the library, one clause with who of my firms may fit, and what is noted of a firm."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import Firm, SupportClause
from wenpan.district.firms.models.request_words import VERDICT_WORDS
from wenpan.district.firms.policies import actions, queries, typed
from wenpan.district.ground.refused import Refused
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn

PAGE = 20  # candidates whose reasons are shown at once


def _columns() -> list[TableColumn]:
    return [
        TableColumn("name", _("条款")),
        TableColumn("source", _("文件")),
        TableColumn("office__short_name", _("责任单位")),
        TableColumn("valid_from", _("施行"), kind="date"),
        TableColumn("valid_to", _("有效期至"), kind="date"),
        TableColumn("claim_from", _("申报开始"), kind="date"),
        TableColumn("claim_to", _("申报截止"), kind="date"),
        TableColumn("budget", _("资金"), value=lambda row: row.get_budget_display()),
        TableColumn("paid", _("已兑付（万元）"), kind="amount", decimals=2),
        TableColumn("paid_on", _("兑付截至"), kind="date"),
    ]


@require_GET
@requires("policy.view")
def library(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    show = asked.choice(request.GET, "show", {"open", "all"}, "open")
    table = PageTable(request, _columns(), queries.clauses(show, today), sort="claim_to")
    if table.exporting:
        return table.response(_("惠企政策"))
    return render(
        request, "firms/policies.html", {"tab": "policies", "table": table, "show": show, "today": today}
    )


@require_GET
@requires("policy.view")
def policy(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SupportClause.objects.select_related("office", "by"), pk=pk)
    found = queries.who_fits(row, request.user)
    page = Paginator(found.candidates, PAGE).get_page(request.GET.get("page"))
    versions = SupportClause.objects.filter(code=row.code).order_by("-version")
    context = {
        "tab": "policies",
        "row": row,
        "clause": queries.clause_of(row),
        "versions": versions,
        "found": found,
        "page": page,
        "matches": queries.explained(row, queries.shown_firms(list(page.object_list))),
        "verdicts": VERDICT_WORDS,
        "today": timezone.localdate(),
        "terms": typed.terms_of(row),
        "budgets": SupportClause.Budget.choices,
    }
    return render(request, "firms/policy.html", context)


@require_POST
@requires("policy.edit", "firm.edit")
def fact(request: SignedInRequest, pk: int) -> HttpResponse:
    firm = get_object_or_404(Firm.objects.filter(firm_scope(request.user).firms()), pk=pk)
    post = request.POST
    try:
        actions.note_fact(
            firm=firm,
            fact=post.get("fact", ""),
            value=post.get("value", ""),
            source=post.get("source", ""),
            on=asked.day(post, "on") or timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("已记下。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("firms:firm", pk=pk)
