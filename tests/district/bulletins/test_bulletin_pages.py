"""The pages of bulletins: who sees and does what, the job, the list behind a number, what moved."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from tests.district.bulletins.matters import day
from wenpan.district.bulletins import actions
from wenpan.district.bulletins.models import Document
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
AT = day("2022-10-08")


@pytest.fixture
def signed_in(client, district):
    def sign_in(name):
        client.force_login(district.people[name])
        return client

    return sign_in


@pytest.fixture
def drafted(district):
    district.matters = district.september()
    return actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)


def start(client, month="2022-09"):
    form = {"as_of": month, "token": str(uuid.uuid4())}
    return client.post(reverse("bulletins:draft"), form, follow=True)


def test_a_clerk_drafts_by_a_job_and_lands_on_the_preview(signed_in, district):
    district.september()
    page = start(signed_in("clerk"))
    document = Document.objects.get()
    assert page.redirect_chain[-1][0] == reverse("bulletins:document", args=[document.pk])
    said = page.content.decode()
    assert "甲区督查通报" in said and "（签发时编号）" in said
    assert f"{reverse('bulletins:behind', args=[document.pk])}?key=matters/overdue" in said


def test_a_month_without_matters_is_not_on_offer(signed_in, district):
    district.september()
    page = start(signed_in("clerk"), "2022-07")
    assert not Document.objects.exists()
    assert page.redirect_chain[-1][0] == reverse("bulletins:list")


def test_a_refusal_leads_to_its_reasons(signed_in, district):
    from datetime import date

    from wenpan.district.supervision.models import WeeklyInspection

    district.september()
    WeeklyInspection.objects.create(week=date(2022, 9, 19), opened_at=day("2022-09-19"))
    page = start(signed_in("clerk"))
    assert page.redirect_chain[-1][0] == reverse("bulletins:not_drafted", args=["2022-09"])
    assert "每周督查没有关闭" in page.content.decode()


def test_the_whole_way_through_the_pages(signed_in, drafted):
    chief = signed_in("chief")
    assert 'id="bl-review"' in chief.get(reverse("bulletins:document", args=[drafted.pk])).content.decode()
    chief.post(reverse("bulletins:review", args=[drafted.pk]), {"words": "同意"})
    waiting = chief.get(reverse("bulletins:document", args=[drafted.pk])).content.decode()
    assert 'id="bl-issue"' not in waiting and "您审核过这一稿" in waiting
    leader = signed_in("leader")
    assert 'id="bl-issue"' in leader.get(reverse("bulletins:document", args=[drafted.pk])).content.decode()
    page = leader.post(reverse("bulletins:issue", args=[drafted.pk]), follow=True)
    assert "安督通〔" in page.content.decode()
    assert Document.objects.get().state == "issued"
    checked = leader.post(reverse("bulletins:verify", args=[drafted.pk]), follow=True)
    assert "完全一致" in checked.content.decode()


def test_wording_makes_a_new_edition_and_a_figure_is_sent_back(signed_in, drafted):
    clerk, address = signed_in("clerk"), reverse("bulletins:words", args=[drafted.pk])
    page = clerk.post(address, {"lead_in": "通报如下。", "demands": "再完成15项。"})
    assert "写了数字15" in page.content.decode()
    page = clerk.post(
        address, {"lead_in": "通报如下。", "demands": "3个工作日内整改。\n\n抓紧办理。"}, follow=True
    )
    newest = Document.objects.get(edition=2)
    assert page.redirect_chain[-1][0] == reverse("bulletins:document", args=[newest.pk])
    assert newest.given["demands"] == ["3个工作日内整改。", "抓紧办理。"]


def test_the_list_behind_a_number_and_its_export(signed_in, drafted, district):
    leader = signed_in("leader")
    address = reverse("bulletins:behind", args=[drafted.pk])
    said = leader.get(address, {"key": "matters/overdue"}).content.decode()
    late = {district.matters[name].number for name in ("silent", "town_late")}
    assert {m.number for m in district.matters.values() if m.number in said} == late
    assert leader.get(address, {"key": "matters/overdue", "export": "xlsx"}).content[:2] == b"PK"
    assert leader.get(address, {"key": "scores/unit=zjj"}).status_code == 404


def test_two_months_are_compared_by_numbers_and_by_matters(signed_in, drafted, district):
    district.closed(district.matters["town_late"], "2022-10-11", "2022-10-12")
    october = actions.draft_bulletin(month=Month(2022, 10), by=district.people["clerk"], at=day("2022-11-08"))
    page = signed_in("leader").get(reverse("bulletins:compare", args=[october.pk, drafted.pk]))
    said = page.content.decode()
    assert "新办结" in said and "新逾期" in said and "已办结销号" in said


def test_the_archive_shows_both_kinds_and_filters(signed_in, drafted):
    leader = signed_in("leader")
    assert "督办事项" in leader.get(reverse("bulletins:list"), {"kind": "bulletin"}).content.decode()
    page = leader.get(reverse("bulletins:list"), {"kind": "briefing"}).content.decode()
    assert drafted.title not in page


def test_the_archive_asks_the_same_for_many(signed_in, drafted, district, django_assert_max_num_queries):
    for _ in range(3):
        actions.draft_bulletin(month=SEPTEMBER, by=district.people["clerk"], at=AT)
    signed = signed_in("leader")
    with django_assert_max_num_queries(12):  # with campaigns and the views of the list
        signed.get(reverse("bulletins:list"))


@pytest.mark.parametrize(
    "name, may",
    [
        ("clerk", {"words"}),
        ("chief", {"words", "review", "send_back"}),
        ("leader", {"send_back"}),
        ("analyst", set()),
        ("zjj", set()),
    ],
)
def test_each_does_what_is_theirs(signed_in, drafted, name, may):
    """A draft waits for review: the deeds whose pages do not answer 403."""
    signed = signed_in(name)
    open_ = set()
    for deed in ("words", "review", "send_back", "issue"):
        answer = signed.post(
            reverse(f"bulletins:{deed}", args=[drafted.pk]), {"demands": "抓紧。", "words": ""}
        )
        if answer.status_code != 403:
            open_.add(deed)
    extra = {"issue"} if name in {"chief", "leader"} else set()
    assert open_ == may | extra
    assert Document.objects.order_by("edition").first().state != "issued"


def test_a_unit_reads_what_was_issued_to_it_and_no_draft(signed_in, drafted, district):
    address = reverse("bulletins:document", args=[drafted.pk])
    unit = signed_in("zjj")
    assert unit.get(address).status_code == 404
    assert drafted.title not in unit.get(reverse("bulletins:list")).content.decode()
    actions.review(document=drafted, by=district.people["chief"], at=AT)
    issued = actions.issue(document=drafted, by=district.people["leader"], at=day("2022-10-10"))
    said = unit.get(address).content.decode()
    assert issued.number in said
    assert "behind/?key=" not in said and "bl-issue" not in said and "重新生成并核对" not in said
    assert unit.get(reverse("bulletins:docx", args=[drafted.pk])).content[:2] == b"PK"
    for page in ("behind", "words", "compare"):
        args = [drafted.pk, drafted.pk] if page == "compare" else [drafted.pk]
        assert unit.get(reverse(f"bulletins:{page}", args=args)).status_code == 403


def test_documents_of_the_other_kind_have_none_of_it(september):
    """An analysis is not reviewed, worded or issued."""
    from wenpan.district.bulletins.actions import make_briefing

    briefing = make_briefing(as_of=SEPTEMBER, by=september.analyst)
    assert queries_deeds(briefing.pk, september.people["leader"]) is False


def queries_deeds(pk, user):
    from wenpan.district.bulletins import queries

    return queries.possible_deeds(pk, user).any


def test_a_draft_goes_back_with_words_and_is_reviewed_and_issued_on_the_page(signed_in, drafted):
    chief = signed_in("chief")
    assert (
        chief.post(reverse("bulletins:send_back", args=[drafted.pk]), {"words": "再具体些"}).status_code
        == 302
    )
    drafted.refresh_from_db()
    assert drafted.state == "returned"
