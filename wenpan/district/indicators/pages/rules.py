"""规则: which rule set is in force and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wenpan.district.accounts.permissions import requires
from wenpan.district.indicators import queries
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries.rule_sets import rules_page
from wenpan.economy.time.periods import Month


@requires("rules.view")
def rules(request: HttpRequest) -> HttpResponse:
    newest = queries.judged_months()
    today = timezone.localdate()
    as_of = chosen_month(request) or (newest[0] if newest else Month(today.year, today.month))
    return render(request, "indicators/rules.html", {"page": rules_page(as_of), "as_of": as_of})
