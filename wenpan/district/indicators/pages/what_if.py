"""The answer of the slider: what a growth of the months left, or of a part, would bring.

With htmx the part alone, without it a page of its own; the numbers are those of the stored judgement.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.indicators.pages.board import chosen_month
from wenpan.district.indicators.queries import kept
from wenpan.district.indicators.queries.indicator import choose, may_see
from wenpan.district.indicators.queries.what_if import LONGEST, question, what_if
from wenpan.district.ui import asked


@requires("indicator.view")
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    if code not in policy.catalogue():
        raise Http404(_("指标目录里没有这个指标。"))
    try:
        chosen = choose(code, chosen_month(request))
    except KeyError as error:
        raise Http404 from error
    year = chosen.as_of.year if chosen.as_of else timezone.localdate().year
    if not may_see(code, user=request.user, year=year):
        raise NotYours(_("这项指标不由您的单位负责，也没有您单位的目标。"))
    rows, _fan = kept.judgements(chosen.home, chosen.item, chosen.as_of, {})
    main = rows[0] if rows else None
    growth = asked.decimal(request.GET, "growth", least=-100, most=LONGEST)
    problem = ""
    if growth is None and request.GET.get("growth"):
        problem = _("增速应填−100到%(most)s之间的数，收到的是“%(found)s”。") % {
            "most": f"{LONGEST:g}", "found": asked.words(request.GET, "growth", 20),
        }  # fmt: skip
    part = asked.choice(request.GET, "part", set(chosen.item.parts))
    found = what_if(main, growth, part) if main is not None and growth is not None else None
    context = {
        "item": chosen.item,
        "as_of": chosen.as_of,
        "j": main,
        "found": found,
        "problem": problem,
        "question": question(main),
    }
    whole = not getattr(request, "htmx", False)
    template = "indicators/what_if.html" if whole else "indicators/parts/what_if_answer.html"
    return render(request, template, context, status=422 if problem and whole else 200)
