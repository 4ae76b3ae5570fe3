"""设置: the settings by group with what holds now, proposals that wait, and what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.adjustments import actions, items, targets
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.proposal_view import proposal
from wenpan.district.adjustments.registers.base import PlaceList
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.ui import asked
from wenpan.district.ui.doing import telling

State = Adjustment.State
PAST = 30  # decided proposals that are shown
MANY = 20  # settings of a group above which it is folded
DEEDS = {"force": actions.put_in_force, "refuse": actions.refuse, "withdraw": actions.withdraw}


@requires(*targets.SEES)
def listing(request: SignedInRequest) -> HttpResponse:
    today, user = timezone.localdate(), request.user
    known = {code: t for code, t in targets.all_targets().items() if targets.may_see(user, t)}
    waiting = [a for a in _all().filter(state=State.OPEN) if _of(a) in known]
    opened = {_of(a) for a in waiting}
    groups: dict[str, list[Any]] = {}
    for target in known.values():
        may = targets.may_propose(user, target)
        row: tuple[targets.Target, str, bool, bool, str]
        if isinstance(target, PlaceList):
            now = _("%(n)s条") % {"n": len(target.rows())}
            row = (target, now, target.code in opened, may, reverse("adjustments:rows", args=[target.code]))
        else:
            now = items.value_words(target, items.current(target, today))
            row = (target, now, target.code in opened, may, "")
        groups.setdefault(str(target.group), []).append(row)
    past = [a for a in _all().exclude(state=State.OPEN)[: 4 * PAST] if _of(a) in known or not _of(a)][:PAST]
    context = {
        "groups": groups,
        "waiting": [proposal(a, known[_of(a)], user, today) for a in waiting],
        "past": [
            (a, known.get(_of(a)), _words(a, known.get(_of(a))), _may_undo(a, known.get(_of(a)), user))
            for a in past
        ],
        "many": MANY,
    }
    return render(request, "adjustments/list.html", context)


def _of(adjustment: Adjustment) -> str:
    return adjustment.item.partition(":")[0]


def _words(adjustment: Adjustment, target: targets.Target | None) -> str:
    """What a decided proposal set, as the proposal said it; of a list or an item that is gone, as kept."""
    if target is None or isinstance(target, PlaceList):
        return adjustment.value
    return items.value_words(target, adjustment.value)


def _may_undo(adjustment: Adjustment, target: targets.Target | None, user: Any) -> bool:
    return adjustment.state == State.IN_FORCE and target is not None and targets.may_propose(user, target)


@requires("rules.set", "account.manage")
def change(request: SignedInRequest, code: str) -> HttpResponse:
    """One setting: what holds, and a form to propose another."""
    item = items.items().get(code)
    if item is None or not targets.may_propose(request.user, item):
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
        "now": items.value_words(item, now),
        "typed": typed,
        "error": error,
        "choices": list(item.choices().items()) if item.choices else (),
    }
    return render(request, "adjustments/change.html", context, status=422 if error else 200)


@requires(*targets.SEES)
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    adjustment = get_object_or_404(Adjustment, pk=pk)
    deed = asked.choice(request.POST, "deed", set(DEEDS))
    if not deed:
        raise Http404
    with telling(request):
        DEEDS[deed](adjustment=adjustment, by=request.user)
        said = {"force": _("已施行。"), "refuse": _("已不同意。"), "withdraw": _("已撤回。")}
        messages.success(request, said[deed])
    return redirect("adjustments:list")


@requires(*targets.SEES)
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """A following proposal that would bring back what held before."""
    adjustment = get_object_or_404(Adjustment, pk=pk)
    reason = asked.words(request.POST, "reason", 200) or _("恢复%(day)s前的设置") % {"day": adjustment.since}
    with telling(request):
        actions.propose_back(adjustment=adjustment, reason=reason, by=request.user)
        messages.success(request, _("已提议恢复，待另一人审定。"))
    return redirect("adjustments:list")


def _all() -> Any:
    return Adjustment.objects.select_related("proposed_by", "decided_by")
