"""Days of campaigns on the calendar: a member's own team, for the office and the leaders all teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import can
from wenpan.district.campaigns.models import Campaign, CampaignMember, CampaignObject
from wenpan.district.campaigns.queries import HELD
from wenpan.district.ui.dates import VISIT, DatedItem


def dated(user: Any, unit: Any, since: date, until: date) -> Sequence[DatedItem]:
    """One entry a team and day. A unit's own calendar has none: nobody is told beforehand who comes."""
    if unit is not None or not can(user, "campaign.take_part"):
        return ()
    rows = CampaignObject.objects.filter(day__gte=since, day__lte=until, left_out_why="", team__isnull=False)
    if can(user, "campaign.view"):
        rows = rows.exclude(campaign__state=Campaign.State.CANCELLED)
    else:
        mine = CampaignMember.objects.filter(user=user).values("team")
        rows = rows.filter(campaign__state__in=HELD, team__in=mine)
    grouped = rows.order_by("day", "team").values("campaign", "campaign__title", "team", "team__name", "day")
    return [
        DatedItem(
            key=f"campaign-{g['team']}-{g['day']}",
            day=g["day"] or since,
            kind=VISIT,
            title=_("%(title)s %(team)s督查%(n)s个对象")
            % {"title": g["campaign__title"], "team": g["team__name"], "n": g["n"]},
            url=f"{reverse('campaigns:campaign', args=[g['campaign']])}?team={g['team']}&day={g['day']}",
            outside=_("督查"),
            sequence=g["seen"],
            over=g["seen"] == g["n"],
        )
        for g in grouped.annotate(n=Count("pk"), seen=Count("pk", filter=~Q(result="")))
    ]
