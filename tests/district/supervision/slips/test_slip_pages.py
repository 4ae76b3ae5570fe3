"""The pages of slips: list, page, issuing by hand, rules, the bell."""

from __future__ import annotations

import pytest

from tests.district.supervision.conftest import day
from tests.district.supervision.slips.conftest import DUE
from tests.district.supervision.slips.test_slips import fresh
from wenpan.district.ground import originals
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import Slip


@pytest.fixture
def page(client, people):
    def open_as(name, url, data=None):
        client.force_login(people[name])
        return client.post(url, data) if data is not None else client.get(url)

    return open_as


def test_the_pages_of_a_slip(page, slip):
    assert slip.number in page("clerk", "/supervision/slips/").content.decode()
    body = page("clerk", f"/supervision/slips/{slip.pk}/").content.decode()
    assert "待签收" in body or "未回复" in body
    assert page("clerk", f"/supervision/slips/{slip.pk}/paper/").content == originals.get(slip.sha256)
    export = page("clerk", "/supervision/slips/?export=xlsx")
    assert export.headers["Content-Type"].endswith("sheet")
    assert page("town", f"/supervision/slips/{slip.pk}/").status_code == 404
    assert slip.number not in page("town", "/supervision/slips/").content.decode()
    assert page("town", f"/supervision/slips/{slip.pk}/paper/").status_code == 404


def test_a_unit_signs_and_answers_on_the_page(page, slip, people):
    actions.feed_back(matter=fresh(slip.matter), claim="progress", process="已完成征地", by=people["liaison"],
                      at=day("2022-10-25"))  # fmt: skip
    body = page("liaison", f"/supervision/slips/{slip.pk}/").content.decode()
    assert "一、落实过程：已完成征地" in body  # nothing is typed twice
    assert page("liaison", f"/supervision/slips/{slip.pk}/sign/", {}).status_code == 302
    assert page("liaison", f"/supervision/slips/{slip.pk}/answer/", {"text": ""}).status_code == 422
    assert page("liaison", f"/supervision/slips/{slip.pk}/answer/", {"text": "月底完成"}).status_code == 302
    assert "月底完成" in page("clerk", f"/supervision/slips/{slip.pk}/").content.decode()


def test_issuing_by_hand_on_the_page_keeps_what_was_typed(page, assigned):
    matter = assigned(due=DUE)
    url = f"/supervision/matters/{matter.pk}/slip/"
    assert page("liaison", url).status_code == 403
    assert "蓝单" in page("clerk", url).content.decode()
    refused = page("clerk", url, {"colour": "purple", "reason": "路线图未报"})
    assert refused.status_code == 422 and "路线图未报" in refused.content.decode()
    good = {"colour": "yellow", "reason": "路线图未报", "asks": "三日内报路线图", "seen": str(matter.version)}
    assert page("clerk", url, good).status_code == 302
    assert Slip.objects.get().colour == "yellow"
    assert page("clerk", url, good).status_code == 302  # sent twice: answered by the first answer
    assert Slip.objects.count() == 1


def test_the_page_of_rules_says_what_holds_and_who_is_in_charge(page, people, units):
    body = page("chief", "/supervision/line/").content.decode()
    for words in ("默认蓝黄红督办单", "鹰潭", "逾期第10个工作日", "约谈、问责由有权机关", "分管区领导"):
        assert words in body
    assert "未定" in body and "/settings/leaders/lines/" in body
    actions.put_in_charge(unit=units["zjj"], leader=people["leader"], by=people["chief"])
    assert people["leader"].name in page("leader", "/supervision/line/").content.decode()


def test_the_bell_counts_what_awaits_and_opening_a_notice_reads_it(page, slip, people):
    body = page("liaison", "/supervision/notices/").content.decode()
    assert "1条未读" in body and slip.number in body
    (notice,) = people["liaison"].notices.all()
    assert page("head", f"/supervision/notices/{notice.pk}/open/", {}).status_code == 404
    answer = page("liaison", f"/supervision/notices/{notice.pk}/open/", {})
    assert answer.url == f"/supervision/slips/{slip.pk}/"
    assert (
        "没有"
        not in page("liaison", "/supervision/notices/").content.decode().split("<h1>")[1].split("</h1>")[0]
    )
    after = page("liaison", "/supervision/notices/").content.decode()
    assert "0条未读" in after, "the notice is read"
    assert "wp-bell-count" in after, "but the slip still awaits its answer"


def test_the_list_costs_the_same_for_one_slip_and_many(
    page, slip, assigned, people, django_assert_max_num_queries, django_assert_num_queries
):
    page("clerk", "/supervision/slips/")
    with django_assert_max_num_queries(23) as one:  # with campaigns and views of the list
        page("clerk", "/supervision/slips/")
    for n in range(5):
        matter = assigned(f"事项{n}", due=DUE)
        actions.issue_slip(
            matter=matter, colour="blue", reason="催办", by=people["clerk"], at=day("2022-10-24")
        )
    with django_assert_num_queries(len(one)):
        page("clerk", "/supervision/slips/")
