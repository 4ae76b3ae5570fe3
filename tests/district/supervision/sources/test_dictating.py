"""A record without a paper: one typed line, read by the rules that read papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.supervision.conftest import MORNING
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.awaiting import office
from wenpan.district.supervision.models import Proposal, Source
from wenpan.district.supervision.sources import line_reading
from wenpan.district.supervision.sources.actions import deciding, dictating, undoing
from wenpan.district.supervision.sources.actions.dictating import dictate, open_record
from wenpan.district.supervision.sources.actions.proposing import propose_again
from wenpan.district.supervision.sources.line_reading import MOST


@pytest.fixture
def meeting_record(people):
    return open_record(
        title="10月调度会议定事项", issuer="江望舒", dated=date(2022, 10, 14), by=people["clerk"], at=MORNING
    )


def test_a_line_is_read_by_the_rules_of_papers_and_keeps_its_words(meeting_record, people, units):
    (row,) = dictate(
        source=meeting_record, line=" 住建局  10月底前完成保交楼摸底 ", by=people["clerk"], at=MORNING
    )
    assert (row.lead, row.deadline, row.origin) == (units["zjj"], date(2022, 10, 31), "person")
    assert row.evidence == "住建局 10月底前完成保交楼摸底"
    assert row.spans == []


def test_lines_stand_in_the_order_in_which_they_were_said(meeting_record, people):
    for line in ("桐溪镇月底前完成征地", "经发局月底前报投资分析"):
        dictate(source=meeting_record, line=line, by=people["clerk"])
    assert [p.text[:3] for p in meeting_record.proposals.order_by("order")] == ["桐溪镇", "经发局"]


@pytest.mark.parametrize("line", ["", "  ", "字" * (MOST + 1)])
def test_nothing_typed_and_too_much_are_refused(meeting_record, people, line):
    with pytest.raises(Refused):
        dictate(source=meeting_record, line=line, by=people["clerk"])
    assert not Proposal.objects.exists()


def test_a_paper_is_no_record_and_a_settled_record_takes_nothing_more(meeting_record, people):
    paper = Source.objects.create(
        kind="notice", title="通知", dated=date(2022, 10, 14), created_by=people["clerk"], created_at=MORNING
    )
    with pytest.raises(Refused):
        dictate(source=paper, line="桐溪镇月底前完成征地", by=people["clerk"])
    deciding.settle(source=meeting_record, by=people["clerk"])
    with pytest.raises(Refused) as told:
        dictate(source=meeting_record, line="桐溪镇月底前完成征地", by=people["clerk"])
    assert told.value.code == "state"


def test_who_may_not_draft_may_not_take_down(meeting_record, people):
    with pytest.raises(PermissionDenied):
        dictate(source=meeting_record, line="桐溪镇月底前完成征地", by=people["liaison"])
    with pytest.raises(PermissionDenied):
        open_record(title="会", issuer="", dated=date(2022, 10, 14), by=people["leader"])


def test_it_is_confirmed_mended_and_taken_back_like_any_proposal(meeting_record, people, units):
    (row,) = dictate(source=meeting_record, line="抓紧研究政策", by=people["clerk"])
    deciding.edit(proposal=row, changes={"lead": units["jfj"]}, by=people["clerk"])
    matter = deciding.confirm(proposal=row, by=people["clerk"])
    assert (matter.source, matter.evidence) == (meeting_record, "抓紧研究政策")
    undoing.undo(proposal=row, by=people["clerk"])
    assert row.state == Proposal.State.OPEN


def test_counting_deadlines_anew_leaves_what_was_typed(meeting_record, people):
    dictate(source=meeting_record, line="桐溪镇月底前完成征地", by=people["clerk"])
    propose_again(source=meeting_record, proposals=(), by=people["clerk"])
    assert meeting_record.proposals.count() == 1


def test_the_page_of_the_record_shows_its_lines_and_today_counts_them_once(meeting_record, people, signed_in):
    dictate(source=meeting_record, line="桐溪镇月底前完成征地", by=people["clerk"])
    page = signed_in("clerk").get(reverse("supervision:source", args=[meeting_record.pk]))
    assert "桐溪镇月底前完成征地" in page.content.decode()
    assert "papers" not in [group.code for group in office.groups(people["clerk"], MORNING, 5)]


@pytest.mark.parametrize("sign", ["各镇、", "10月底前"])
def test_a_line_on_which_the_rules_would_not_end_is_kept_as_typed(meeting_record, people, sign, monkeypatch):
    monkeypatch.setattr(line_reading, "SECONDS", 1)
    line = (sign * MOST)[:MOST]
    (row,) = dictating.dictate(source=meeting_record, line=line, by=people["clerk"])
    assert (row.text, row.lead) == (line, None)
    assert row.questions
