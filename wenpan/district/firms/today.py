"""What of firms awaits a person, for 今日, bell and menu: requests that await a step, visits that are due.

Accepting and signing for can be done for many at once; every other step asks for words and has its own page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.firms.common.queries import withdrawn_draw
from wenpan.district.firms.contacts.queries import due_of
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.firms.models.request_words import PHASE_WORDS
from wenpan.district.firms.policies.queries import closing_windows, told_windows
from wenpan.district.firms.requests.actions import take_step
from wenpan.district.firms.requests.due_states import OVERDUE, due_state
from wenpan.district.firms.requests.queries import requests_of
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup, BatchAct, BatchOutcome, chosen, each
from wenpan.economy.requests.events import RequestEventKind
from wenpan.economy.requests.lifecycle import Phase
from wenpan.economy.time.clock import last_moment

# phase → the step that many can take at once, the title of its group
AT_ONCE = {Phase.REGISTERED: "firms-accept", Phase.ASSIGNED: "firms-sign-for"}


def groups(user: User, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    return [
        *_requests(user, at, shown),
        *_visits(user, at, shown),
        *_withdrawn(user, at, shown),
        *_windows(user, at, shown),
    ]


def _requests(user: User, at: datetime, shown: int) -> list[AwaitedGroup]:
    if not can(user, "request.office", "request.handle"):
        return []
    mine = requests_of(user, "mine", at=at).order_by("next_due", "pk")
    simple = [phase.value for phase in AT_ONCE]
    found = [
        _group(f"firms-{phase.value}", _("企业诉求：%(phase)s") % {"phase": PHASE_WORDS[phase.value]},
               mine.filter(phase=phase.value), at, shown, (act,))
        for phase, act in AT_ONCE.items()
    ]  # fmt: skip
    return [
        *found,
        _group("firms-requests", _("企业诉求待办"), mine.exclude(phase__in=simple), at, shown, ()),
    ]


def _group(
    code: str, title: str, rows: QuerySet[ServiceRequest], at: datetime, shown: int, acts: tuple[str, ...]
) -> AwaitedGroup:
    items = tuple(_item(row, at, keyed=bool(acts)) for row in rows[:shown]) if shown else ()
    return AwaitedGroup(code, title, rows.count(), items, f"{reverse('firms:requests')}?show=mine", 45, acts)


def _item(row: ServiceRequest, at: datetime, *, keyed: bool) -> AwaitedAct:
    return AwaitedAct(
        f"{row.number} {row.title}",
        reverse("firms:request", args=[row.pk]),
        f"{row.pk}@{row.version}" if keyed else "",
        f"{row.firm.name} · {PHASE_WORDS[row.phase]}",
        timezone.localdate(last_moment(row.next_due)) if row.next_due else None,
        "RED" if due_state(row.next_due, at) == OVERDUE else "",
    )


def _visits(user: User, at: datetime, shown: int) -> list[AwaitedGroup]:
    if not can(user, "contact.visit"):
        return []
    today = timezone.localdate(at)
    due = due_of(user, today)
    items = tuple(
        AwaitedAct(
            line.contact.firm.name,
            reverse("firms:contacts"),
            due=line.state.due,
            light="RED" if line.late else "",
        )
        for line in due[:shown]
    )
    return [AwaitedGroup("firms-visits", _("应走访的企业"), len(due), items, reverse("firms:contacts"), 55)]


def _withdrawn(user: User, at: datetime, shown: int) -> list[AwaitedGroup]:
    """Of this month and the last: what was drawn for inspection and is not inspected."""
    if not can(user, "request.office"):
        return []
    today = timezone.localdate(at)
    last = today.replace(day=1) - timedelta(days=1)
    draws = [withdrawn_draw(day.year, day.month) for day in (last, today)]
    rows = [row for draw in draws for row in draw.waiting]
    items = tuple(
        AwaitedAct(f"{row.number} {row.title}", reverse("firms:request", args=[row.pk]), detail=row.firm.name)
        for row in rows[:shown]
    )
    return [AwaitedGroup("firms-withdrawn", _("撤回抽查"), len(rows), items, reverse("firms:withdrawn"), 58)]


def _windows(user: User, at: datetime, shown: int) -> list[AwaitedGroup]:
    """Claim windows that close within a month: who of the firms has to be told. A town's people see those
    of which the town was told, as it has candidates."""
    today = timezone.localdate(at)
    if can(user, "policy.edit"):
        rows = list(closing_windows(today))
    elif can(user, "policy.view") and not can(user, "firm.all") and user.unit_id:
        rows = told_windows(user.unit.code if user.unit else "", today)
    else:
        return []
    items = tuple(
        AwaitedAct(
            row.name, reverse("firms:policy", args=[row.pk]), detail=row.source, due=row.claim_to,
            light="RED" if row.claim_to and row.claim_to <= today + timedelta(days=7) else "",
        )
        for row in rows[:shown]
    )  # fmt: skip
    return [
        AwaitedGroup("firms-windows", _("政策申报将截止"), len(rows), items, reverse("firms:windows"), 59)
    ]


def _take(kind: RequestEventKind, user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    """One step for every ticked request, each as the person saw it."""
    wanted = chosen(keys)
    rows = requests_of(user, "all").in_bulk(list(wanted))

    def act(pk: int, seen: int | None) -> Callable[[], Any] | None:
        row = rows.get(pk)
        return None if row is None else partial(take_step, request=row, kind=kind, by=user, seen=seen)

    return each(
        (f"{pk}", rows[pk].number if pk in rows else str(pk), act(pk, seen)) for pk, seen in wanted.items()
    )


ACTS = (
    BatchAct(
        "firms-accept", gettext_lazy("受理"), gettext_lazy("已受理%(n)s件诉求。"),
        partial(_take, RequestEventKind.ACCEPTED), permissions=("request.office",),
    ),
    BatchAct(
        "firms-sign-for", gettext_lazy("签收"), gettext_lazy("已签收%(n)s件诉求。"),
        partial(_take, RequestEventKind.SIGNED_FOR), permissions=("request.handle",),
    ),
)  # fmt: skip
