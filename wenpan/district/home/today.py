"""今日: what awaits the person who is signed in, finished in place and for many at once; what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.ground.refused import Refused
from wenpan.district.ui import awaited, batch_outcomes, changes
from wenpan.district.ui.awaited import AwaitedGroup, BatchAct

SHOWN = 12  # of each group, before it is unfolded
CHANGES_SHOWN = 6


@dataclass(frozen=True)
class ShownGroup:
    group: AwaitedGroup
    acts: tuple[BatchAct, ...]

    @property
    def ticked(self) -> bool:
        return bool(self.acts) and any(item.key for item in self.group.items)


def shown_group(group: AwaitedGroup) -> ShownGroup:
    acts = tuple(act for code in group.acts if (act := awaited.act_of(code)) is not None)
    return ShownGroup(group, acts)


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Bell and menu of this page count by the same answer."""
    at = timezone.now()
    found = awaited.awaited_of(request.user, at, shown=SHOWN, whole=request.GET.get("whole", "")[:40])
    request.awaited = found  # type: ignore[attr-defined]
    awaited.count_told(request.user, at, found.count)
    context: dict[str, Any] = {
        "awaited": found,
        "groups": [shown_group(group) for group in found.groups],
        "today": timezone.localdate(at),
        "changes": changes.changes_of(request.user, at, CHANGES_SHOWN),
        "steps": changes.steps_of(request.user, at),
    }
    return render(request, "home/today.html", context)


@require_POST
def act(request: HttpRequest, code: str) -> HttpResponse:
    """One act for the ticked lines. Whose act it is, the act itself decides."""
    found = awaited.act_of(code)
    if found is None:
        raise Http404
    return _done(request, found, found.do, undone=False)


@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Takes back what the last act for many did."""
    found = awaited.act_of(code)
    if found is None or found.undo is None:
        raise Http404
    return _done(request, found, found.undo, undone=True)


def _done(request: HttpRequest, found: BatchAct, do: awaited.Do, *, undone: bool) -> HttpResponse:
    keys: Sequence[str] = request.POST.getlist("pick")[: awaited.MOST + 1]
    back = back_of(request)
    try:
        result = do(request.user, keys, request.POST.get("words", "").strip()[:300])
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    batch_outcomes.keep(request, found, result, back=back, undone=undone)
    return redirect(back)


def back_of(request: HttpRequest) -> str:
    """Where the form stood, if that is a page of ours."""
    wanted = request.POST.get("back", "")[:300]
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("home:today")
