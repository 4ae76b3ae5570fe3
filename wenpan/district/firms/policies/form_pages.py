"""登记、修订条款: the conditions as sentences beside the text; what was paid; the table to fill in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies import actions, queries, typed
from wenpan.district.firms.policies.clause_records import DAYS, LARGEST
from wenpan.district.firms.policies.clause_tables import clauses_response
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import do
from wenpan.economy.policies.clause_words import example
from wenpan.rules.firm_policies import firm_facts

FIELDS = ("name", "source", "terms", "group", "text", "contact", "papers", "budget", "office", *DAYS)


@require_http_methods(["GET", "POST"])
@requires("policy.edit")
def add(request: SignedInRequest) -> HttpResponse:
    """A new clause, or with `of` a new wording of one."""
    asks = request.GET if request.method == "GET" else request.POST
    held = SupportClause.objects.filter(pk=asked.integer(asks, "of") or 0).first()
    given = _held(held) if request.method == "GET" else {n: request.POST.get(n, "") for n in FIELDS}
    status = 200
    if request.method == "POST":
        try:
            kept = _keep(request, given, held)
        except Refused as refusal:
            messages.error(request, refusal.message)
            status = 422
        else:
            messages.success(request, _("已登记条款。"))
            return redirect("firms:policy", pk=kept.pk)
    context = {
        "tab": "policies", "given": given, "held": held, "units": Unit.objects.all(),
        "budgets": SupportClause.Budget.choices,
        "facts": [(fact, example(fact)) for fact in firm_facts().values()],
    }  # fmt: skip
    return render(request, "firms/policy_form.html", context, status=status)


def _keep(request: SignedInRequest, given: dict[str, str], held: SupportClause | None) -> SupportClause:
    days: dict[str, date | None] = {
        name: typed_day(given[name]) if given[name].strip() else None for name in DAYS
    }
    data = typed.clause_data(
        name=given["name"], source=given["source"], terms=given["terms"], days=days, group=given["group"],
        code=held.code if held else "",
    )  # fmt: skip
    return actions.keep_clause(
        data=data, text=given["text"], contact=given["contact"], papers=given["papers"],
        budget=given["budget"], office=Unit.objects.filter(code=given["office"]).first(), revises=held,
        by=request.user,
    )  # fmt: skip


def _held(row: SupportClause | None) -> dict[str, str]:
    if row is None:
        return dict.fromkeys(FIELDS, "")
    said: dict[str, Any] = {name: getattr(row, name) for name in FIELDS if name not in ("terms", "group")}
    said |= {"terms": typed.terms_of(row), "group": typed.group_of(row)}
    said["office"] = row.office.code if row.office else ""
    return {name: "" if value is None else str(value) for name, value in said.items()}


@require_POST
@requires("policy.edit")
def paid(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SupportClause, pk=pk)
    sum_paid = asked.decimal(request.POST, "paid", least=0, most=float(LARGEST))

    def note() -> None:
        if sum_paid is None:
            raise Refused("bad_value", _("兑付金额应为不小于0的数，单位万元。"))
        on = typed_day(request.POST.get("on", "") or str(timezone.localdate()))
        actions.note_paid(
            clause=row, paid=Decimal(str(sum_paid)).quantize(Decimal("0.01")), on=on,
            budget=request.POST.get("budget", ""), by=request.user,
        )  # fmt: skip

    do(request, note, _("已登记兑付情况。"))
    return redirect("firms:policy", pk=pk)


@require_GET
@requires("policy.view")
def table(request: SignedInRequest) -> HttpResponse:
    """The library with the headers under which it is taken in; `show=none` the empty table."""
    show = asked.choice(request.GET, "show", {"open", "all", "none"}, "open")
    rows = queries.clauses(show, timezone.localdate()).order_by("code")
    return clauses_response(rows.none() if show == "none" else rows)
