"""What a team found: by its own people, once, with evidence; a problem asks for one matter a cause."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.district.campaigns.conftest import FRIDAY, MONDAY
from tests.district.supervision.conftest import day
from wenpan.district.campaigns import queries
from wenpan.district.campaigns.actions import ending, entering, planning
from wenpan.district.campaigns.actions.entering import GivenFinding
from wenpan.district.campaigns.models import Campaign, CampaignObject, FindingFile
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions as supervision
from wenpan.district.supervision.lights.actions import propose_from_lights
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.sources.actions import deciding

GOOD = GivenFinding("done", "site")
BAD = GivenFinding("problem", "site", "现场没有施工")


def refused(act, **given):
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value.code


def photo(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    return out.getvalue()


def test_a_member_records_what_was_found_and_the_journal_tells_it(running, people):
    item = entering.enter(item=running[0], given=GOOD, by=people["analyst"], at=MONDAY)
    assert (item.result, item.by, item.proposal) == ("done", people["analyst"], None)
    assert Entry.objects.filter(action="campaigns.looked", detail__subject=item.subject).count() == 1


@pytest.mark.parametrize(
    "given",
    [GivenFinding("good", "site"), GivenFinding("done", "dream"), GivenFinding("problem", "site", " ")],
)
def test_no_such_result_no_such_way_and_a_problem_without_words_are_refused(running, people, given):
    assert (
        refused(entering.enter, item=running[0], given=given, by=people["analyst"], at=MONDAY) == "bad_value"
    )


def test_another_teams_object_is_not_there_and_the_office_writes_for_all(running, people):
    with pytest.raises(NotYours):
        entering.enter(item=running[0], given=GOOD, by=people["liaison"], at=MONDAY)
    assert entering.enter(item=running[0], given=GOOD, by=people["second"], at=MONDAY).result == "done"


def test_nobody_writes_what_was_found_at_their_own_unit(running, people):
    people["analyst"].unit = running[0].unit
    people["analyst"].save()
    assert refused(entering.enter, item=running[0], given=GOOD, by=people["analyst"], at=MONDAY) == "conflict"


@pytest.mark.parametrize(("when", "code"), [("2022-10-16", "state"), ("2022-10-17", "")])
def test_nothing_is_found_before_the_first_day(running, people, when, code):
    given = {"item": running[0], "given": GOOD, "by": people["analyst"], "at": day(when)}
    if code:
        assert refused(entering.enter, **given) == code
    else:
        assert entering.enter(**given).result == "done"


def test_what_is_left_out_or_over_is_not_written(running, people, planned):
    planning.leave_out(objects=[running[0]], reason="已竣工", by=people["clerk"])
    given = {"given": GOOD, "by": people["analyst"], "at": MONDAY}
    assert refused(entering.enter, item=running[0], given=GOOD, by=people["clerk"], at=MONDAY) == "state"
    entering.enter(item=running[1], **given)
    assert refused(planning.leave_out, objects=[running[1]], reason="x", by=people["clerk"]) == "state"
    ending.finish(campaign=planned, reason="天气", by=people["clerk"], at=FRIDAY)
    assert refused(entering.enter, item=running[2], **given) == "state"


def test_of_two_at_once_one_is_told_and_only_the_author_or_the_office_puts_it_right(running, people, team):
    team.members.create(user=people["leader"])
    entering.enter(item=running[0], given=GOOD, by=people["analyst"], seen=1, at=MONDAY)
    again = {"item": running[0], "at": MONDAY}
    assert refused(entering.enter, given=BAD, by=people["leader"], **again) == "clash"
    assert refused(entering.enter, given=BAD, by=people["analyst"], seen=1, **again) == "clash"
    assert entering.enter(given=GivenFinding("moving", "phone"), by=people["analyst"], **again).way == "phone"
    assert entering.enter(given=GOOD, by=people["clerk"], **again).by == people["clerk"]


def test_many_are_recorded_together_all_or_none(running, people):
    n = entering.enter_many(items=running[:2], given=GOOD, by=people["analyst"], at=MONDAY)
    assert n == 2
    assert refused(entering.enter_many, items=running, given=GOOD, by=people["analyst"], at=MONDAY) == "clash"
    running[2].refresh_from_db()
    assert running[2].result == ""
    assert refused(entering.enter_many, items=[], given=GOOD, by=people["analyst"]) == "bad_value"


def test_photos_and_papers_are_kept_once_and_a_photo_is_shown_without_its_traces(running, people):
    files = [("门口.jpg", photo()), ("记录.txt", "停工".encode())]
    evidence = entering.evidence_of(files=files, by=people["analyst"], at=MONDAY)
    entering.enter(item=running[0], given=BAD, evidence=evidence, by=people["analyst"], at=MONDAY)
    assert [bool(f.shown) for f in running[0].files.all()] == [True, False]
    more = entering.evidence_of(
        files=[("门口.jpg", photo()), ("侧面.jpg", photo("blue"))], by=people["analyst"]
    )
    assert entering.attach(item=running[0], evidence=more, by=people["analyst"], at=MONDAY) == 1
    assert FindingFile.objects.count() == 3


@pytest.mark.parametrize("file", [("x.exe", b"MZ"), ("假.jpg", b"\xff\xd8\xffno"), ("空.pdf", b"")])
def test_what_is_no_evidence_is_refused_before_anything_is_written(people, file):
    assert refused(entering.evidence_of, files=[file], by=people["analyst"]) == "bad_value"


def test_evidence_needs_a_finding(running, people):
    evidence = entering.evidence_of(files=[("门口.jpg", photo())], by=people["analyst"])
    assert refused(entering.attach, item=running[0], evidence=evidence, by=people["analyst"]) == "state"


# one cause once


def test_a_problem_proposes_a_matter_and_stays_linked_both_ways(running, people):
    item = entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    proposal = Proposal.objects.get()
    assert item.proposal == proposal and proposal.findings.get() == item
    assert (proposal.cause, proposal.origin, proposal.lead, proposal.kind) == (
        item.subject, "campaign", item.unit, "inspection",
    )  # fmt: skip
    assert "现场没有施工" in proposal.evidence and "第一组" in proposal.place
    matter = deciding.confirm(proposal=proposal, by=people["clerk"], at=MONDAY)
    assert matter.cause == item.subject


def test_an_open_matter_of_the_same_cause_is_joined_and_not_doubled(running, people):
    matter = supervision.draft(
        title="旧事项", kind="other", cause=running[0].subject, by=people["clerk"], at=MONDAY
    )
    item = entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    assert item.proposal is not None
    assert (item.proposal.state, item.proposal.matter) == ("merged", matter)
    assert Matter.objects.count() == 1
    assert "现场没有施工" in matter.events.last().text


def test_a_matter_that_is_itself_looked_at_is_joined(planned, added, team, people, assigned):
    from wenpan.district.campaigns.actions import teams
    from wenpan.district.campaigns.candidates import CandidateObject

    matter = assigned()
    row = CandidateObject(f"matter:{matter.pk}", matter.title, matter.lead)
    item = planning.add_object(campaign=planned, row=row, reason="x", by=people["clerk"])
    teams.assign_objects(objects=[item], team=team, day=None, by=people["clerk"])
    teams.start(campaign=planned, by=people["clerk"])
    item = entering.enter(item=item, given=BAD, by=people["analyst"], at=MONDAY)
    assert item.proposal is not None and item.proposal.matter == matter


def test_the_twin_on_the_other_list_is_the_same_cause(running, people):
    running[0].also = "key_project:77"
    running[0].save()
    matter = supervision.draft(
        title="旧", kind="other", cause="key_project:77", by=people["clerk"], at=MONDAY
    )
    item = entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    assert item.proposal is not None and item.proposal.matter == matter


def test_an_open_proposal_of_a_light_gains_the_finding_and_no_longer_goes_with_the_light(running, people):
    lit = Proposal.objects.create(
        cause=running[0].subject,
        origin="light",
        text="红灯整改",
        evidence="三个月没有投资",
        detail={"light": "RED"},
    )
    item = entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    assert item.proposal == lit and Proposal.objects.count() == 1
    propose_from_lights(on=MONDAY.date(), at=MONDAY)
    lit.refresh_from_db()
    assert (lit.state, lit.evidence.splitlines()[0]) == ("open", "三个月没有投资")
    assert "现场没有施工" in lit.evidence


def test_lights_neither_withdraw_nor_double_what_an_inspection_found(running, people):
    entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    before = Proposal.objects.values_list("pk", "state", "version")[0]
    propose_from_lights(on=MONDAY.date(), at=MONDAY)
    assert list(Proposal.objects.values_list("pk", "state", "version")) == [before]


def test_a_finding_put_right_takes_its_proposal_back_until_the_office_has_decided(running, people):
    for one, decided in ((running[0], False), (running[1], True)):
        item = entering.enter(item=one, given=BAD, by=people["analyst"], at=MONDAY)
        if decided:
            deciding.confirm(proposal=item.proposal, by=people["clerk"], at=MONDAY)
            again = {"item": item, "given": GOOD, "by": people["analyst"], "at": MONDAY}
            assert refused(entering.enter, **again) == "state"
            item.refresh_from_db()
            assert item.result == "problem"
        else:
            right = entering.enter(item=item, given=GOOD, by=people["analyst"], at=MONDAY)
            assert right.proposal is None and Proposal.objects.get().state == "dropped"


def test_a_second_finding_on_a_second_object_of_the_same_campaign_is_counted_by_its_own_matter(
    running, people, planned
):
    for item in running:
        entering.enter(item=item, given=BAD, by=people["clerk"], at=MONDAY)
    n = queries.sums(planned)
    assert (n.seen, n.problems, n.proposed, n.left) == (3, 3, 3, 0)
    assert sum(count for *_x, count in n.results) == 3
    assert [(g.name, g.objects, g.problems) for g in n.units] == [("住建局", 1, 1), ("桐溪镇", 2, 2)]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(planned=st.none() | st.integers(-2, 2), ends=st.integers(-1, 2), state=st.sampled_from(Campaign.State))
def test_an_object_awaits_its_team_from_its_day_or_from_the_last_one(running, people, planned, ends, state):
    """The day before not yet, on the day and after it until it is seen; only while the campaign runs."""
    item = running[0]
    on = item.campaign.starts_on + timedelta(days=1)
    with transaction.atomic():
        day = None if planned is None else on + timedelta(days=planned)
        CampaignObject.objects.filter(pk=item.pk).update(day=day)
        last = on + timedelta(days=ends)
        starts = min(item.campaign.starts_on, last)
        Campaign.objects.filter(pk=item.campaign_id).update(starts_on=starts, ends_on=last, state=state)
        awaits = state == Campaign.State.RUNNING and (day or last) <= on
        assert queries.due_today(people["analyst"], on).filter(pk=item.pk).exists() == awaits
        transaction.set_rollback(True)
