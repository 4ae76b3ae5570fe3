"""What every write of the room shares: a conditional step of the campaign, and its entry in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.campaigns.models import Campaign
from wenpan.district.ground import ciphers
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused

State = Campaign.State
CHANGEABLE = (State.PLANNED, State.RUNNING)


def step(campaign: Campaign, states: tuple[str, ...], seen: int | None, **values: Any) -> None:
    """Only from these states, only as it was seen. Raises Refused "state" or "clash"."""
    hold()
    now = Campaign.objects.get(pk=campaign.pk)
    if now.state not in states:
        raise refused_state(now)
    version = now.version if seen is None else seen
    rows = Campaign.objects.filter(pk=campaign.pk, version=version, state__in=states)
    if rows.update(version=version + 1, **values) != 1:
        raise Refused("clash", _("这次督查刚被别人改过，请刷新后再看。"))
    campaign.refresh_from_db()


def require_state(campaign: Campaign, *states: str) -> None:
    """The lock is held from here on: nobody closes the campaign while it is written to."""
    hold()
    now = Campaign.objects.get(pk=campaign.pk)
    if now.state not in states:
        raise refused_state(now)


def refused_state(campaign: Campaign) -> Refused:
    words = {"title": campaign.title, "state": campaign.get_state_display()}
    return Refused("state", _("“%(title)s”%(state)s，不能这样办理。") % words)


def journal_step(
    campaign: Campaign, deed: str, summary: str, by: User | None, at: datetime | None, **detail: Any
) -> None:
    record(by=by, action=f"campaigns.{deed}", subject=f"campaign:{campaign.pk}", at=at,
           summary=summary, detail=detail)  # fmt: skip


def list_digest(subjects: Sequence[str]) -> str:
    """Digest of the frozen list, one address a line, as the journal keeps it."""
    return ciphers.here().digest("\n".join(subjects).encode())
