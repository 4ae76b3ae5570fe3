"""Drafted, reviewed, issued: three people, frozen numbers, the same bytes; refused with reasons."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document as Docx

from tests.district.bulletins.matters import day
from wenpan.district.bulletins import actions, queries
from wenpan.district.bulletins.forms import DraftForm
from wenpan.district.bulletins.models import Document, Step
from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions as deeds
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.models import ScoreSheet, WeeklyInspection
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import from_json
from wenpan.documents.words.word_paragraphs import unwrap
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
AT = day("2022-10-08")


@pytest.fixture
def drafted(district):
    district.matters = district.september()
    return actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)


@pytest.fixture
def reviewed(drafted, district):
    return actions.review(document=drafted, by=district.people["chief"], at=AT)


@pytest.fixture
def issued(reviewed, district):
    return actions.issue(document=reviewed, by=district.people["leader"], at=day("2022-10-10"))


def words(document):
    made = unwrap(Docx(io.BytesIO(originals.get(document.sha256))))
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    box = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"
    foot = ["".join(p.itertext()) for content in made.element.body.iter(box) for p in content]
    return "\n".join([p.text for p in made.paragraphs] + list(cells) + foot)


def numbers(document):
    return {fact["key"]: fact["shown"] for fact in document.facts["facts"]}


def test_a_draft_has_no_number_yet_and_waits_for_review(drafted):
    assert (drafted.state, drafted.number, drafted.edition) == ("drafted", "", 1)
    assert Entry.objects.order_by("-sequence").first().action == "document.draft"


def test_an_issued_bulletin_reads_as_an_official_paper(issued):
    said = words(issued)
    order = [
        "甲区督查通报", "安督通〔2022〕1号", "关于2022年9月份督办事项", "各镇（街道），区直各部门、各单位：",
        "一、总体情况", "二、按来源办理情况", "三、按单位办理情况", "四、红黄灯情况", "五、反馈情况",
        "六、表扬和批评",
        "七、下月要求", "附件：1．督办事项办理情况一览表", "甲区督查绩效办", "2022年10月10日",
    ]  # fmt: skip
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert (
        "今年以来交办（含上年结转）的督办事项共9项。其中，已办结销号3项、占33.4%；正在办理、未到期2项、占22.2%；"
        "已报办结、待核查销号1项、占11.1%；逾期未办结2项、占22.2%；经批准暂缓1项、占11.1%。" in said
    )
    assert "应计办结率的事项8项，已办结3项，办结率37.5%；已办结事项中按期办结2项，按期率66.7%。" in said
    assert "有逾期未办结事项的有住建局（1项）、桐溪镇（1项）。" in said
    assert "本月收到反馈6件，其中逾期反馈2件，核查后退办1件，明细见附件2。" in said
    assert "对住建局（43.8分，" in said and "予以通报批评。" in said
    assert "10月份到期的事项2项，逾期结转2项，各单位到期事项见表3。" in said
    assert "抄送：区委、区人大常委会、区政府、区政协领导。" in said
    assert issued.journal_head[:16] in said


def test_three_people_draft_review_and_issue(drafted, district):
    people = district.people
    with pytest.raises(PermissionDenied):
        actions.review(document=drafted, by=people["second"])
    with pytest.raises(Refused, match="不能这样办"):
        actions.issue(document=drafted, by=people["leader"], at=AT)
    actions.review(document=drafted, by=people["chief"], at=AT)
    with pytest.raises(Refused, match="审核人不能签发"):
        actions.issue(document=drafted, by=people["chief"], at=AT)
    actions.issue(document=drafted, by=people["leader"], at=AT)
    assert Document.objects.get().state == "issued"


def test_who_drafted_any_edition_neither_reviews_nor_issues(district):
    district.september()
    chief = district.people["chief"]
    first = actions.draft_bulletin(month=SEPTEMBER, by=chief, at=AT)
    second = actions.reword(
        document=first, lead_in="通报如下。", demands=["抓紧办理。"], by=district.people["clerk"], at=AT
    )
    with pytest.raises(Refused, match="起草人不能审核"):
        actions.review(document=second, by=chief, at=AT)
    assert queries.possible_deeds(second.pk, chief).why_not == "wrote"


def test_an_office_may_do_without_three_people(drafted, district, monkeypatch):
    office = policy.office()
    monkeypatch.setattr(
        policy, "office", lambda: type(office)(**{**vars(office), "bulletin_three_people": False})
    )
    actions.review(document=drafted, by=district.people["chief"], at=AT)
    actions.issue(document=drafted, by=district.people["chief"], at=AT)
    assert Document.objects.get().state == "issued"


def test_sent_back_with_words_it_comes_again_as_a_new_edition(reviewed, district):
    with pytest.raises(Refused, match="理由"):
        actions.send_back(document=reviewed, words=" ", by=district.people["leader"])
    actions.send_back(document=reviewed, words="要求再写具体些", by=district.people["leader"])
    second = actions.reword(
        document=reviewed, lead_in="通报如下。", demands=["于10月20日前报送整改情况。"],
        by=district.people["clerk"], at=AT,
    )  # fmt: skip
    reviewed.refresh_from_db()
    assert (reviewed.state, second.state, second.edition) == ("replaced", "drafted", 2)
    assert "于10月20日前报送整改情况。" in words(second)
    assert numbers(second) == numbers(reviewed)
    assert list(reviewed.steps.values_list("kind", flat=True)) == ["drafted", "reviewed", "returned"]


@pytest.mark.parametrize("said", ["全区办结率要达到95%。", "再办结12项。", "评分90分以上"])
def test_people_may_word_but_not_count(drafted, district, said):
    with pytest.raises(Inconsistent) as refusal:
        actions.reword(document=drafted, lead_in="", demands=[said], by=district.people["clerk"], at=AT)
    assert refusal.value.problems[0].code == "untracked"
    assert Document.objects.count() == 1


def test_rewording_keeps_the_numbers_that_were_counted(drafted, district):
    district.closed(district.matters["town_late"], "2022-10-09", "2022-10-10")
    second = actions.reword(
        document=drafted, lead_in="如下。", demands=[], by=district.people["clerk"], at=day("2022-10-11")
    )
    assert numbers(second) == numbers(drafted)


def test_what_is_entered_for_the_month_after_drafting_stops_it(drafted, district):
    deeds.note(
        matter=district.fresh(district.matters["early"]), text="补记", by=district.people["clerk"],
        at=day("2022-09-29"),
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        actions.review(document=drafted, by=district.people["chief"], at=AT)
    assert refusal.value.code == "figures_changed"


def test_what_happens_in_october_does_not_stop_it(drafted, district):
    district.closed(district.matters["town_late"], "2022-10-09", "2022-10-10")
    reviewed = actions.review(document=drafted, by=district.people["chief"], at=day("2022-10-11"))
    assert reviewed.state == "reviewed"


def test_the_archived_paper_gives_the_same_bytes_twice(issued, district):
    from datetime import date

    made = [gbt9704.render(from_json(issued.facts["paper"]), created=date(2022, 10, 10)) for _ in range(2)]
    assert made[0] == made[1] == originals.get(issued.sha256)
    district.closed(district.matters["town_late"], "2022-10-11", "2022-10-12")
    fresh = Document.objects.get(pk=issued.pk)
    assert actions.verify(document=fresh, by=district.people["analyst"]) is True
    assert Entry.objects.order_by("-sequence").first().detail["same"] is True


def test_an_archive_that_was_changed_is_found_out(issued, district):
    paper = issued.facts["paper"]
    paper["blocks"][0]["spans"][0][0] = "改过的话"
    assert actions.verify(document=issued, by=district.people["analyst"]) is False


def test_after_issue_nothing_is_drafted_reworded_or_issued_again(issued, district):
    with pytest.raises(Refused, match="已经签发"):
        actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)
    with pytest.raises(Refused, match="不能再改"):
        actions.reword(document=issued, lead_in="", demands=[], by=district.people["clerk"])
    with pytest.raises(Refused, match="不能这样办"):
        actions.issue(document=issued, by=district.people["leader"], at=AT)
    assert SEPTEMBER not in queries.bulletin_months()


def test_numbers_of_bulletins_follow_each_other_and_begin_anew_each_year(issued, district):
    october = actions.draft_bulletin(month=Month(2022, 10), by=district.people["clerk"], at=day("2022-11-08"))
    actions.review(document=october, by=district.people["chief"], at=day("2022-11-08"))
    actions.issue(document=october, by=district.people["leader"], at=day("2022-11-08"))
    december = actions.draft_bulletin(
        month=Month(2022, 12), by=district.people["clerk"], at=day("2023-01-08")
    )
    actions.review(document=december, by=district.people["chief"], at=day("2023-01-08"))
    actions.issue(document=december, by=district.people["leader"], at=day("2023-01-08"))
    assert [d.number for d in Document.objects.order_by("as_of")] == [
        "安督通〔2022〕1号", "安督通〔2022〕2号", "安督通〔2023〕1号",
    ]  # fmt: skip


def test_the_next_month_stands_beside_what_this_one_printed(issued, district):
    district.closed(district.matters["town_late"], "2022-10-11", "2022-10-12")
    october = actions.draft_bulletin(month=Month(2022, 10), by=district.people["clerk"], at=day("2022-11-08"))
    facts = numbers(october)
    assert (facts["before/closed"], facts["matters/closed"], facts["change/closed"]) == ("3", "4", "1")
    moved = queries.moved(issued, october)
    assert [row.number for row in moved.closed] == [district.matters["town_late"].number]
    assert [row.number for row in moved.no_longer_overdue] == [district.matters["town_late"].number]
    assert {row.number for row in moved.overdue} == {
        district.matters["sent_back"].number, district.matters["town_open"].number,
    }  # fmt: skip
    changed = {d.label: (d.old, d.new) for d in queries.compare(issued, october)}
    assert changed["已办结销号"] == ("3项", "4项")
    assert not any("上月" in label for label in changed)


def test_a_week_that_is_not_closed_stops_it(district):
    from datetime import date

    district.september()
    WeeklyInspection.objects.create(week=date(2022, 9, 19), opened_at=day("2022-09-19"))
    with pytest.raises(Inconsistent) as refusal:
        actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)
    assert [(p.code, p.where) for p in refusal.value.problems] == [("week_open", "2022-09-19起的一周")]
    entry = Entry.objects.order_by("-sequence").first()
    assert (entry.action, entry.subject) == ("document.refuse", "bulletin:2022-09")
    assert not Document.objects.exists()


def test_a_month_that_is_not_over_is_refused(district):
    district.september()
    with pytest.raises(Inconsistent) as refusal:
        actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=day("2022-09-30"))
    assert [p.code for p in refusal.value.problems] == ["early"]


def test_a_judgement_older_than_due_stops_it(district):
    from tests.district.bulletins.conftest import facts
    from wenpan.district.indicators.models import Judgement
    from wenpan.district.observations.models import Region

    district.september()
    Judgement.objects.create(
        region=Region.objects.get(home=True), indicator="fai", as_of="2022-08", primary=True, light="RED",
        facts=facts("fai", -12.3) | {"as_of": "2022-08"}, reasons=["低于目标"], rule_set="default",
        rule_version="2022-01", judged_at=day("2022-09-20"),
    )  # fmt: skip
    made = actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=day("2022-10-08"))
    assert numbers(made)["lights/indicator&light=RED"] == "1"
    with pytest.raises(Inconsistent) as refusal:
        actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=day("2022-10-26"))
    assert [p.found for p in refusal.value.problems] == ["最新为2022年8月, 应为2022年9月"]
    actions.review(document=made, by=district.people["chief"], at=day("2022-10-26"))
    with pytest.raises(Inconsistent):  # and a draft that waited until the figures were out is not issued
        actions.issue(document=made, by=district.people["leader"], at=day("2022-10-26"))


def test_issuing_keeps_the_scores_of_the_month(issued):
    kept = ScoreSheet.objects.get()
    assert kept.month == "2022-09"
    assert kept.data["rules"]["version"] == "2022-01"


def test_if_the_journal_cannot_be_written_nothing_is_issued(reviewed, district, monkeypatch):
    def broken(**_):
        raise RuntimeError("the journal is full")

    monkeypatch.setattr("wenpan.district.bulletins.actions.issuing.record", broken)
    with pytest.raises(RuntimeError, match="journal"):
        actions.issue(document=reviewed, by=district.people["leader"], at=AT)
    assert Document.objects.get().state == "reviewed"
    assert not ScoreSheet.objects.exists()
    assert not Step.objects.filter(kind="issued").exists()


def test_every_count_opens_the_matters_that_it_counts(issued):
    for fact in issued.facts["facts"]:
        if not fact["key"].startswith(("matters/", "replies/")):
            continue
        found = queries.behind(issued, fact["key"])
        assert len(found.rows) == int(fact["shown"]), fact["key"]
    assert len(queries.behind(issued, "share/overdue").rows) == 2
    assert len(queries.behind(issued, "rate/unit=zjj").rows) == 4
    assert queries.behind(issued, "weeks/held") is None
    assert queries.behind(issued, "matters/made-up") is None


def test_the_paper_is_chinese_whatever_the_page_speaks(district, monkeypatch):
    from django.utils import translation

    from wenpan.district.supervision.slips import queries as slips

    district.september()
    monkeypatch.setattr(slips, "by_colour", lambda month: {"blue": 2, "red": 1})
    with translation.override("en"):
        document = actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)
    said = words(document)
    assert "本月发出督办单3张，其中蓝单2张、红单1张。" in said
    assert "会议议定事项" in said


@pytest.mark.parametrize(
    "cause, name",
    [("indicator:fai", "指标红黄灯"), ("key_project:3", "项目红黄灯"), ("problem:7", "项目问题")],
)
def test_matters_that_a_light_caused_are_told_by_their_cause(district, cause, name):
    matter = district.assigned("亮红灯整改", "zjj", "2022-10-20", "2022-09-01", source=None)
    type(matter).objects.filter(pk=matter.pk).update(cause=cause)
    document = actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)
    assert f"督办事项来自1个方面，较多的是{name}1项。" in words(document)


def test_an_old_month_is_never_proposed_where_the_month_due_is_issued():
    august, september = Month(2022, 8), Month(2022, 9)
    form = DraftForm.offered([august])
    assert form is not None
    assert 'value="" selected' in str(form.ask_which(september)["as_of"])
    due = DraftForm.offered([september, august])
    assert due is not None and 'value="2022-09" selected' in str(due.ask_which(september)["as_of"])
