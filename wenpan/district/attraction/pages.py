"""招商: the board by stage, the list, the funnel, a deal, duplicates. Every figure is of the queries."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction import acting, deal_actions, exports, pairs, queries
from wenpan.district.attraction.deal_page import deal_page
from wenpan.district.attraction.deals_table import DealsTable, columns
from wenpan.district.attraction.funnel_cache import cached_funnel
from wenpan.district.attraction.models import TRADES
from wenpan.district.attraction.models.work import OCCASIONS, STEPS
from wenpan.district.attraction.offers.queries import OfferFilters, offers
from wenpan.district.attraction.scope import deals_of, writable
from wenpan.district.attraction.work.queries import lead_page
from wenpan.district.ui import asked
from wenpan.economy.funnel.amount_ladder import Rung
from wenpan.economy.funnel.cohorts import QUARTER, YEAR
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import counting_rules, deal_forms, stage_rules

_KEPT = {"sort", "q", *queries.DealFilters.__dataclass_fields__}


@require_GET
@requires("deal.view")
def board(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    labels = {stage.value: stage_rules(today).label(stage) for stage in Stage}
    context = {
        "tab": "board",
        "columns": queries.board(request.user, today, labels),
        "totals": queries.totals(queries.counted_once(request.user).filter(ended_on=None)),
        "due": queries.due_steps(request.user, today)[:8],
        "today": today,
    }
    return render(request, "attraction/board.html", context)


@require_GET
@requires("deal.view")
def deals(request: SignedInRequest) -> HttpResponse:
    today, filters = timezone.localdate(), queries.DealFilters.of(request.GET)
    table = DealsTable(request, columns(), queries.listing(request.user, filters, today), sort="moved_on")
    form = deal_forms().get(request.GET.get("form", ""))
    if table.exporting or form:
        deal_actions.note_export(
            what=form.name if form else "列表", filters=request.GET.urlencode(), by=request.user
        )
    if form:
        return exports.form_response(form, table.all_rows)
    if table.exporting:
        return table.response("招商项目")
    context = {
        "tab": "deals",
        "table": table,
        "rows": queries.with_lights(table.page.object_list, today),
        "totals": queries.totals(table.all_rows),
        "filters": filters,
        "choices": queries.choices(request.user),
        "forms": deal_forms().values(),
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "attraction/deals.html", context)


@require_GET
@requires("deal.view")
def funnel(request: SignedInRequest) -> HttpResponse:
    filters = queries.DealFilters.of({**request.GET.dict(), "state": "all", "stage": "", "still": ""})
    by = asked.choice(request.GET, "by", {YEAR, QUARTER}, YEAR)
    rows = queries.listing(request.user, filters, timezone.localdate())
    sets = asked.choice(request.GET, "sets", {"all"}, "")
    context = {
        "tab": "funnel",
        "page": cached_funnel(rows, timezone.localdate(), by=by, all_sets=bool(sets)),
        "filters": filters,
        "choices": queries.choices(request.user),
        "by": by,
        "sets": sets,
    }
    return render(request, "attraction/funnel.html", context)


@require_GET
@requires("deal.view")
def deal(request: SignedInRequest, pk: int) -> HttpResponse:
    """404 for what is not there, and for another unit's alike."""
    found = get_object_or_404(deals_of(request.user).select_related("unit", "town", "duplicate_of"), pk=pk)
    today = timezone.localdate()
    context = {
        "tab": "deals",
        "page": deal_page(found, today),
        "deal": found,
        "may_write": writable(request.user, found),
        "stages": [(stage.value, stage_rules(today).label(stage)) for stage in Stage],
        "papers": stage_rules(today).evidence_names.items(),
        "rungs": [(rung.value, rung.label) for rung in Rung],
        "money_units": acting.MONEY_UNITS,
        "trades": TRADES,
        "marks": _marks(),
        "units": Unit.objects.filter(active_to=None).exclude(kind="district"),
        "lead": lead_page(found, timezone.now()),
        "lead_kinds": STEPS,
        "occasions": OCCASIONS,
        "receptions": found.receptions.filter(withdrawn_at=None)[:20],
        "offer_uses": found.offers.select_related("offer"),
        "free": offers(OfferFilters())[:200],
        "today": today,
    }
    return render(request, "attraction/deal.html", context)


def _marks() -> list[tuple[str, str]]:
    """What some set of counting rules excludes: mark and its sentence."""
    known = {mark: words for rules in counting_rules().values() for mark, words in rules.never.items()}
    return sorted(known.items())


@require_GET
@requires("deal.all")
def duplicates(request: SignedInRequest) -> HttpResponse:
    context = {"tab": "duplicates", **pairs.duplicates(request.user)}
    return render(request, "attraction/duplicates.html", context)
