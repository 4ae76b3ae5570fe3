"""Accounts from a spreadsheet: shown first, taken in whole; roles and passwords by the rules that stand."""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.adjustments.listed import workbook
from wenpan.district.accounts import resets
from wenpan.district.accounts.actions import set_active, sync_units
from wenpan.district.accounts.models import PasswordReset, RoleRequest, User
from wenpan.district.accounts.role_request_actions import ask_role, decline_asked, grant_asked, place_user
from wenpan.district.adjustments.account_list.actions import take_in_accounts
from wenpan.district.adjustments.account_list.examining import COLUMNS, examine
from wenpan.district.adjustments.registers.sheets import ReadRow
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused

pytestmark = pytest.mark.django_db
HEADS = ("姓名", "工号", "单位", "职务", "角色", "办公电话")
ZHANG = ("张三", 1001, "商务局", "经济科科长", "责任单位联络员", "0571-88001234")
LI = ("李四", "lisi", "财政局", "副局长", "责任单位负责人", "")


@pytest.fixture(autouse=True)
def units(db):
    names = {"swj": "商务局", "czj": "财政局", "old": "外贸局"}
    ended = {"old": "2022-01-01"}
    from datetime import date

    return {
        u.code: u
        for u in sync_units(
            units=[
                {"code": c, "name": n, "kind": "department",
                 "active_to": date.fromisoformat(ended[c]) if c in ended else None}
                for c, n in names.items()
            ],
            by=None,
        )
    }  # fmt: skip


@pytest.fixture
def system(make_user):
    return make_user("system_admin", username="sys")


@pytest.fixture
def security(make_user):
    return make_user("security_admin", username="sec")


def sent(client, *lines, name="名单.xlsx", data=None):
    file = io.BytesIO(data if data is not None else workbook(HEADS, *lines))
    file.name = name
    return client.post("/settings/people/check/", {"file": file})


def taken_in(client, *lines, **more):
    page = sent(client, *lines, **more).content.decode()
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    return client.post("/settings/people/take-in/", {"kept": kept}, follow=True).content.decode()


def rows(*lines: dict[str, str]) -> list[ReadRow]:
    blank = {column.key: "" for column in COLUMNS}
    return [ReadRow(n, blank | line, {}) for n, line in enumerate(lines, start=2)]


def test_a_list_opens_accounts_without_a_role_and_the_roles_wait_for_the_other_administrator(
    client, system, security
):
    client.force_login(system)
    page = sent(client, ZHANG, LI).content.decode()
    assert "新开2个、改0个" in page and User.objects.count() == 2
    taken_in(client, ZHANG, LI)
    zhang = User.objects.get(username="1001")
    assert (zhang.name, zhang.role, zhang.post, zhang.unit.code) == ("张三", "", "经济科科长", "swj")
    assert zhang.telephone == "0571-88001234" and not zhang.has_usable_password()
    client.force_login(security)
    today = client.get("/today/").content.decode()
    assert "张三：责任单位联络员" in today and "账号待授予角色" not in today
    picks = [str(pk) for pk in RoleRequest.objects.values_list("pk", flat=True)]
    client.post("/today/accounts-grant-asked/do/", {"pick": picks})
    assert User.objects.get(username="1001").role == "liaison"
    assert User.objects.get(username="lisi").role == "unit_head"


def test_the_first_codes_are_slips_in_two_halves_and_stand_neither_in_the_journal_nor_in_an_export(
    client, system, security
):
    client.force_login(system)
    page = taken_in(client, ZHANG)
    (first,) = re.findall(r'ac-half">([\w-]+)<', page)
    client.force_login(security)
    second_page = client.post("/settings/people/second-slips/").content.decode()
    (second,) = re.findall(r'ac-half">([\w-]+)<', second_page)
    assert PasswordReset.objects.get().second_by == security
    told = "".join(f"{e.summary}{e.detail}" for e in Entry.objects.all())
    for half in (first, second):
        assert half not in told and half.replace("-", "") not in told
    assert first.encode() not in client.get("/accounts/people/?export=csv").content
    assert resets.finish_reset(username="1001", code=first + second, password="Stable-district-2022")
    assert client.get("/settings/people/slips/").status_code == 403


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (("张三", "a1", "商务剧", "", "", ""), "C2", "是不是“商务局”"),
        (("张三", "a1", "外贸局", "", "", ""), "C2", "已经撤并"),
        (("张三", "a1", "商务局", "", "联洛员", ""), "E2", "没有叫“联洛员”的角色"),
        (("张三", "a 1*", "商务局", "", "", ""), "B2", "账号只用字母"),
        (("", "a1", "商务局", "", "", ""), "A2", "请填写姓名"),
        (("张三", "a1", "商务局", "", "", "打不通"), "F2", "电话只写数字"),
        (("张三", "a1", "", "", "责任单位联络员", ""), "C2", "须写单位"),
        (("王五", "one", "商务局", "", "", ""), "B2", "已属于"),
        (("one", "one", "商务局", "", "系统管理员", ""), "E2", "三员"),
        (("sec", "a2", "", "", "审计管理员", ""), "E2", "三员不得兼任"),
        (("sec", "a2", "", "", "区领导", ""), "E2", "三员不得兼任"),
    ],
)
def test_what_is_wrong_is_said_by_cell_and_nothing_is_written(
    client, system, security, make_user, units, line, cell, words
):
    make_user("auditor", username="one", unit=units["swj"])
    client.force_login(system)
    before = User.objects.count()
    answer = sent(client, line)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'scope="row">{cell}</th><td>[^<]*{re.escape(words)}', page), page
    assert "全部办理" not in page and User.objects.count() == before


