"""Awkward histories (domain-rooms.md B) by the pages, as office and unit go through them."""

from __future__ import annotations

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.firms.models import ServiceRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(signed_in):
    """press(request, "office", "accepted", …): the step by its page; the page that follows."""

    def send(request, who, kind, **more):
        request.refresh_from_db()
        form = {"kind": kind, "seen": request.version} | more
        answer = signed_in(who).post(f"/firms/requests/{request.pk}/step/", form, follow=True)
        request.refresh_from_db()
        return answer.content.decode()

    return send


def test_an_answer_that_was_done_again_is_not_closed_on_what_the_firm_said_of_the_first(replied, press):
    press(replied, "office", "checked", passed="yes")
    press(replied, "office", "called_back", result="satisfied", contacted="yes", solved="yes")
    press(replied, "office", "redone", text="换一个办法")
    press(replied, "handler", "replied", text="改接二号变")
    press(replied, "office", "checked", passed="yes")
    page = press(replied, "second", "closed", outcome="solved")
    assert "回访后才能销号" in page and replied.phase == "checked"
    press(replied, "office", "called_back", result="satisfied", contacted="yes", solved="yes")
    press(replied, "second", "closed", outcome="solved")
    assert (replied.phase, replied.outcome) == ("closed", "solved")


def test_two_requests_by_two_channels_cannot_each_be_the_others_copy(asked, press):
    one, other = asked("停电", channel="hotline"), asked("断电", channel="online")
    press(other, "office", "accepted")
    press(other, "office", "declined", entry="duplicate", joined_to=one.number, text="同一件")
    page = press(one, "office", "declined", entry="duplicate", joined_to=other.number, text="同一件")
    assert "已作为重复件并到" in page and one.phase == "registered"
    assert (other.phase, other.joined_to) == ("declined", one)


def test_an_appeal_that_is_upheld_leaves_nothing_with_the_first_unit(asked, press, signed_in):
    request = asked()
    press(request, "office", "accepted")
    press(request, "office", "assigned", unit="zjj")
    press(request, "handler", "appealed", text="不属本单位职责")
    page = press(request, "handler", "replied", text="抢先答复")
    assert "申诉中" in page and request.phase == "appealed"
    press(request, "office", "appeal_decided", passed="yes")
    press(request, "office", "assigned", unit="liuwan")
    assert signed_in("handler").get(f"/firms/requests/{request.pk}/").status_code == 404
    press(request, "other", "signed_for")
    assert (request.phase, request.unit.code) == ("in_hand", "liuwan")


def test_what_was_withdrawn_and_is_asked_again_names_the_old_one_and_is_another(
    asked, press, signed_in, firm
):
    old = asked()
    press(old, "office", "closed", outcome="withdrawn", text="经办人劝退", wished_by="handler")
    sent = {"title": "还是供电容量不足", "channel": "hotline", "category": "factors", "earlier": old.number}
    signed_in("office").post(f"/firms/{firm.pk}/request/", sent)
    new = ServiceRequest.objects.exclude(pk=old.pk).get()
    assert (new.earlier, new.phase, old.phase) == (old, "registered", "closed")
    assert old.number in signed_in("office").get(f"/firms/requests/{new.pk}/").content.decode()


def test_a_notice_from_the_25th_counts_by_its_own_month(asked, signed_in, tmp_path, monkeypatch, today_is):
    own = tmp_path / "rules" / "requests"
    own.mkdir(parents=True)
    (own / "in_force.yaml").write_text(
        "version: '2'\neffective_from: 2010-01-01\nsource: 测试\n"
        "clocks: [{from: 2010-01-01, rules: xinglongtai}]\n"
        "assessment: [{from: 2010-01-01, rules: assessment-default}]\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    asked("前一月", at=day("2022-10-24"))
    asked("本月一", at=day("2022-10-25"))
    asked("本月二", at=day("2022-11-24"))
    today_is("2022-12-01")
    office = signed_in("office")
    page = office.get("/firms/requests/service/?month=2022-11").content.decode()
    assert "2022-10-25" in page and "2022-11-24" in page
    from wenpan.district.firms.requests.queries import service_report

    assert [service_report((2022, month)).counts.received for month in (10, 11)] == [1, 2]
