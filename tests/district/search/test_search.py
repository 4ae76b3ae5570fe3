"""One box: each kind is found, and nobody finds what they may not see."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import *  # noqa: F403  (units, people, matters)
from tests.district.supervision.conftest import MORNING
from wenpan.district.search.queries import READ, SHOWN, search
from wenpan.district.supervision.models import Source

pytestmark = pytest.mark.django_db


def found(user, q, kind=""):
    return {k.code: [hit.text for hit in k.hits] for k in search(user, q, kind)}


def test_each_kind_is_found_by_two_characters(assigned, people, units):
    assigned("完成桐溪智造园供地", due=date(2022, 10, 31))
    Source.objects.create(
        kind="speech", title="在桐溪调研时的讲话", dated=date(2022, 10, 14), paragraphs=["x"],
        created_by=people["clerk"], created_at=MORNING,
    )  # fmt: skip
    told = found(people["leader"], "桐溪")
    assert told["matters"] == ["完成桐溪智造园供地"]
    assert told["papers"] == ["在桐溪调研时的讲话"]
    assert told["units"] == ["桐溪镇"]
    assert "固定资产投资" in found(people["leader"], "投资")["indicators"]


def test_units_and_indicators_are_found_by_initials(people):
    assert found(people["clerk"], "txz")["units"] == ["桐溪镇"]
    assert "固定资产投资" in found(people["clerk"], "gdzc")["indicators"]


def test_the_name_comes_before_the_rest_and_open_before_closed(assigned, people):
    assigned("检查供地台账", due=date(2022, 10, 31))
    assigned("供地", due=date(2022, 10, 31))
    assert found(people["clerk"], "供地")["matters"] == ["供地", "检查供地台账"]


def test_nobody_finds_what_they_may_not_see(assigned, drafted, people, make_user, units):
    assigned("住建局的供地", due=date(2022, 10, 31))
    drafted("拟办的供地")
    stranger = make_user("liaison", username="stranger", unit=units["liuwan"])
    assert found(stranger, "供地") == {}
    assert found(people["liaison"], "供地")["matters"] == ["住建局的供地"], "a draft is not the unit's yet"
    assert found(people["town"], "供地")["matters"] == ["住建局的供地"]
    assert set(found(people["clerk"], "供地")["matters"]) == {"住建局的供地", "拟办的供地"}
    for role in ("system_admin", "security_admin", "auditor"):
        assert "matters" not in found(make_user(role, username=role), "供地")


def test_people_are_found_by_the_office_and_by_colleagues(people, make_user, units):
    make_user("liaison", username="other", unit=units["liuwan"])
    assert "people" in found(people["clerk"], "柳湾")
    assert "people" not in found(people["liaison"], "柳湾")
    assert "people" in found(people["liaison"], "住建")


def test_many_are_counted_and_one_kind_is_shown_to_its_end(drafted, people):
    for n in range(SHOWN + 3):
        drafted(f"供地{n}")
    (few,) = search(people["clerk"], "供地")
    assert (few.count, len(few.hits), few.more) == (SHOWN + 3, SHOWN, False)
    (whole,) = search(people["clerk"], "供地", "matters")
    assert len(whole.hits) == SHOWN + 3
    assert READ > 100


@pytest.mark.parametrize("q", ["%", "_", "'", '"', "\\", "供地%", "<script>", "\x00", "；DROP"])
def test_signs_are_letters_like_others(q, drafted, people, signed_in):
    drafted("供地")
    answer = signed_in("clerk").get("/search/", {"q": q})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split('id="main"')[1].split("<link")[0]
    assert "matters" not in found(people["clerk"], q.replace("\x00", "")) or q == "\x00"


def test_the_page_and_the_box_of_the_frame(assigned, signed_in):
    assigned("完成供地", due=date(2022, 10, 31))
    text = signed_in("leader").get("/search/?q=供地").content.decode()
    assert "完成供地" in text and 'action="/search/"' in text
    assert "没有找到" in signed_in("leader").get("/search/?q=没有这样的").content.decode()
    assert signed_in("leader").get("/search/").status_code == 200
    assert signed_in("leader").get("/search/?q=供地&kind=nonsense").status_code == 200


def test_a_search_asks_a_bounded_number_of_times(drafted, people, django_assert_num_queries):
    drafted("供地")
    search(people["clerk"], "供地")  # what this transaction wrote is indexed
    with django_assert_num_queries(9) as one:  # one of them for campaigns
        search(people["clerk"], "供地")
    for n in range(30):
        drafted(f"供地{n}")
    search(people["clerk"], "供地")
    with django_assert_num_queries(len(one)):
        search(people["clerk"], "供地")
