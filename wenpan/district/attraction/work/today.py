"""What of deals awaits a person: clocks of leads, next steps, promises made to investors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.models import Deal, Reception
from wenpan.district.attraction.work.actions import keep_promise, note_lead_step
from wenpan.district.attraction.work.queries import mine
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup, BatchAct, BatchOutcome, chosen, each
from wenpan.economy.time.clock import last_moment
from wenpan.rules.deals import lead_clock_rules

AHEAD = timedelta(days=1)  # a clock awaits its person a day before it is late


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "deal.edit", "deal.own"):
        return ()
    return [
        group
        for group in (_leads(user, at, shown), _steps(user, at, shown), _promises(user, at, shown))
        if group
    ]


def _leads(user: Any, at: datetime, shown: int) -> AwaitedGroup | None:
    rows = mine(user).filter(lead_due__lte=at + AHEAD).order_by("lead_due", "pk")
    count = rows.count()
    if not count:
        return None
    names = {clock.code: clock.name for clock in lead_clock_rules(timezone.localdate(at)).clocks}
    items = tuple(
        AwaitedAct(
            d.name,
            reverse("attraction:deal", args=[d.pk]),
            str(d.pk),
            names.get(d.lead_clock, d.lead_clock),
            timezone.localdate(last_moment(d.lead_due)) if d.lead_due else None,
            "RED" if d.lead_due and d.lead_due < at else "YELLOW",
        )
        for d in rows[:shown]
    )
    url = reverse("attraction:mine")
    return AwaitedGroup("deals-leads", _("线索时限"), count, items, url, 40, ("deals-lead-step",))


def _steps(user: Any, at: datetime, shown: int) -> AwaitedGroup | None:
    today = timezone.localdate(at)
    rows = mine(user).filter(next_on__lte=today).order_by("next_on", "pk")
    count = rows.count()
    if not count:
        return None
    items = tuple(
        AwaitedAct(
            f"{d.name}：{d.next_step}",
            reverse("attraction:deal", args=[d.pk]),
            detail=d.next_by,
            due=d.next_on,
            light="RED" if d.next_on and d.next_on < today else "",
        )
        for d in rows[:shown]
    )
    return AwaitedGroup("deals-steps", _("招商项目下一步"), count, items, reverse("attraction:mine"), 42)


def _promises(user: Any, at: datetime, shown: int) -> AwaitedGroup | None:
    """Promises of meetings without a deal; a deal's promise is its next step and stands there."""
    today, unit = timezone.localdate(at), getattr(user, "unit_id", None)
    rows = Reception.objects.filter(
        deal=None, unit=unit, withdrawn_at=None, kept_on=None, promise_on__lte=today
    )
    count = rows.count()
    if not count:
        return None
    items = tuple(
        AwaitedAct(
            r.promise,
            reverse("attraction:receptions"),
            str(r.pk),
            f"{r.guest} · {r.promise_by}",
            r.promise_on,
            "RED" if r.promise_on and r.promise_on < today else "",
        )
        for r in rows.order_by("promise_on", "pk")[:shown]
    )
    url = f"{reverse('attraction:receptions')}?promise=open"
    return AwaitedGroup("deals-promises", _("对客商的承诺"), count, items, url, 43, ("deals-promise-kept",))


def _lead_step(user: Any, keys: Sequence[str], words: str) -> BatchOutcome:
    """The step that ends each lead's running clock, with the same words."""
    wanted = [int(key) for key in chosen(keys)]
    rows = mine(user).in_bulk(wanted)
    now = timezone.now()
    ends = {c.code: c.ends.value for c in lead_clock_rules(timezone.localdate(now)).clocks}

    def act(deal: Deal) -> None:
        if deal.lead_clock not in ends:
            raise Refused("state", _("没有在计时的时限。"))
        note_lead_step(deal=deal, kind=ends[deal.lead_clock], on=now, note=words, by=user, at=now)

    return each(_acts(wanted, rows, act))


def _kept(user: Any, keys: Sequence[str], _words: str) -> BatchOutcome:
    wanted = [int(key) for key in chosen(keys)]
    rows = Reception.objects.filter(unit=user.unit_id, deal=None).in_bulk(wanted)
    today = timezone.localdate()

    def act(row: Reception) -> None:
        keep_promise(reception=row, on=today, by=user)

    return each(_acts(wanted, rows, act))


def _acts(wanted: Sequence[int], rows: Any, act: Callable[[Any], None]) -> Any:
    for pk in wanted:
        row = rows.get(pk)
        yield str(pk), str(row or pk), None if row is None else partial(act, row)


ACTS = (
    BatchAct(
        "deals-lead-step", gettext_lazy("登记办理"), gettext_lazy("已登记%(n)s条线索的办理。"), _lead_step,
        asks=gettext_lazy("办理内容"), permissions=("deal.edit", "deal.own"),
    ),
    BatchAct(
        "deals-promise-kept", gettext_lazy("已兑现"), gettext_lazy("已登记%(n)s项承诺兑现。"), _kept,
        permissions=("deal.edit", "deal.own"),
    ),
)  # fmt: skip
