"""A campaign ends: all is seen or the reason is said; then the 通报 is issued and its numbers are kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.campaigns.facts import campaign_facts
from wenpan.district.campaigns.models import Campaign, CampaignReport
from wenpan.district.campaigns.queries import units_found
from wenpan.district.campaigns.steps import State, journal_step, require_state, step
from wenpan.district.ground import notices
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import recipients
from wenpan.rules.schema import keep

RECORD = "zh-hans"


@transaction.atomic
def finish(
    *,
    campaign: Campaign,
    by: User,
    summary: str = "",
    reason: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> Campaign:
    """Raises Refused: "reason_missing" where an object was not seen and `reason` is empty; "state"."""
    require(by, "campaign.lead")
    at = at or timezone.now()
    require_state(campaign, State.RUNNING)
    left = campaign.items.filter(result="", left_out_why="").count()
    if left and not reason.strip():
        raise Refused("reason_missing", _("还有%(n)s个对象没有督查，请写明原因。") % {"n": left})
    values = {"summary": summary.strip()[:2000], "unseen_reason": reason.strip()[:300] if left else ""}
    step(campaign, (State.RUNNING,), seen, state=State.CLOSED, closed_by=by, closed_at=at, **values)
    words = {"title": campaign.title, "left": left}
    journal_step(
        campaign,
        "close",
        _("“%(title)s”结束，未督查%(left)s个") % words,
        by,
        at,
        left=left,
        reason=campaign.unseen_reason,
    )
    return campaign


@transaction.atomic
def resume(*, campaign: Campaign, by: User, seen: int | None = None, at: datetime | None = None) -> Campaign:
    """Before it is issued a campaign may go on: an object was forgotten, a finding is to be put right."""
    require(by, "campaign.lead")
    step(campaign, (State.CLOSED,), seen, state=State.RUNNING, closed_by=None, closed_at=None)
    journal_step(campaign, "start", _("“%(title)s”继续督查") % {"title": campaign.title}, by, at)
    return campaign


@transaction.atomic
def issue(*, campaign: Campaign, by: User, seen: int | None = None, at: datetime | None = None) -> Campaign:
    """The numbers of the 通报 are kept as they are now; each unit sees what was found of it and is told."""
    require(by, "bulletin.issue")
    at = at or timezone.now()
    step(campaign, (State.CLOSED,), seen, state=State.ISSUED, issued_by=by, issued_at=at)
    with translation.override(RECORD):
        facts = campaign_facts(campaign, timezone.localdate(at))
        text = f"{campaign.title}已通报，请查看本单位的督查结果"
    CampaignReport.objects.create(campaign=campaign, facts=keep(facts), made_by=by, made_at=at)
    for unit in units_found(campaign):
        notices.notify(
            users=recipients.recipients_of(unit, ("liaison", "unit_head")),
            key=f"campaign:{campaign.pk}:{unit.pk}",
            text=text, at=at, url=f"/campaigns/{campaign.pk}/",
        )  # fmt: skip
    words = {"title": campaign.title, "n": facts.problems}
    journal_step(
        campaign,
        "issue",
        _("通报“%(title)s”，发现问题%(n)s个") % words,
        by,
        at,
        objects=facts.objects,
        seen=facts.seen,
        problems=facts.problems,
    )
    return campaign
