"""转督办: one page from a red light, prefilled; one press."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.supervision.matters.pages.drafting import units_now
from wenpan.district.supervision.orders import actions
from wenpan.district.supervision.orders.queries import contacts, subject_of
from wenpan.district.ui import asked


@requires("matter.instruct")
def order(request: SignedInRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    cause = asked.words(given, "cause", 80)
    subject = subject_of(cause, request.user, timezone.localdate())
    if subject is None:
        raise Http404
    error = ""
    typed = {"lead": subject.lead.code if subject.lead else "", "due": str(subject.due or ""), "words": ""}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip()[:300] for name in typed}
        try:
            unit = Unit.objects.filter(code=typed["lead"]).first()
            if unit is None:
                raise Refused("bad_value", _("请选责任单位。"))
            due = typed_day(typed["due"])
            matter = actions.order_matter(
                cause=cause, lead=unit, due=due, words=typed["words"], by=request.user
            )
        except Refused as refusal:
            error = refusal.message
        else:
            said = {"number": matter.number, "unit": unit.short_name}
            messages.success(request, _("已转督办 %(number)s，已告知%(unit)s和督查绩效办。") % said)
            return redirect("supervision:matter", pk=matter.pk)
    context = {
        "subject": subject,
        "typed": typed,
        "error": error,
        "units": units_now(),
        "people": contacts().get(typed["lead"], ()),
    }
    return render(request, "supervision/order.html", context, status=422 if error else 200)


routes: list[URLPattern] = [path("order/", order, name="order")]
