"""Lists of the place: units, posts, leaders in charge, days off; proposed by one, in force by another."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from wenpan import rules
from wenpan.district.accounts.models import Unit
from wenpan.district.adjustments import actions, work
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.adjustments.registers.actions import propose_rows
from wenpan.district.adjustments.registers.base import RowChange
from wenpan.district.adjustments.registers.known import register_of
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.observations.place import sync_place
from wenpan.district.supervision.models import Charge
from wenpan.rules import office
from wenpan.rules.working_days import calendar

pytestmark = pytest.mark.django_db
PLACE = """version: '1'
effective_from: 2022-01-01
source: 演示
city: {code: ninglan, name: 宁澜市}
regions:
  - {code: anhe, name: 安禾区, home: true}
units:
  - {code: swj, name: 安禾区商务局, short_name: 商务局, aliases: [区商务局]}
  - {code: czj, name: 安禾区财政局, short_name: 财政局}
  - {code: tongxi, name: 桐溪镇, kind: town}
"""


@pytest.fixture
def home(tmp_path, monkeypatch, settings):
    settings.WENPAN_HOME = tmp_path
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "place.yaml").write_text(PLACE, "utf-8")
    sync_place(tmp_path)
    return tmp_path


@pytest.fixture
def one(make_user):
    return make_user("analyst", username="one")


@pytest.fixture
def other(make_user):
    return make_user("supervision_head", username="other")


def today():
    return timezone.localdate()


def line(code: str, key: str) -> dict[str, str]:
    register = register_of(code)
    return next(row for row in register.rows() if register.key_of(row) == key)


def changed(code: str, key: str, by, since=None, **values: str) -> Adjustment:
    was = line(code, key)
    change = RowChange(key, was, {**was, **values})
    return propose_rows(
        register=register_of(code),
        changes=[change],
        since=since or today(),
        reason="区编办〔2026〕3号",
        by=by,
    )


def added(list_: str, by, since=None, **values: str) -> Adjustment:
    register = register_of(list_)
    row = {column.key: "" for column in register.columns} | values
    return propose_rows(
        register=register, changes=[RowChange(register.key_of(row), None, row)], since=since or today(),
        reason="区编办〔2026〕3号", by=by,
    )  # fmt: skip


def test_a_unit_is_called_otherwise_from_its_day_on_and_its_old_name_is_still_read(home, one, other):
    day = today() + timedelta(days=10)
    made = changed("units", "swj", one, day, name="安禾区商务和投资局", short_name="商投局")
    assert Unit.objects.get(code="swj").short_name == "商务局"
    actions.put_in_force(adjustment=made, by=other)
    assert Unit.objects.get(code="swj").short_name == "商务局"  # not yet its day
    sync_place(home, on=day)
    unit = Unit.objects.get(code="swj")
    assert (unit.name, unit.short_name) == ("安禾区商务和投资局", "商投局")
    assert {"商务局", "安禾区商务局", "区商务局"} <= set(unit.aliases)
    assert rules.place().units[0].name == "安禾区商务局"  # the first name stays where it stands


def test_a_unit_is_added_put_under_another_ended_and_merged(home, one, other):
    row = {"code": "tzj", "name": "安禾区投资局", "short_name": "投资局",
           "kind": "department", "parent": "swj",
           "order": "9", "aliases": "", "active_from": "", "active_to": "", "successor": ""}  # fmt: skip
    actions.put_in_force(
        adjustment=propose_rows(
            register=register_of("units"),
            changes=[RowChange("tzj", None, row)],
            since=today(),
            reason="x",
            by=one,
        ),
        by=other,
    )
    new = Unit.objects.get(code="tzj")
    assert (new.parent.code, new.active_from) == ("swj", today())
    made = changed("units", "tzj", one, active_to=today().isoformat(), successor="swj")
    actions.put_in_force(adjustment=made, by=other)
    new.refresh_from_db()
    assert (new.active_to, new.successor.code) == (today(), "swj")
    assert [e.action for e in Entry.objects.filter(subject=f"setting:{made.pk}").order_by("sequence")] == [
        "settings.proposed",
        "settings.put_in_force",
    ]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"name": "安禾区财政局"}, "name"),
        ({"parent": "swj"}, "parent"),
        ({"successor": "czj"}, "active_to"),
        ({"active_from": "2026-01-02", "active_to": "2026-01-01"}, "active_to"),
    ],
)
def test_what_a_unit_may_not_be_is_said_at_its_column(home, one, values, column):
    with pytest.raises(ValidationError) as refusal:
        changed("units", "swj", one, **values)
    assert column in refusal.value.message_dict


def test_units_are_not_above_each_other_in_a_circle(home, one, other):
    actions.put_in_force(adjustment=changed("units", "swj", one, parent="czj"), by=other)
    with pytest.raises(ValidationError, match="上下级"):
        changed("units", "czj", one, parent="swj")


def test_a_change_that_is_not_of_a_name_is_not_promised_for_a_day_to_come(home, one):
    with pytest.raises(ValidationError, match="日期填今天"):
        changed("units", "swj", one, today() + timedelta(days=1), kind="park")


def test_the_second_proposal_of_a_line_waits_and_a_changed_line_is_not_overwritten(home, one, other):
    first = changed("units", "swj", one, kind="park")
    with pytest.raises(ValidationError, match="待审定"):
        changed("units", "swj", other, kind="town")
    bulk = propose_rows(
        register=register_of("units"),
        changes=[RowChange(k, line("units", k), {**line("units", k), "order": "7"}) for k in ("swj", "czj")],
        since=today(), reason="排序", by=one,
    )  # fmt: skip
    actions.put_in_force(adjustment=first, by=other)
    with pytest.raises(Refused, match="刚被改过"):
        actions.put_in_force(adjustment=bulk, by=other)
    bulk.refresh_from_db()
    assert bulk.state == "open"


def test_a_following_proposal_brings_back_what_was(home, one, other):
    made = changed("units", "swj", one, kind="park")
    actions.put_in_force(adjustment=made, by=other)
    with pytest.raises(Refused, match="另一人"):
        actions.put_in_force(adjustment=actions.propose_back(adjustment=made, reason="误改", by=one), by=one)
    back = Adjustment.objects.get(state="open")
    actions.put_in_force(adjustment=back, by=other)
    assert Unit.objects.get(code="swj").kind == "department"


@pytest.mark.parametrize(
    ("code", "role", "may"),
    [
        ("units", "system_admin", True), ("units", "supervisor", False), ("units", "security_admin", False),
        ("posts", "system_admin", True), ("leaders", "supervisor", True), ("leaders", "analyst", False),
        ("leaders", "system_admin", False), ("days-off-2026", "system_admin", False),
    ],
)  # fmt: skip
def test_who_may_propose_which_list(home, make_user, code, role, may):
    register = register_of(code.replace("2026", str(today().year)))
    user = make_user(role)
    try:
        propose_rows(register=register, changes=[], since=today(), reason="x", by=user)
    except PermissionDenied:
        assert not may
    except ValidationError:
        assert may


def test_the_leader_in_charge_is_proposed_by_the_office_and_put_in_force_by_its_head(home, make_user, other):
    clerk, leader = make_user("supervisor", username="clerk"), make_user("leader", username="deputy")
    day = today() + timedelta(days=3)
    now = changed("leaders", "swj", clerk, leader="deputy")
    actions.put_in_force(adjustment=now, by=other)
    assert Charge.objects.get().leader == leader
    later = changed("leaders", "swj", clerk, day, leader="")
    actions.put_in_force(adjustment=later, by=other)
    assert Charge.objects.count() == 1  # not yet
    assert office.in_charge(day) == ()
    assert office.in_charge(today())[0].leader == "deputy"


def test_posts_and_telephones_stand_beside_the_unit(home, one, other):
    from wenpan.district.ui.responsible import contacts_of_units

    actions.put_in_force(
        adjustment=added("posts", one, unit="swj", post="主要负责人", name="何晓", telephone="0571-88001234"),
        by=other,
    )
    (found,) = contacts_of_units()["swj"]
    assert (found.post, found.name, found.dial) == ("主要负责人", "何晓", "057188001234")
    with pytest.raises(ValidationError) as refusal:
        added("posts", one, unit="swj", post="联络员", name="方", telephone="打不通")
    assert "telephone" in refusal.value.message_dict


def test_days_off_hold_from_tomorrow_on_and_a_day_gone_by_stays(home, one, other):
    year = today().year + 1
    code, monday = f"days-off-{year}", date(year, 6, 1)
    while monday.weekday():
        monday += timedelta(days=1)
    saturday = monday + timedelta(days=5)
    assert calendar().is_working_day(monday)
    for first, kind in ((monday, "holidays"), (saturday, "workdays")):
        made = added(code, one, first=first.isoformat(), kind=kind)
        actions.put_in_force(adjustment=made, by=other)
    assert not calendar().is_working_day(monday)
    assert calendar().is_working_day(saturday)
    assert not calendar().is_working_day(date(2022, 10, 3))  # years that only ours has still hold
    with pytest.raises(ValidationError, match="已经过去"):
        added(f"days-off-{today().year}", one, first=today().isoformat(), kind="holidays")
    with pytest.raises(ValidationError, match="重叠"):
        sunday = monday - timedelta(days=1)
        added(code, one, first=sunday.isoformat(), last=saturday.isoformat(), kind="workdays")


def test_a_change_of_today_is_not_lost_in_a_version_that_begins_later(home, one, other):
    day = today() + timedelta(days=5)
    row = {"post": "主要负责人", "telephone": ""}
    actions.put_in_force(adjustment=added("posts", one, day, unit="swj", name="后任", **row), by=other)
    actions.put_in_force(adjustment=added("posts", one, unit="czj", name="今天", **row), by=other)
    assert [r.name for r in office.post_holders(today())] == ["今天"]
    assert {r.name for r in office.post_holders(day)} == {"今天", "后任"}


def test_what_is_to_come_is_brought_back_before_its_day(home, one, other):
    day = today() + timedelta(days=5)
    made = changed("units", "swj", one, day, name="新局", short_name="新局")
    actions.put_in_force(adjustment=made, by=other)
    back = actions.propose_back(adjustment=made, reason="方案未批", by=one)
    actions.put_in_force(adjustment=back, by=other)
    sync_place(home, on=day)
    assert Unit.objects.get(code="swj").short_name == "商务局"


def test_the_day_begins_by_itself(home, one, other):
    made = changed("units", "swj", one, name="新局", short_name="新局")
    actions.put_in_force(adjustment=made, by=other)
    assert Unit.objects.get(code="swj").short_name == "新局"
    assert work.begin({}, lambda *_a: None) == {"described": True, "leaders": 0}


def workbook(*rows: tuple) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


HEADS = ("单位名录（2026年）", "", ""), ("单位代码", "单位名称", "类别", "上级单位", "排序")


def sent(client, code: str, data: bytes, name: str = "名录.xlsx"):
    file = io.BytesIO(data)
    file.name = name
    return client.post(f"/settings/{code}/bring-in/", {"file": file})


def test_a_list_goes_out_and_comes_back_by_spreadsheet_with_nothing_to_change(home, client, one):
    client.force_login(one)
    for code in ("units", "posts", f"days-off-{today().year}"):
        out = client.get(f"/settings/{code}/lines/?export=xlsx")
        page = sent(client, code, out.content)
        assert page.status_code == 200, page.content.decode()
        assert "没有要改的" in page.content.decode(), code


def test_a_spreadsheet_is_shown_first_with_what_is_wrong_by_cell(home, client, one):
    client.force_login(one)
    page = sent(client, "units", workbook(*HEADS, ("", "新局", "部们", "商务剧", "一"))).content.decode()
    for words in ("C3", "是不是“部门”", "D3", "是不是“商务局”", "E3", "须改正"):
        assert words in page, words
    assert "提议</button>" not in page
    assert Adjustment.objects.count() == 0


def test_a_good_spreadsheet_becomes_one_proposal_and_is_put_in_force_whole(home, client, one, other):
    client.force_login(one)
    page = sent(
        client,
        "units",
        workbook(*HEADS, ("", "新设局", "部门", "财政局", "5"), ("", "新设二局", "部门", "新设局", "6")),
    ).content.decode()
    assert "新设局" in page and "新增" in page
    kept = page.partition('name="kept" value="')[2].partition('"')[0]
    form = {"kept": kept, "since": today().isoformat(), "reason": "机构改革方案"}
    assert client.post("/settings/units/propose/", form).url == "/settings/"
    made = Adjustment.objects.get()
    client.force_login(other)
    assert "新设二局" in client.get("/settings/").content.decode()
    assert client.post("/settings/units/propose/", form).status_code == 302  # another's preview
    assert Adjustment.objects.count() == 1
    client.post(f"/settings/{made.pk}/decide/", {"deed": "force"})
    assert {"xsj", "xsej"} <= set(Unit.objects.values_list("code", flat=True))
    assert Unit.objects.get(code="xsej").parent.code == "xsj"


def test_a_column_that_the_spreadsheet_lacks_stays_as_it_is(home, client, one):
    client.force_login(one)
    page = sent(client, "units", workbook(("单位代码", "单位名称", "类别"), ("swj", "安禾区商务局", "园区")))
    body = page.content.decode()
    assert "类别 部门 → 园区" in body and "别名" not in body.partition("要改的")[2], body


def test_the_pages_of_a_list_propose_decide_and_bring_back(home, client, one, other):
    client.force_login(one)
    assert "安禾区商务局" in client.get("/settings/units/lines/").content.decode()
    assert client.get("/settings/units/line/?key=nothing").status_code == 404
    form = dict(line("units", "swj"))
    wrong = client.post("/settings/units/line/?key=swj", form | {"kind": "部门", "reason": "", "since": "x"})
    assert wrong.status_code == 422
    good = form | {"kind": "园区", "reason": "三号文", "since": today().isoformat()}
    assert client.post("/settings/units/line/?key=swj", good).url == "/settings/"
    made = Adjustment.objects.get()
    assert made.changes[0]["now"]["kind"] == "park"
    client.force_login(other)
    client.post(f"/settings/{made.pk}/decide/", {"deed": "force"})
    assert Unit.objects.get(code="swj").kind == "park"
    assert client.post(f"/settings/{made.pk}/undo/", {}).url == "/settings/"
    assert Adjustment.objects.filter(state="open").count() == 1


def test_who_reads_no_figures_sees_the_lists_and_no_rules(home, client, make_user):
    client.force_login(make_user("system_admin"))
    page = client.get("/settings/").content.decode()
    assert "单位名录" in page and "指标亮灯规则" not in page
    assert client.get("/settings/days-off-2026/lines/").status_code == 404
    assert client.get("/settings/lights/change/").status_code == 404


def test_a_file_that_is_no_list_is_refused_in_words(home, client, one):
    client.force_login(one)
    sent(client, "units", workbook(("甲", "乙"), ("1", "2")))
    assert "没有找到列" in client.get("/settings/units/lines/").content.decode()
    sent(client, "units", b"", "x.xlsx")
    assert client.post("/settings/units/bring-in/", {}).status_code == 302
    assert Path(home / "rules" / "place.yaml").read_text("utf-8") == PLACE
