"""设置: the settings by group with what holds now, proposals that wait, and what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.adjustments import actions, items
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.preview import preview
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked

PAST = 30  # decided proposals that are shown
DEEDS = {"force": actions.put_in_force, "refuse": actions.refuse, "withdraw": actions.withdraw}


@requires("rules.view")
def listing(request: SignedInRequest) -> HttpResponse:
    today, known = timezone.localdate(), items.items()
    waiting = [a for a in _all().filter(state=Adjustment.State.OPEN) if a.item in known]
    opened = {a.item for a in waiting}
    groups: dict[str, list[Any]] = {}
    for item in known.values():
        row = (item, items.shown(item, items.current(item, today)), item.code in opened)
        groups.setdefault(str(item.group), []).append(row)
    context = {
        "groups": groups,
        "waiting": [
            (
                a,
                known[a.item],
                items.shown(known[a.item], a.before),
                items.shown(known[a.item], a.value),
                preview(a, known[a.item], today),
            )
            for a in waiting
        ],
        "past": [(a, known.get(a.item)) for a in _all().exclude(state=Adjustment.State.OPEN)[:PAST]],
    }
    return render(request, "adjustments/list.html", context)


@requires("rules.set")
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """One setting: what holds, and a form to propose another."""
    item = items.items().get(code)
    if item is None:
        raise Http404
    today = timezone.localdate()
    now = items.current(item, today)
    typed = {"value": now, "since": today.isoformat(), "reason": ""}
    error = ""
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip()[:200] for name in typed}
        try:
            since = typed_day(typed["since"]) if item.dated else today
            actions.propose(
                code=code, typed=typed["value"], since=since, reason=typed["reason"], by=request.user
            )
        except ValidationError as refusal:
            error = "；".join(refusal.messages)
        except Refused as refusal:
            error = refusal.message
        else:
            messages.success(request, _("已提议，待另一人审定。"))
            return redirect("adjustments:list")
    context = {
        "item": item,
        "now": items.shown(item, now),
        "typed": typed,
        "error": error,
        "choices": list(item.choices().items()) if item.choices else (),
    }
    return render(request, "adjustments/change.html", context, status=422 if error else 200)


@requires("rules.set")
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    adjustment = get_object_or_404(Adjustment, pk=pk)
    deed = asked.choice(request.POST, "deed", set(DEEDS))
    if not deed:
        raise Http404
    try:
        DEEDS[deed](adjustment=adjustment, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        said = {"force": _("已施行。"), "refuse": _("已不同意。"), "withdraw": _("已撤回。")}
        messages.success(request, said[deed])
    return redirect("adjustments:list")


def _all() -> Any:
    return Adjustment.objects.select_related("proposed_by", "decided_by")
