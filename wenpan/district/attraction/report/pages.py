"""招商月报: the paragraphs and the table of a month, from the query that the briefing uses too."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.attraction import deal_actions, queries
from wenpan.district.attraction.report.queries import last_day, month_report
from wenpan.district.ui import asked
from wenpan.district.ui.exports import exported
from wenpan.documents.papers.briefing.deals import deals_paragraphs
from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Paragraph
from wenpan.documents.words.numbers import full_width
from wenpan.economy.time.periods import Month

SHOWN = 24  # months to choose from


@require_GET
@requires("deal.view")
def report(request: SignedInRequest) -> HttpResponse:
    """Of the deals that the person sees; a unit's own people read their unit's report."""
    today = timezone.localdate()
    running = Month(today.year, today.month)
    month = asked.month(request.GET, "month") or running
    month = min(month, running, key=lambda m: m.index)
    day = last_day(month)
    found = month_report(queries.counted_once(request.user), day)
    head = ["单位", "签约（个）", "协议投资（亿元）", "开工（个）", "到位资金（亿元）"]
    rows = [[u.unit, u.signed, u.agreed, u.started, u.arrived] for u in found.units]
    if answer := exported(request.GET.get("export", ""), f"招商月报{month}", head, rows):
        deal_actions.note_export(what=f"招商月报{month}", filters="", by=request.user)
        return answer
    blocks = deals_paragraphs(found, FactRegister())
    context = {
        "tab": "report", "found": found, "day": day, "month": month,
        "months": [running.plus(-n) for n in range(SHOWN)],
        "paragraphs": [_words(block) for block in blocks if isinstance(block, Paragraph)],
    }  # fmt: skip
    return render(request, "attraction/report.html", context)


def _words(block: Paragraph) -> str:
    return full_width("".join(part if isinstance(part, str) else part.text for part in block.spans))
