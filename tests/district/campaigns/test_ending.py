"""A campaign ends when all is seen or the reason is said; the 通报 keeps its numbers; units see their own."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from tests.district.campaigns.conftest import FRIDAY, MONDAY
from tests.district.places import as_jsonb
from wenpan.district.campaigns import papers, queries, rederived
from wenpan.district.campaigns.actions import ending, entering
from wenpan.district.campaigns.actions.entering import GivenFinding
from wenpan.district.campaigns.facts import campaign_facts, issued_facts
from wenpan.district.campaigns.models import Campaign, CampaignObject, CampaignReport
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Notice
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.letters import campaign_report
from wenpan.documents.papers.letters.campaign_report import CampaignFacts
from wenpan.rules.schema import read_kept

GOOD, BAD = GivenFinding("done", "site"), GivenFinding("problem", "site", "现场没有施工")


@pytest.fixture
def found(running, people):
    """One problem, one good, one not seen."""
    entering.enter(item=running[0], given=BAD, by=people["analyst"], at=MONDAY)
    entering.enter(item=running[1], given=GOOD, by=people["analyst"], at=MONDAY)
    return running


@pytest.fixture
def closed(found, planned, people):
    return ending.finish(
        campaign=planned, reason="业主外出", summary="总体较好", by=people["clerk"], at=FRIDAY
    )


def test_what_was_not_seen_needs_its_reason(found, planned, people):
    with pytest.raises(Refused) as told:
        ending.finish(campaign=planned, by=people["clerk"], at=FRIDAY)
    assert told.value.code == "reason_missing" and "1个" in told.value.message
    ending.finish(campaign=planned, reason="业主外出", by=people["clerk"], at=FRIDAY)
    assert (planned.state, planned.unseen_reason) == (Campaign.State.CLOSED, "业主外出")


def test_when_all_is_seen_no_reason_is_kept(found, planned, people):
    entering.enter(item=found[2], given=GOOD, by=people["analyst"], at=MONDAY)
    ending.finish(campaign=planned, reason="多写的", by=people["clerk"], at=FRIDAY)
    assert planned.unseen_reason == ""


def test_it_may_go_on_until_it_is_issued(closed, people):
    ending.resume(campaign=closed, by=people["clerk"])
    assert closed.state == Campaign.State.RUNNING
    ending.finish(campaign=closed, reason="x", by=people["clerk"], at=FRIDAY)
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    with pytest.raises(Refused):
        ending.resume(campaign=closed, by=people["clerk"])


def test_the_head_issues_and_the_clerk_does_not(closed, people):
    with pytest.raises(PermissionDenied):
        ending.issue(campaign=closed, by=people["clerk"], at=FRIDAY)
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    assert CampaignReport.objects.get().campaign == closed
    assert Notice.objects.filter(user=people["town"]).count() == 1


def test_the_paper_says_the_numbers_of_the_page(closed):
    n = queries.sums(closed)
    words = "\n".join(p.text for p in Document(io.BytesIO(papers.report_docx(closed))).paragraphs)
    assert f"列入对象{n.objects}个，已督查{n.seen}个" in words.replace(" ", "")
    assert "未督查的原因：业主外出。" in words and "总体较好" in words
    assert "根据安政办〔2022〕31号，经江望舒批准" in words


def test_an_issued_paper_does_not_change(closed, people, found):
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    facts = issued_facts(closed)
    found[0].title = "改名"
    found[0].save()
    assert issued_facts(closed) == facts != campaign_facts(closed, FRIDAY.date())
    assert papers.report_docx(closed)


def test_an_issued_paper_is_made_again_to_the_byte_by_a_database_without_an_order_of_names(closed, people):
    as_it_stood = campaign_facts(closed, FRIDAY.date())
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    issued = papers.report_docx(Campaign.objects.get(pk=closed.pk))
    assert issued == render(campaign_report.compose(as_it_stood), created=FRIDAY.date())
    again = read_kept(CampaignFacts, as_jsonb(CampaignReport.objects.get().facts))
    assert issued == render(campaign_report.compose(again), created=FRIDAY.date())


# who sees what


def seen_by(user, campaign):
    rows = queries.objects_for(user).filter(campaign=campaign)
    return queries.visible(user).filter(pk=campaign.pk).exists(), rows.count()


def test_before_it_begins_only_the_office_and_the_leader_know_of_it(planned, added, team, people):
    added()
    told = {
        name: seen_by(people[name], planned) for name in ("clerk", "leader", "analyst", "town", "liaison")
    }
    nobody = (False, 0)
    assert told == {
        "clerk": (True, 1),
        "leader": (True, 1),
        "analyst": nobody,
        "town": nobody,
        "liaison": nobody,
    }


def test_while_it_runs_a_member_sees_the_own_team_and_a_unit_nothing(found, planned, people):
    assert seen_by(people["analyst"], planned) == (True, 3)
    assert seen_by(people["town"], planned) == (False, 0)


def test_after_it_is_issued_a_unit_sees_what_was_found_of_itself_and_nothing_else(closed, people):
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    assert seen_by(people["town"], closed) == (True, 2)
    assert seen_by(people["liaison"], closed) == (False, 0), "its object was not seen: nothing was found"
    assert queries.sums(closed, queries.objects_for(people["town"])).objects == 2


def test_doctor_counts_what_was_found_again(closed, people, found, behind_the_back):
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    assert told() == []
    ending.issue(campaign=closed, by=people["chief"], at=FRIDAY)
    assert told() == []
    with behind_the_back():
        kept_report = CampaignReport.objects.get()
        CampaignReport.objects.update(facts=kept_report.facts | {"left_out": 7})
        assert told() == [
            f"the report of campaigns.Campaign row {closed.pk} is not what was found: left_out."
        ]
        CampaignReport.objects.update(facts=kept_report.facts | {"seen": 99})
        assert "contradicts itself" in told()[0]
        CampaignReport.objects.update(facts=kept_report.facts)
        CampaignObject.objects.filter(pk=found[0].pk).update(result=GOOD.result)
        assert "is not what was found: " in told()[0] and "problems" in told()[0]
        Campaign.objects.update(state="running")
        assert "is kept as running, its own days give issued" in told()[0]
