"""The answer of the slider: what a growth of the months left, or of a part, would bring.

With htmx the part alone, without it a page of its own; the numbers are those of the stored judgement.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.indicators.pages.asked_for import asked_for
from wenpan.district.indicators.queries import judgement_history
from wenpan.district.indicators.queries.what_if import LONGEST, question, what_if
from wenpan.district.ui import asked


@requires("indicator.view")
def answer(request: SignedInRequest, code: str) -> HttpResponse:
    chosen = asked_for(request, code)
    rows, _fan = judgement_history.judgements(chosen.home, chosen.item, chosen.as_of, {})
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
    whole = not request.htmx
    template = "indicators/what_if.html" if whole else "indicators/parts/what_if_answer.html"
    return render(request, template, context, status=422 if problem and whole else 200)
