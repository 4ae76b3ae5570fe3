"""The campaigns of the demonstration: objects by query, days shared out, findings, closed, issued."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wenpan.demo.play.agenda import Act, Story
from wenpan.demo.story import matters
from wenpan.demo.story.campaigns import StoryCampaign, campaigns


def plan(story: Story) -> None:
    """The second one runs on the day on which the demonstration is opened: some is seen, some is left."""
    for told in campaigns():
        day = matters.day(told.starts)
        story.plan(matters.day(told.planned), _plans(story, told), 10)
        story.plan(day, _starts(story, told), 8, 30)
        last = (matters.day(told.ends) - day).days
        for n in range(last + 1):
            story.plan(day + timedelta(days=n), _finds(story, told), 16)
        if told.closes:
            story.plan(matters.day(told.closes), _closes(story, told), 17)
            story.plan(matters.day(told.issues), _issues(story, told), 10)


def _campaign(told: StoryCampaign) -> Any:
    from wenpan.district.campaigns.models import Campaign

    return Campaign.objects.filter(title=told.title).first()


def _wanted(asked: dict[str, Any], moment: datetime) -> list[Any]:
    """The objects that a campaign takes of one kind, with that light on that day."""
    from wenpan.district.campaigns.candidates import ObjectFilter, candidates

    rows = candidates(asked["kind"], ObjectFilter(light=asked["light"]), moment.date(), 1000)
    return list(rows)[: asked["most"]]


def _plans(story: Story, told: StoryCampaign) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.campaigns.actions import planning, teams
        from wenpan.district.campaigns.actions.planning import CampaignPlan
        from wenpan.district.campaigns.candidates import ObjectFilter
        from wenpan.district.ground.refused import Refused

        given = CampaignPlan(
            told.kind, told.title, told.theme, matters.day(told.starts), matters.day(told.ends),
            ground=told.ground, ordered_by=told.ordered_by,
        )  # fmt: skip
        taken = {asked["kind"]: _wanted(asked, moment) for asked in told.takes}
        if not any(taken.values()):
            return  # nothing shines on that day: there is nothing to inspect
        campaign = planning.plan_campaign(given=given, by=story.clerk, at=moment)
        for asked in told.takes:
            wanted, rows = ObjectFilter(light=asked["light"]), taken[asked["kind"]]
            try:
                planning.take_objects(
                    campaign=campaign, kind=asked["kind"], given=wanted, by=story.clerk, at=moment,
                    subjects=[row.subject for row in rows],
                )  # fmt: skip
            except Refused:
                continue  # nothing of this kind shines on that day
        for team in told.teams:
            teams.set_team(
                campaign=campaign, name=team["name"], leader=story.users[team["leader"]],
                members=[story.users[name] for name in team["members"]], by=story.clerk, at=moment,
            )  # fmt: skip
        teams.plan_days(campaign=campaign, by=story.clerk, at=moment)

    return act


def _starts(story: Story, told: StoryCampaign) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.campaigns.actions import planning, teams

        if (campaign := _campaign(told)) is None:
            return
        if loose := list(campaign.items.filter(team=None, left_out_why="")):
            reason = "责任单位人员在组，另行督查"
            planning.leave_out(objects=loose, reason=reason, by=story.clerk, at=moment)
        teams.start(campaign=campaign, by=story.clerk, at=moment)

    return act


def _finds(story: Story, told: StoryCampaign) -> Act:
    """Each team's leader writes what it saw that day."""

    def act(moment: datetime) -> None:
        from wenpan.district.campaigns.actions import entering
        from wenpan.district.campaigns.actions.entering import GivenFinding

        if (campaign := _campaign(told)) is None:
            return
        done = campaign.items.exclude(result="").count()
        rows = campaign.items.filter(result="", left_out_why="", day__lte=moment.date())
        for n, item in enumerate(rows.select_related("team__leader").order_by("day", "pk"), start=done):
            if n >= told.seen or item.team is None:
                return
            result, way, words = told.says[n % len(told.says)]
            given = GivenFinding(result, way, words)
            entering.enter(item=item, given=given, by=item.team.leader, at=moment + timedelta(minutes=n))

    return act


def _closes(story: Story, told: StoryCampaign) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.campaigns.actions import ending

        if (campaign := _campaign(told)) is None:
            return
        reason = "项目单位停工，负责人外出，已约定下周补看"
        ending.finish(campaign=campaign, summary=told.summary, reason=reason, by=story.clerk, at=moment)

    return act


def _issues(story: Story, told: StoryCampaign) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.campaigns.actions import ending

        if (campaign := _campaign(told)) is not None:
            ending.issue(campaign=campaign, by=story.chief, at=moment)

    return act
