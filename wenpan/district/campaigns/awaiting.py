"""What of campaigns awaits a person: what their team sees today, a campaign to be begun, ended or issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.campaigns.models import Campaign
from wenpan.district.campaigns.policy import campaign_rules
from wenpan.district.campaigns.queries import due_today
from wenpan.district.ui.awaited import AwaitedAct, AwaitedGroup

State = Campaign.State


def groups(user: Any, at: datetime, shown: int) -> Sequence[AwaitedGroup]:
    if not can(user, "campaign.take_part"):
        return ()
    on = timezone.localdate(at)
    if not can(user, "campaign.lead"):
        return list(_to_see(user, on, shown))
    open_ = list(Campaign.objects.filter(state__in=[State.PLANNED, State.RUNNING, State.CLOSED]))
    found = list(_to_see(user, on, shown)) if any(c.state == State.RUNNING for c in open_) else []
    return [*found, *_to_lead(user, open_, on, shown)]


def _to_see(user: Any, on: date, shown: int) -> Iterator[AwaitedGroup]:
    """By the day on which it was to be seen: what was left over stands first."""
    rows = due_today(user, on)
    if count := rows.count():
        items = tuple(
            AwaitedAct(
                o.title, f"{reverse('campaigns:campaign', args=[o.campaign_id])}?show=mine#look-{o.pk}",
                detail=" · ".join(p for p in (o.campaign.title, o.unit.short_name if o.unit else "") if p),
                due=o.day, light=o.light,
            )
            for o in rows.select_related("campaign", "unit").order_by("day", "pk")[:shown]
        )  # fmt: skip
        yield AwaitedGroup(
            "campaign-objects", _("今天要督查的对象"), count, items, reverse("campaigns:list"), order=5
        )


def _to_lead(user: Any, open_: Sequence[Campaign], on: date, shown: int) -> Iterator[AwaitedGroup]:
    """Of the campaigns that are not over: what is near, what should have ended, what is to be issued."""
    near = on + timedelta(days=campaign_rules(on).near_days) if open_ else on
    issues = can(user, "bulletin.issue")
    found = [
        c
        for c in sorted(open_, key=lambda c: (c.ends_on, c.pk))
        if (c.state == State.PLANNED and c.starts_on <= near)
        or (c.state == State.RUNNING and c.ends_on < on)
        or (c.state == State.CLOSED and issues)
    ]
    if found:
        items = tuple(
            AwaitedAct(
                c.title, reverse("campaigns:campaign", args=[c.pk]), detail=_next(c),
                due=c.starts_on if c.state == State.PLANNED else c.ends_on,
            )
            for c in found[:shown]
        )  # fmt: skip
        yield AwaitedGroup("campaigns", _("专项督查"), len(found), items, reverse("campaigns:list"), order=7)


def _next(campaign: Campaign) -> str:
    return {
        State.PLANNED: _("即将开始，核对对象、督查组和日期"),
        State.RUNNING: _("督查期已过，请结束"),
        State.CLOSED: _("已结束，请通报"),
    }[State(campaign.state)]
