"""A campaign is planned: with its ground, its objects by query and by hand, its teams and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.campaigns.conftest import GIVEN, MONDAY, PLANNED_ON
from tests.district.supervision.conftest import day
from wenpan.district.campaigns import queries
from wenpan.district.campaigns.actions import planning, teams
from wenpan.district.campaigns.candidates import CandidateObject, ObjectFilter, candidates
from wenpan.district.campaigns.models import Campaign, CampaignObject, CampaignTeam
from wenpan.district.campaigns.steps import list_digest
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.models import KeyProject, Link


def refused(act, **given):
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value.code


def test_a_campaign_is_planned_with_its_ground_and_journalled(people):
    campaign = planning.plan_campaign(given=GIVEN, by=people["clerk"], at=PLANNED_ON)
    entry = Entry.objects.get(action="campaigns.create", subject=f"campaign:{campaign.pk}")
    assert entry.detail["ground"] == "安政办〔2022〕31号"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "tea"},
        {"title": " "},
        {"theme": ""},
        {"ground": "", "ordered_by": " "},
        {"ends_on": date(2022, 10, 16)},
        {"ends_on": date(2023, 10, 16)},
    ],
)
def test_without_kind_theme_ground_or_with_days_that_cannot_be_it_is_refused(people, wrong):
    given = replace(GIVEN, **wrong)
    assert refused(planning.plan_campaign, given=given, by=people["clerk"], at=PLANNED_ON) == "bad_value"
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("who", ["leader", "analyst", "liaison", "head"])
def test_only_the_office_leads(people, who, planned, added):
    item = added()
    for act, more in (
        (planning.plan_campaign, {"given": GIVEN}),
        (planning.amend, {"campaign": planned, "given": GIVEN}),
        (planning.leave_out, {"objects": [item], "reason": "x"}),
        (teams.plan_days, {"campaign": planned}),
        (teams.start, {"campaign": planned}),
    ):
        with pytest.raises(PermissionDenied):
            act(**more, by=people[who])


def test_two_who_change_a_campaign_at_once_are_told(planned, people):
    planning.amend(campaign=planned, given=replace(GIVEN, title="甲"), by=people["clerk"], seen=1)
    stale = refused(planning.amend, campaign=planned, given=GIVEN, by=people["second"], seen=1)
    assert stale == "clash"
    planned.refresh_from_db()
    assert planned.title == "甲"


def test_a_day_that_is_no_longer_in_the_campaign_is_taken_from_what_was_not_seen(running, planned, people):
    planning.amend(campaign=planned, given=replace(GIVEN, starts_on=date(2022, 10, 18)), by=people["clerk"])
    assert [o.day for o in planned.items.all()] == [None, None, date(2022, 10, 18)]


def test_a_planned_campaign_is_called_off_and_a_running_one_is_not(planned, people):
    planning.cancel(campaign=planned, by=people["clerk"])
    assert planned.state == Campaign.State.CANCELLED
    assert refused(planning.cancel, campaign=planned, by=people["clerk"]) == "state"


# objects


def test_matters_are_found_by_light_unit_and_words(assigned):
    late = assigned("供地", due=date(2022, 10, 14))
    assigned("摸底", due=date(2022, 12, 30), lead="tongxi", coops=())
    on = date(2022, 10, 17)

    def found(**given):
        return [row.subject for row in candidates("matter", ObjectFilter(**given), on, 100)]

    assert found(light="RED") == [f"matter:{late.pk}"] == found(words="供地") == found(unit="zjj")
    assert len(found()) == 2 and found()[0] == f"matter:{late.pk}", "red stands first"
    assert found(light="YELLOW") == []


@pytest.mark.parametrize("kind", ["key_project", "project", "deal", "request", "firm"])
def test_every_kind_can_be_asked_for_in_an_empty_district(units, kind):
    for light in ("", "lit", "RED"):
        assert candidates(kind, ObjectFilter(light=light), date(2022, 10, 17), 10) == []


def test_a_query_is_frozen_with_what_it_gave_and_what_was_taken(planned, people, project):
    rows = [project(name) for name in "甲乙丙"]
    wanted = [f"project:{rows[0].pk}", f"project:{rows[2].pk}"]
    choice = planning.take_objects(
        campaign=planned, kind="project", given=ObjectFilter(unit="tongxi"), subjects=wanted,
        by=people["clerk"], at=PLANNED_ON,
    )  # fmt: skip
    assert (choice.filters, choice.taken, len(choice.found)) == ({"unit": "tongxi"}, wanted, 3)
    assert set(planned.items.values_list("subject", flat=True)) == set(wanted)
    entry = Entry.objects.get(action="campaigns.added")
    assert entry.detail["digest"] == list_digest(wanted)
    project("丁")
    choice.refresh_from_db()
    assert len(choice.found) == 3, "what comes later is not in it"


def test_nothing_is_taken_twice_also_not_under_its_other_name(planned, people, project, units):
    one = project("智造园")
    key = KeyProject.objects.create(
        code="Z1", name="智造园", level="district", stage="preparation", year=2022, kind="industry",
        planned_start="2022-05", year_plan=900, planned_total=900, unit=units["tongxi"], pinyin="x",
    )  # fmt: skip
    Link.objects.create(
        project=one, key_project=key, year=2022, confirmed_by=people["clerk"], confirmed_at=PLANNED_ON
    )
    given = {"campaign": planned, "given": ObjectFilter(), "by": people["clerk"], "at": PLANNED_ON}
    planning.take_objects(kind="key_project", **given)
    assert refused(planning.take_objects, kind="project", **given) == "bad_value"
    assert planned.items.get().also == f"project:{one.pk}"


def test_by_hand_an_object_needs_its_reason_and_comes_once(planned, people, added, project):
    item = added()
    assert (item.added_why, item.why) == ("现场反映", "三个月没有投资")
    row = CandidateObject(item.subject, item.title, item.unit)
    given = {"campaign": planned, "row": row, "by": people["clerk"]}
    assert refused(planning.add_object, reason=" ", **given) == "reason_missing"
    assert refused(planning.add_object, reason="x", **given) == "clash"


def test_what_is_left_out_keeps_its_row_and_reason_and_comes_back(added, people, planned):
    item = added()
    assert refused(planning.leave_out, objects=[item], reason="", by=people["clerk"]) == "reason_missing"
    planning.leave_out(objects=[item], reason="已竣工", by=people["clerk"])
    item.refresh_from_db()
    assert item.left_out_why == "已竣工" and queries.sums(planned).objects == 0
    assert queries.sums(planned).left_out == 1
    planning.put_back(item=item, by=people["clerk"])
    assert queries.sums(planned).objects == 1
    assert refused(planning.put_back, item=item, by=people["clerk"]) == "clash"


def test_once_begun_objects_come_by_hand_only(running, planned, people, project):
    project("迟来的")
    given = {"campaign": planned, "kind": "project", "given": ObjectFilter(), "by": people["clerk"]}
    assert refused(planning.take_objects, **given) == "state"


# teams and days


def test_a_team_has_its_leader_among_its_members_and_another_list_replaces_it(team, people, planned):
    assert [m.user for m in team.members.all()] == [people["analyst"]]
    changed = teams.set_team(
        campaign=planned, name="第一组", leader=people["clerk"], members=[people["town"]], team=team,
        by=people["clerk"],
    )  # fmt: skip
    assert {m.user for m in changed.members.all()} == {people["clerk"], people["town"]}
    again = {"campaign": planned, "name": "第一组", "leader": people["second"], "members": []}
    assert refused(teams.set_team, by=people["clerk"], **again) == "clash"


def test_an_administrator_takes_no_part(planned, people, make_user):
    given = {"campaign": planned, "name": "甲", "leader": make_user("auditor"), "members": []}
    assert refused(teams.set_team, by=people["clerk"], **given) == "bad_value"


def test_a_team_goes_with_its_plan_unless_it_has_seen_something(team, added, people):
    item = added()
    teams.assign_objects(objects=[item], team=team, day=date(2022, 10, 17), by=people["clerk"])
    teams.drop_team(team=team, by=people["clerk"])
    item.refresh_from_db()
    assert (item.team_id, item.day) == (None, None) and not CampaignTeam.objects.exists()


@pytest.mark.parametrize(
    ("on", "code"),
    [("2022-10-16", "bad_value"), ("2022-10-22", "bad_value"), ("2022-10-17", ""), ("2022-10-21", "")],
)
def test_a_day_outside_the_campaign_is_refused(team, added, people, on, code):
    given = {"objects": [added()], "team": team, "day": date.fromisoformat(on), "by": people["clerk"]}
    if code:
        assert refused(teams.assign_objects, **given) == code
    else:
        assert teams.assign_objects(**given) == 1


def test_a_team_with_somebody_of_the_unit_does_not_get_it(planned, added, people):
    own = teams.set_team(campaign=planned, name="镇里", leader=people["town"], members=[], by=people["clerk"])
    given = {"objects": [added()], "team": own, "day": None, "by": people["clerk"]}
    assert refused(teams.assign_objects, **given) == "conflict"


def test_days_are_shared_out_over_the_working_days_and_a_given_team_stays(planned, added, team, people):
    other = teams.set_team(
        campaign=planned, name="第二组", leader=people["second"], members=[], by=people["clerk"]
    )
    items = [added(f"项目{n}", "tongxi" if n < 6 else "liuwan") for n in range(12)]
    teams.assign_objects(objects=items[:1], team=other, day=None, by=people["clerk"])
    assert teams.plan_days(campaign=planned, by=people["clerk"], at=PLANNED_ON) == 12
    rows = list(planned.items.all())
    assert all(date(2022, 10, 17) <= row.day <= date(2022, 10, 21) for row in rows)
    assert planned.items.get(pk=items[0].pk).team_id == other.pk
    assert refused(teams.plan_days, campaign=planned, by=people["clerk"], at=PLANNED_ON) == "bad_value"


def test_days_that_are_over_are_not_planned(planned, added, team, people):
    added()
    after = day("2022-10-22")
    assert refused(teams.plan_days, campaign=planned, by=people["clerk"], at=after) == "bad_value"
    teams.plan_days(campaign=planned, by=people["clerk"], at=day("2022-10-19"))
    assert planned.items.get().day >= date(2022, 10, 19)


def test_it_begins_when_every_object_has_a_team_and_the_list_is_frozen(planned, added, team, people):
    start = {"campaign": planned, "by": people["clerk"], "at": MONDAY}
    assert refused(teams.start, **start) == "state"
    item = added()
    assert refused(teams.start, **start) == "state"
    teams.assign_objects(objects=[item], team=team, day=None, by=people["clerk"])
    teams.start(**start)
    entry = Entry.objects.get(action="campaigns.start")
    assert entry.detail["digest"] == list_digest([item.subject])
    assert refused(teams.start, **start) == "state"
    assert CampaignObject.objects.count() == 1