def test_the_same_account_twice_in_a_list_is_refused(client, system):
    client.force_login(system)
    assert "与第2行重复" in sent(client, ZHANG, ("张三丰", "1001", "商务局", "", "", "")).content.decode()


def test_three_administrators_in_one_list_are_three_people(client, system):
    client.force_login(system)
    lines = [("赵六", f"z{n}", "", "", role, "") for n, role in enumerate(("系统管理员", "审计管理员"))]
    assert "三员不得兼任" in sent(client, *lines).content.decode()


def test_an_account_that_stands_gets_what_the_list_says_and_an_empty_cell_changes_nothing(
    client, system, make_user, units
):
    user = make_user("liaison", username="zhang", unit=units["swj"])
    User.objects.filter(pk=user.pk).update(telephone="0571-1111111", post="科员")
    client.force_login(system)
    line = ("zhang", "ZHANG", "", "", "", "0571-2222222")
    page = sent(client, line).content.decode()
    assert "办公电话由“0571-1111111”改为“0571-2222222”" in page and "请留意" in page
    taken_in(client, line)
    user.refresh_from_db()
    assert (user.telephone, user.post, user.unit.code, user.role) == (
        "0571-2222222",
        "科员",
        "swj",
        "liaison",
    )


def test_what_the_people_page_exports_can_be_sent_in_again(client, system, make_user, units):
    make_user("liaison", username="zhang", unit=units["swj"])
    client.force_login(system)
    out = client.get("/accounts/people/?export=xlsx").content
    page = sent(client, data=out).content.decode()
    assert "没有要改的" in page, page
    sample = client.get("/settings/people/sample/").content
    assert "新开1个" in sent(client, data=sample).content.decode()


def test_nothing_is_half_written(system, monkeypatch, units):
    from wenpan.district.adjustments.account_list import actions

    lines = rows(
        {"username": "a1", "name": "甲"}, {"username": "a2", "name": "乙", "telephone": "0571-88001234"}
    )
    seen = examine(lines).fingerprint()

    def broken(**_values):
        raise Refused("x", "断电")

    monkeypatch.setattr(actions, "set_telephone", broken)
    with pytest.raises(Refused):
        take_in_accounts(rows=lines, seen=seen, filename="x", by=system)
    assert not User.objects.filter(username__in=("a1", "a2")).exists()


def test_what_was_not_shown_is_not_taken_in(system, make_user, units):
    lines = rows({"username": "a1", "name": "甲"})
    seen = examine(lines).fingerprint()
    make_user("leader", username="a1")
    with pytest.raises(Refused, match="刚被改过"):
        take_in_accounts(rows=lines, seen=seen, filename="x", by=system)


def test_only_the_system_administrator_takes_a_list_in(make_user, security):
    lines = rows({"username": "a1", "name": "甲"})
    for by in (security, make_user("auditor"), make_user("analyst")):
        with pytest.raises(PermissionDenied):
            take_in_accounts(rows=lines, seen=examine(lines).fingerprint(), filename="x", by=by)


def test_who_moves_to_another_unit_is_shown_to_the_auditor(system, make_user, units):
    user = make_user("liaison", username="zhang", unit=units["swj"])
    place_user(user=user, unit=units["czj"], post="科长", by=system)
    assert Entry.objects.latest("sequence").detail["attention"]
    place_user(user=user, unit=units["czj"], post="科长", by=system)
    assert Entry.objects.filter(action="accounts.place").count() == 1


def test_a_role_that_was_asked_for_is_granted_or_not_once(system, security, make_user):
    one, two = (make_user("", username=name) for name in ("one", "two"))
    first, second = (ask_role(user=user, role="analyst", by=system) for user in (one, two))
    with pytest.raises(PermissionDenied):
        grant_asked(request=first, by=system)
    assert grant_asked(request=first, by=security).role == "analyst"
    assert decline_asked(request=second, by=security).role == ""
    for act in (grant_asked, decline_asked):
        with pytest.raises(Exception, match="已经办过"):
            act(request=first, by=security)


def test_a_closed_account_is_not_changed_by_a_list(client, system, make_user):
    set_active(user=make_user("leader", username="gone"), active=False, by=system)
    client.force_login(system)
    assert "已停用" in sent(client, ("gone", "gone", "", "", "", "")).content.decode()


def test_a_csv_of_the_old_office_program_is_read_as_well(client, system):
    client.force_login(system)
    data = "姓名,工号,单位,职务,角色,办公电话\n张三,1001,商务局,,,\n".encode("gb18030")
    assert "新开1个" in sent(client, data=data, name="名单.csv").content.decode()
