"""Teams and days: who sees what on which day; then the list is frozen and the campaign begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.campaigns.models import Campaign, CampaignMember, CampaignObject, CampaignTeam
from wenpan.district.campaigns.policy import campaign_rules
from wenpan.district.campaigns.schedule import TeamDay, share_out
from wenpan.district.campaigns.steps import CHANGEABLE, State, journal_step, list_digest, require_state, step
from wenpan.district.ground.refused import Refused
from wenpan.rules.working_days import calendar


@transaction.atomic
def set_team(
    *,
    campaign: Campaign,
    name: str,
    leader: User,
    members: Sequence[User],
    by: User,
    team: CampaignTeam | None = None,
    at: datetime | None = None,
) -> CampaignTeam:
    """A new team, or another leader and other members of one. The leader is a member.

    Raises Refused: "bad_value" (no name, a person whose role takes no part), "clash" (the name is taken).
    """
    require(by, "campaign.lead")
    require_state(campaign, *CHANGEABLE)
    name = name.strip()[:20]
    if not name:
        raise Refused("bad_value", _("请写明组别名称。"))
    people = {user.pk: user for user in (leader, *members)}
    if unfit := [str(u) for u in people.values() if not can(u, "campaign.take_part")]:
        raise Refused("bad_value", _("%(names)s的角色不能参加督查组。") % {"names": "、".join(unfit)})
    try:
        with transaction.atomic():
            if team is None:
                order = max(campaign.teams.values_list("order", flat=True), default=0) + 1
                team = CampaignTeam.objects.create(campaign=campaign, order=order, name=name, leader=leader)
            else:
                CampaignTeam.objects.filter(pk=team.pk, campaign=campaign).update(name=name, leader=leader)
                team.refresh_from_db()
    except IntegrityError:
        raise Refused("clash", _("已经有名为“%(name)s”的组。") % {"name": name}) from None
    team.members.exclude(user__in=people).delete()
    there = set(team.members.values_list("user", flat=True))
    CampaignMember.objects.bulk_create(
        [CampaignMember(team=team, user_id=pk) for pk in people if pk not in there]
    )
    words = {"name": name, "leader": leader, "people": "、".join(str(u) for u in people.values())}
    journal_step(
        campaign, "set", _("%(name)s：组长%(leader)s，成员%(people)s") % words, by, at, people=sorted(people)
    )
    return team


@transaction.atomic
def drop_team(*, team: CampaignTeam, by: User, at: datetime | None = None) -> None:
    """Only a team that has seen nothing; its objects are without a team again."""
    require(by, "campaign.lead")
    campaign, name = team.campaign, team.name
    require_state(campaign, *CHANGEABLE)
    if team.items.exclude(result="").exists():
        raise Refused("state", _("%(name)s已经督查过对象，不能撤销。") % {"name": name})
    team.items.update(team=None, day=None)
    team.delete()
    journal_step(campaign, "withdraw", _("撤销%(name)s") % {"name": name}, by, at)


@transaction.atomic
def assign_objects(
    *,
    objects: Sequence[CampaignObject],
    team: CampaignTeam,
    day: date | None,
    by: User,
    at: datetime | None = None,
) -> int:
    """These objects to this team on this day (None: on any day of the campaign).

    Raises Refused "bad_value": none ticked, a day outside the campaign; "state": one was looked at already;
    "conflict": one belongs to the unit of somebody in the team."""
    require(by, "campaign.lead")
    if not objects:
        raise Refused("bad_value", _("请先勾选对象。"))
    campaign = team.campaign
    require_state(campaign, *CHANGEABLE)
    if day is not None and not campaign.starts_on <= day <= campaign.ends_on:
        span = {"first": campaign.starts_on, "last": campaign.ends_on}
        raise Refused("bad_value", _("督查日期应在%(first)s至%(last)s之间。") % span)
    own = set(team.members.values_list("user__unit", flat=True)) - {None}
    if close := [o.title for o in objects if o.unit_id in own]:
        who = {"team": team.name, "title": close[0][:40]}
        raise Refused("conflict", _("%(team)s有%(title)s责任单位的人，应当回避，请换一个组。") % who)
    rows = CampaignObject.objects.filter(
        campaign=campaign, pk__in=[o.pk for o in objects], result="", left_out_why=""
    )
    if (changed := rows.update(team=team, day=day)) != len(objects):
        raise Refused("state", _("有对象已经督查过或已剔除，请刷新后再看。"))
    words = {"team": team.name, "n": changed, "day": day or _("不定日期")}
    journal_step(
        campaign,
        "set",
        _("%(n)s个对象由%(team)s督查，%(day)s") % words,
        by,
        at,
        objects=[o.pk for o in objects],
    )
    return changed


@transaction.atomic
def plan_days(*, campaign: Campaign, by: User, at: datetime | None = None) -> int:
    """What has no team or no day yet is shared out over the working days that are left. Gives how many.

    Raises Refused "bad_value": no team, no working day left, nothing to plan."""
    require(by, "campaign.lead")
    at = at or timezone.now()
    require_state(campaign, *CHANGEABLE)
    teams = list(campaign.teams.prefetch_related("members__user"))
    days = _working_days(max(campaign.starts_on, timezone.localdate(at)), campaign.ends_on)
    if not teams or not days:
        raise Refused("bad_value", _("先设督查组；督查期内还要有工作日。"))
    waiting = CampaignObject.objects.filter(campaign=campaign, result="", left_out_why="")
    left = list(waiting.filter(team=None) | waiting.filter(day=None))
    if not left:
        raise Refused("bad_value", _("没有待排期的对象。"))
    barred = {(t.pk, str(m.user.unit_id)) for t in teams for m in t.members.all() if m.user.unit_id}
    held = waiting.exclude(team=None).exclude(day=None).values_list("team_id", "day")
    load = Counter(TeamDay(team, day) for team, day in held if team is not None and day is not None)
    found = _slots(campaign, teams, left, days, barred, load)
    for o in left:
        if slot := found.get(o.pk):
            o.team_id, o.day = slot.team, slot.day
    CampaignObject.objects.bulk_update([o for o in left if o.pk in found], ["team", "day"], batch_size=200)
    words = {"n": len(found), "left": len(left) - len(found)}
    journal_step(campaign, "set", _("自动排期%(n)s个对象，排不下%(left)s个") % words, by, at, **words)
    return len(found)


def _slots(
    campaign: Campaign,
    teams: Sequence[CampaignTeam],
    left: Sequence[CampaignObject],
    days: Sequence[date],
    barred: set[tuple[int, str]],
    load: Counter[TeamDay],
) -> dict[int, TeamDay]:
    """What has its team already keeps it and only gets a day; the rest goes to whoever has room."""
    most = campaign_rules(campaign.starts_on).most_of_day
    found: dict[int, TeamDay] = {}
    for among in (*([t.pk] for t in teams), None):
        own = [o for o in left if o.team_id == (among[0] if among else None)]
        rows = [(o.pk, str(o.unit_id or f"-{o.pk}")) for o in own]
        barring = barred if among is None else set()
        part = share_out(rows, among or [t.pk for t in teams], days, most=most, barred=barring, load=load)
        load.update(part.values())
        found |= part
    return found


@transaction.atomic
def start(*, campaign: Campaign, by: User, seen: int | None = None, at: datetime | None = None) -> Campaign:
    """The list as it stands is frozen in the journal, and the teams see what is theirs.

    Raises Refused "state": no object; an object without a team."""
    require(by, "campaign.lead")
    at = at or timezone.now()
    require_state(campaign, State.PLANNED)
    rows = campaign.items.filter(left_out_why="").order_by("pk")
    subjects = list(rows.values_list("subject", flat=True))
    if not subjects:
        raise Refused("state", _("还没有督查对象。"))
    if loose := rows.filter(team=None).count():
        raise Refused("state", _("还有%(n)s个对象没有分到督查组。") % {"n": loose})
    step(campaign, (State.PLANNED,), seen, state=State.RUNNING, started_at=at)
    words = {"title": campaign.title, "n": len(subjects)}
    journal_step(
        campaign,
        "start",
        _("“%(title)s”开始，督查对象%(n)s个") % words,
        by,
        at,
        objects=len(subjects),
        digest=list_digest(subjects),
    )
    return campaign


def _working_days(first: date, last: date) -> list[date]:
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if calendar().is_working_day(day)]
