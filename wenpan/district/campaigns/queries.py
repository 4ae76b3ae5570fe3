"""What a person may see of campaigns, and every number of one, from one grouping query.

The office and the leaders see all; a member what their team sees; a unit's people, once the 通报 is issued,
what was found of their unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.campaigns.models import Campaign, CampaignMember, CampaignObject, CampaignTeam
from wenpan.district.campaigns.policy import CampaignRules, campaign_rules

State = Campaign.State
SHOWN = ("all", "left", "done", "problem", "out", "mine")
HELD = (State.RUNNING, State.CLOSED, State.ISSUED)


def visible(user: User) -> QuerySet[Campaign]:
    """Campaigns of which the person may see something."""
    if can(user, "campaign.view"):
        return Campaign.objects.all()
    if not can(user, "campaign.take_part"):
        return Campaign.objects.none()
    member = CampaignMember.objects.filter(team__campaign=OuterRef("pk"), user=user)
    mine = Exists(member) & Q(state__in=HELD)
    if user.unit_id is None:
        return Campaign.objects.filter(mine)
    about = CampaignObject.objects.filter(campaign=OuterRef("pk"), unit=user.unit_id).exclude(result="")
    return Campaign.objects.filter(mine | (Exists(about) & Q(state=State.ISSUED)))


def campaign_for(user: User, pk: int) -> Campaign:
    """Http404 for what the person may not see."""
    rows = visible(user).select_related("created_by", "closed_by", "issued_by")
    found = get_object_or_404(rows, pk=pk)
    if not isinstance(found, Campaign):
        raise Http404
    return found


def objects_for(user: User) -> QuerySet[CampaignObject]:
    """Objects of all campaigns that the person may see."""
    rows = CampaignObject.objects.all()
    if can(user, "campaign.view"):
        return rows
    if not can(user, "campaign.take_part"):
        return rows.none()
    mine = Q(team__in=CampaignMember.objects.filter(user=user).values("team"), campaign__state__in=HELD)
    if user.unit_id is None:
        return rows.filter(mine)
    return rows.filter(mine | (Q(unit=user.unit_id, campaign__state=State.ISSUED) & ~Q(result="")))


def listed(user: User) -> QuerySet[Campaign]:
    """With how many objects there are, were seen, and are problems; only of what the person may see."""
    own = Q(items__in=objects_for(user)) if not can(user, "campaign.view") else Q()
    there = own & Q(items__left_out_why="")
    return visible(user).annotate(
        n_all=Count("items", filter=there, distinct=True),
        n_seen=Count("items", filter=there & ~Q(items__result=""), distinct=True),
        n_asked=Count("items__proposal", filter=there, distinct=True),
    )


def rows_of(
    user: User,
    campaign: Campaign,
    *,
    show: str = "all",
    team: int | None = None,
    unit: str = "",
    day: date | None = None,
    result: str = "",
) -> QuerySet[CampaignObject]:
    """By day, then team, then unit: as a team drives. What has no day stands last."""
    rows = objects_for(user).filter(campaign=campaign)
    rows = rows.exclude(left_out_why="") if show == "out" else rows.filter(left_out_why="")
    if show == "left":
        rows = rows.filter(result="")
    elif show == "done":
        rows = rows.exclude(result="")
    elif show == "problem":
        rows = rows.filter(result__in=rules_of(campaign).problems)
    elif show == "mine":
        rows = rows.filter(team__members__user=user)
    if team is not None:
        rows = rows.filter(team=team)
    if unit:
        rows = rows.filter(unit__code=unit)
    if day is not None:
        rows = rows.filter(day=day)
    if result:
        rows = rows.filter(result=result)
    rows = rows.select_related(
        "unit", "team", "by", "campaign", "proposal__matter", "proposal__merged_into__matter"
    ).prefetch_related("files")
    lights = Case(When(light="RED", then=Value(0)), When(light="YELLOW", then=Value(1)), default=Value(2),
                  output_field=IntegerField())  # fmt: skip
    return rows.annotate(light_order=lights).order_by(
        F("day").asc(nulls_last=True), F("team__order").asc(nulls_last=True),
        F("unit__order").asc(nulls_last=True), "light_order", "pk",
    )  # fmt: skip


def rules_of(campaign: Campaign) -> CampaignRules:
    """As they were when it began."""
    return campaign_rules(campaign.starts_on)


@dataclass(frozen=True)
class GroupCount:
    """`key`: primary key of the team, code of the unit; "" for none."""

    key: str
    name: str
    objects: int
    seen: int
    problems: int

    @property
    def left(self) -> int:
        return self.objects - self.seen


@dataclass(frozen=True)
class CampaignSums:
    """Every number of a campaign. `results`: code, name, tone, count; `proposed`: matters asked for, once."""

    objects: int
    seen: int
    problems: int
    proposed: int
    left_out: int
    unplanned: int
    results: tuple[tuple[str, str, str, int], ...]
    teams: tuple[GroupCount, ...]
    units: tuple[GroupCount, ...]

    @property
    def left(self) -> int:
        return self.objects - self.seen


def sums(campaign: Campaign, within: QuerySet[CampaignObject] | None = None) -> CampaignSums:
    """Two queries: one that groups, one that counts proposals once. `within`: what the reader may see."""
    rows = campaign.items.all() if within is None else within.filter(campaign=campaign)
    rules = rules_of(campaign)
    there = rows.filter(left_out_why="")
    grouped: list[Any] = list(
        there.order_by().values("result", "team", "team__name", "team__order", "unit__code",
                                "unit__short_name", "unit__order", "day").annotate(n=Count("pk"))
    )  # fmt: skip
    other = rows.aggregate(
        out=Count("pk", filter=~Q(left_out_why="")),
        proposed=Count("proposal", filter=Q(left_out_why=""), distinct=True),
    )
    by_result = Counter[str]()
    for g in grouped:
        by_result[g["result"]] += g["n"]
    problems = set(rules.problems)
    known = [(code, r.label, r.tone, by_result[code]) for code, r in rules.results.items()]
    known += [(c, c, "", n) for c, n in by_result.items() if c and c not in rules.results]
    return CampaignSums(
        objects=sum(by_result.values()),
        seen=sum(n for code, n in by_result.items() if code),
        problems=sum(n for code, n in by_result.items() if code in problems),
        proposed=other["proposed"],
        left_out=other["out"],
        unplanned=sum(g["n"] for g in grouped if g["team"] is None or g["day"] is None),
        results=tuple(known),
        teams=_grouped(grouped, "team", "team__name", "team__order", problems),
        units=_grouped(grouped, "unit__code", "unit__short_name", "unit__order", problems),
    )


def _grouped(
    rows: Iterable[Any], key: str, name: str, order: str, problems: set[str]
) -> tuple[GroupCount, ...]:
    counts: dict[Any, list[int]] = {}
    heads: dict[Any, tuple[int, str]] = {}
    for row in rows:
        n = counts.setdefault(row[key], [0, 0, 0])
        heads[row[key]] = (row[order] if row[order] is not None else 10**6, row[name] or "")
        n[0] += row["n"]
        n[1] += row["n"] if row["result"] else 0
        n[2] += row["n"] if row["result"] in problems else 0
    ordered = sorted(counts, key=lambda k: (heads[k][0], str(k)))
    return tuple(GroupCount(str(k) if k is not None else "", heads[k][1], *counts[k]) for k in ordered)


def teams_of(campaign: Campaign) -> list[CampaignTeam]:
    return list(campaign.teams.select_related("leader").prefetch_related("members__user__unit"))


def units_found(campaign: Campaign) -> list[Unit]:
    """Units of which something was found or seen."""
    rows = campaign.items.exclude(result="").exclude(unit=None)
    return list(Unit.objects.filter(pk__in=rows.order_by().values("unit")))


def may_enter(user: User, campaign: Campaign, teams: Iterable[int]) -> set[int]:
    """Of these teams those for which the person may write findings now."""
    if campaign.state != State.RUNNING:
        return set()
    if can(user, "campaign.lead"):
        return set(teams)
    mine = CampaignMember.objects.filter(team__campaign=campaign, user=user)
    return set(mine.values_list("team", flat=True))


def due_today(user: User, on: date) -> QuerySet[CampaignObject]:
    """What the person's teams have to see by the day and have not seen; what has no day, on the last one."""
    mine = CampaignMember.objects.filter(user=user).values("team")
    by_now = Q(day__lte=on) | Q(day=None, campaign__ends_on__lte=on)
    return CampaignObject.objects.filter(
        by_now, team__in=mine, result="", left_out_why="", campaign__state=State.RUNNING
    )
