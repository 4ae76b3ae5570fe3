"""A campaign is planned: theme and ground, objects by query and by hand, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.campaigns.candidates import KINDS, CandidateObject, ObjectFilter, candidates
from wenpan.district.campaigns.models import Campaign, CampaignObject, ObjectChoice
from wenpan.district.campaigns.policy import campaign_rules
from wenpan.district.campaigns.steps import CHANGEABLE, State, journal_step, list_digest, require_state, step
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused


@dataclass(frozen=True)
class CampaignPlan:
    """What the office writes. `ground` (依据文件) or `ordered_by` (批准领导), at least one of the two."""

    kind: str
    title: str
    theme: str
    starts_on: date
    ends_on: date
    ground: str = ""
    ordered_by: str = ""


@transaction.atomic
def plan_campaign(*, given: CampaignPlan, by: User, at: datetime | None = None) -> Campaign:
    """Raises Refused "bad_value": no such kind, no title or theme, no ground, an end before the start."""
    require(by, "campaign.lead")
    at = at or timezone.now()
    values = _values(given)
    hold()
    campaign = Campaign.objects.create(created_by=by, created_at=at, **values)
    journal_step(
        campaign, "create", _("筹备督查“%(title)s”") % {"title": campaign.title}, by, at, **_ground(campaign)
    )
    return campaign


@transaction.atomic
def amend(
    *, campaign: Campaign, given: CampaignPlan, by: User, seen: int | None = None, at: datetime | None = None
) -> Campaign:
    """What was planned for a day that is outside the new ones, and is not seen, has no day any more."""
    require(by, "campaign.lead")
    step(campaign, CHANGEABLE, seen, **_values(given))
    outside = Q(day__lt=campaign.starts_on) | Q(day__gt=campaign.ends_on)
    campaign.items.filter(outside, result="").update(day=None)
    journal_step(
        campaign, "amend", _("修改督查“%(title)s”") % {"title": campaign.title}, by, at, **_ground(campaign)
    )
    return campaign


@transaction.atomic
def cancel(*, campaign: Campaign, by: User, seen: int | None = None, at: datetime | None = None) -> Campaign:
    """Only while it is planned: what was begun is closed with its reason."""
    require(by, "campaign.lead")
    step(campaign, (State.PLANNED,), seen, state=State.CANCELLED)
    journal_step(campaign, "withdraw", _("取消督查“%(title)s”") % {"title": campaign.title}, by, at)
    return campaign


@transaction.atomic
def take_objects(
    *,
    campaign: Campaign,
    kind: str,
    given: ObjectFilter,
    by: User,
    subjects: Sequence[str] | None = None,
    at: datetime | None = None,
) -> ObjectChoice:
    """The query is asked anew and frozen: what it gave and what was taken of it. `subjects`: those that were
    ticked; None takes all. What is in the campaign already, itself or its twin, is not taken twice. Once it
    has begun, objects come by hand and with a reason (`add_object`).

    Raises Refused "bad_value": no such kind, nothing found, more than the rules allow.
    """
    require(by, "campaign.lead")
    at = at or timezone.now()
    if kind not in KINDS:
        raise Refused("bad_value", _("请选定督查对象的类别。"))
    require_state(campaign, State.PLANNED)
    most = campaign_rules(campaign.starts_on).most_objects
    found = candidates(kind, given, timezone.localdate(at), most)
    there = _there(campaign)
    ticked = None if subjects is None else set(subjects)
    new: list[CandidateObject] = []
    for row in found:
        if row.subject in there or (row.also and row.also in there):
            continue
        if ticked is None or row.subject in ticked:
            new.append(row)
    if not new:
        raise Refused("bad_value", _("没有可以列入的对象：没有查到，或已经列入。"))
    if campaign.items.count() + len(new) > most:
        raise Refused("bad_value", _("一次督查最多%(most)s个对象。") % {"most": most})
    choice = ObjectChoice.objects.create(
        campaign=campaign, kind=kind, filters=given.as_kept(), found=[row.subject for row in found],
        taken=[row.subject for row in new], by=by, at=at,
    )  # fmt: skip
    CampaignObject.objects.bulk_create([_row(campaign, row, choice=choice) for row in new], batch_size=200)
    words = {"kind": KINDS[kind], "found": len(found), "n": len(new), "title": campaign.title}
    journal_step(
        campaign,
        "added",
        _("“%(title)s”按条件列入%(kind)s：查到%(found)s个，列入%(n)s个") % words,
        by,
        at,
        filters=choice.filters,
        taken=len(new),
        digest=list_digest(choice.taken),
    )
    return choice


@transaction.atomic
def add_object(
    *, campaign: Campaign, row: CandidateObject, reason: str, by: User, at: datetime | None = None
) -> CampaignObject:
    """By hand, with its reason. Raises Refused: "reason_missing", "clash" (it is there already)."""
    require(by, "campaign.lead")
    if not reason.strip():
        raise Refused("reason_missing", _("请写明为什么补充这个对象。"))
    require_state(campaign, *CHANGEABLE)
    there = _there(campaign)
    if row.subject in there or (row.also and row.also in there):
        raise Refused("clash", _("%(title)s已经列入。") % {"title": row.title[:40]})
    made = _row(campaign, row, added_why=reason.strip()[:200])
    made.save()
    words = {"object": made.title[:80], "why": made.added_why}
    journal_step(
        campaign, "added", _("补充督查对象%(object)s：%(why)s") % words, by, at, subject=made.subject
    )
    return made


@transaction.atomic
def leave_out(*, objects: Sequence[CampaignObject], reason: str, by: User, at: datetime | None = None) -> int:
    """剔除, with its reason; the row stays. What was looked at is not left out.

    Raises Refused: "reason_missing", "bad_value" (none ticked), "state" (one was looked at)."""
    require(by, "campaign.lead")
    if not objects:
        raise Refused("bad_value", _("请先勾选对象。"))
    if not reason.strip():
        raise Refused("reason_missing", _("请写明为什么剔除。"))
    campaign = objects[0].campaign
    require_state(campaign, *CHANGEABLE)
    rows = CampaignObject.objects.filter(
        campaign=campaign, pk__in=[o.pk for o in objects], result="", left_out_why=""
    )
    changed = rows.update(left_out_why=reason.strip()[:200], left_out_by=by, team=None, day=None)
    if changed != len(objects):
        raise Refused("state", _("有对象已经督查过或已剔除，请刷新后再看。"))
    words = {"n": changed, "why": reason.strip()[:200], "title": campaign.title}
    journal_step(
        campaign,
        "left_out",
        _("“%(title)s”剔除对象%(n)s个：%(why)s") % words,
        by,
        at,
        subjects=[o.subject for o in objects],
    )
    return changed


@transaction.atomic
def put_back(*, item: CampaignObject, by: User, at: datetime | None = None) -> CampaignObject:
    """What was left out is an object again."""
    require(by, "campaign.lead")
    require_state(item.campaign, *CHANGEABLE)
    rows = CampaignObject.objects.filter(pk=item.pk).exclude(left_out_why="")
    if rows.update(left_out_why="", left_out_by=None) != 1:
        raise Refused("clash", _("这个对象没有被剔除。"))
    item.refresh_from_db()
    journal_step(
        item.campaign,
        "undo",
        _("恢复督查对象%(object)s") % {"object": item.title[:80]},
        by,
        at,
        subject=item.subject,
    )
    return item


def _there(campaign: Campaign) -> set[str]:
    pairs = campaign.items.values_list("subject", "also")
    return {address for pair in pairs for address in pair if address}


def _row(campaign: Campaign, row: CandidateObject, **more: Any) -> CampaignObject:
    return CampaignObject(
        campaign=campaign, subject=row.subject, also=row.also, title=row.title[:200], unit=row.unit,
        light=row.light if row.light in ("RED", "YELLOW", "GREEN") else "", why=row.why[:300],
        url=row.url[:120], **more,
    )  # fmt: skip


def _ground(campaign: Campaign) -> dict[str, str]:
    return {
        "ground": campaign.ground,
        "ordered_by": campaign.ordered_by,
        "days": f"{campaign.starts_on}—{campaign.ends_on}",
    }


def _values(given: CampaignPlan) -> dict[str, Any]:
    if given.kind not in campaign_rules(given.starts_on).kinds:
        raise Refused("bad_value", _("没有这种督查。"))
    if not given.title.strip() or not given.theme.strip():
        raise Refused("bad_value", _("请写明督查名称和督查内容。"))
    if not given.ground.strip() and not given.ordered_by.strip():
        raise Refused("bad_value", _("请写明依据文件或批准领导：没有依据不开展督查。"))
    if given.ends_on < given.starts_on:
        raise Refused("bad_value", _("结束日期早于开始日期。"))
    if (given.ends_on - given.starts_on).days > 184:
        raise Refused("bad_value", _("一次督查不超过半年，请分次开展。"))
    return {
        "kind": given.kind,
        "title": given.title.strip()[:120],
        "theme": given.theme.strip()[:1000],
        "ground": given.ground.strip()[:200],
        "ordered_by": given.ordered_by.strip()[:40],
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
    }
