"""Entry into statistics: the quasi list, steps with their reasons, papers, batches, the same time last year.

Facts only: no page and no rule of the room knows a threshold or says what a unit lacks.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import wenpan
from tests.district.fiscal.conftest import AT
from wenpan.district.accounts.single_returns import ACTION
from wenpan.district.entries import actions, queries, rederived, rules
from wenpan.district.entries.models import EntryCandidate, EntryFact, EntryPaper, EntryStep
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.actions import undo

pytestmark = pytest.mark.django_db
CODES = ("91110000600037341L", "91310000132200821H", "91440300708461136T", "914403001922038216")
DAY = date(2022, 10, 20)


def draft(code=CODES[0], **changed):
    values = {"uscc": code, "name": "安禾精工", "trade": "industry", "town": None, "origin": "税务局",
              "listed_on": date(2022, 3, 1)}  # fmt: skip
    return actions.CandidateDraft(**values | changed)


@pytest.fixture
def office(people):
    return people["statistician"]


@pytest.fixture
def listed(regions, office):
    return actions.list_candidate(draft=draft(), by=office, at=AT)


def go(candidate, by, *kinds, on=DAY, **more):
    for kind in kinds:
        actions.take_step(candidate=candidate, kind=kind, on=on, by=by, at=AT, **more)
    candidate.refresh_from_db()


def test_a_unit_goes_its_way_step_by_step(listed, office):
    go(listed, office, "visited", "qualified", "handed", "county", "city", "entered")
    assert (listed.stage, listed.stage_on) == ("entered", DAY)
    with pytest.raises(Refused, match="不能接在"):
        go(listed, office, "handed")
    assert Entry.objects.filter(action="entries.step").count() == 6


def test_no_step_is_skipped(listed, office):
    for kind in ("handed", "county", "entered", "returned"):
        with pytest.raises(Refused, match="不能接在"):
            go(listed, office, kind)
    assert listed.steps.count() == 1


def test_a_return_and_a_withdrawal_need_their_reason(listed, office):
    go(listed, office, "qualified", "handed")
    with pytest.raises(Refused, match="原因"):
        go(listed, office, "returned")
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryStep.objects.create(candidate=listed, kind="returned", on=DAY, taken_by=office, taken_at=AT)
    go(listed, office, "returned", reason="申报表查询页不清")
    go(listed, office, "handed")
    assert listed.stage == "handed", "after a return it may be handed in again"


@pytest.mark.parametrize("on", [date(2022, 2, 28), date(2022, 10, 21)])
def test_a_step_is_not_before_the_one_before_nor_to_come(listed, office, on):
    with pytest.raises(Refused, match="不能早于"):
        go(listed, office, "visited", on=on)
    go(listed, office, "visited", on=date(2022, 3, 1))


def test_a_step_by_mistake_is_cancelled_and_stays_readable(listed, office):
    go(listed, office, "visited", "qualified")
    actions.cancel_step(candidate=listed, by=office, at=AT)
    listed.refresh_from_db()
    assert listed.stage == "visited"
    assert listed.steps.filter(cancelled_at__isnull=False).get().kind == "qualified"
    actions.cancel_step(candidate=listed, by=office, at=AT)
    with pytest.raises(Refused, match="不能取消"):
        actions.cancel_step(candidate=EntryCandidate.objects.get(), by=office, at=AT)


def test_two_who_act_at_once_the_second_is_told(listed, office):
    """The second still sees the unit as listed."""
    seen = EntryCandidate.objects.get(pk=listed.pk)
    go(listed, office, "visited")
    with pytest.raises(Refused, match="刚被别人改过"):
        actions._move(seen, "listed", "qualified", DAY)


@pytest.mark.parametrize(("changed", "said"), [
    ({"uscc": "91110000600037342L"}, "代码|校验"), ({"uscc": ""}, "信用代码"), ({"trade": "mining"}, "行业"),
    ({"origin": " "}, "来源部门"), ({"listed_on": date(2022, 10, 21)}, "晚于今天"),
])  # fmt: skip
def test_what_is_not_whole_does_not_come_on_the_list(office, changed, said):
    with pytest.raises(Refused, match=said):
        actions.list_candidate(draft=draft(**changed), by=office, at=AT)
    assert not EntryCandidate.objects.exists()


def test_one_code_stands_once(listed, office):
    with pytest.raises(Refused, match="已有这个"):
        actions.list_candidate(draft=draft(), by=office, at=AT)


def test_a_fact_has_a_source_and_a_paper_fits_the_trade(listed, office):
    actions.note_fact(candidate=listed, what="营业收入", told="2022年1—9月2310万元", source="税务局", on=DAY,
                      by=office, at=AT)  # fmt: skip
    with pytest.raises(Refused, match="来源"):
        actions.note_fact(candidate=listed, what="营业收入", told="x", source="", on=DAY, by=office, at=AT)
    actions.note_paper(candidate=listed, code="licence", got_on=DAY, by=office, at=AT)
    with pytest.raises(Refused, match="登记过"):
        actions.note_paper(candidate=listed, code="licence", got_on=DAY, by=office, at=AT)
    with pytest.raises(Refused, match="不要这份"):
        actions.note_paper(candidate=listed, code="qualification", got_on=DAY, by=office, at=AT)
    assert (EntryFact.objects.count(), EntryPaper.objects.count()) == (1, 1)


HEAD = ["统一社会信用代码", "单位名称", "行业", "来源部门", "列入日期", "营业收入（万元）", "数据期间"]
TABLE = [
    ["安禾区准四上单位名单"], HEAD,
    [CODES[0], "安禾精工", "工业", "税务局", "2022-09-30", 2310, "2022年1—9月"],
    [CODES[1], "桐溪商贸", "批发业", "商务局", "2022-09-30", None, None],
]  # fmt: skip


def test_a_departments_list_comes_through_the_intake(accepted):
    accepted(TABLE, "准四上名单.xlsx")
    first, second = EntryCandidate.objects.order_by("pk")
    assert (first.trade, first.origin, first.stage) == ("industry", "税务局", "listed")
    assert first.facts.get().told == "2022年1—9月 2310万元" and not second.facts.exists()
    assert second.steps.get().kind == "listed"


def test_a_known_unit_is_left_as_it_is_and_a_wrong_code_is_refused(accepted, checked, listed):
    file = accepted(TABLE, "准四上名单.xlsx")
    assert (file.counts["unchanged"], file.counts["new"]) == (1, 1)
    wrong = [*TABLE[:2], ["91110000600037342L", *TABLE[2][1:]]]
    found = checked(wrong, "错码.xlsx")
    assert found.state == "refused" and found.findings.filter(check_code="entries.bad_code").exists()


def test_a_list_is_taken_back_unless_one_of_its_units_has_moved_on(accepted, people, office):
    file = accepted(TABLE, "准四上名单.xlsx")
    first = EntryCandidate.objects.order_by("pk")[0]
    go(first, office, "visited")
    with pytest.raises(Refused, match="不能整批撤回"):
        undo(submission=file, by=people["analyst"], reason="错表", at=AT)
    actions.cancel_step(candidate=first, by=office, at=AT)
    file.refresh_from_db()
    undo(submission=file, by=people["analyst"], reason="错表", at=AT)
    assert set(EntryCandidate.objects.values_list("stage", flat=True)) == {"left"}


class TestCounts:
    def test_the_same_time_last_year_ends_on_the_same_day(self, office):
        """Entered 20 and 21 October last year: only the first is in the same time."""
        for code, on in ((CODES[0], date(2021, 10, 20)), (CODES[1], date(2021, 10, 21)), (CODES[2], DAY)):
            one = actions.list_candidate(draft=draft(code, listed_on=date(2021, 1, 5)), by=office, at=AT)
            for kind in ("qualified", "handed", "county", "city", "entered"):
                go(one, office, kind, on=on)
        found = {count.kind: (count.now, count.before) for count in queries.counts(DAY)}
        assert found["entered"] == (1, 1) and found["listed"] == (0, 3)
        assert {c.kind: c.before for c in queries.counts(DAY + timedelta(days=1))}["entered"] == 2

    def test_withdrawals_stand_beside_entries_and_a_cancelled_step_counts_nothing(self, listed, office):
        go(listed, office, "qualified", "handed", "county", "city", "entered")
        go(listed, office, "left", reason="停产")
        found = {count.kind: count.now for count in queries.counts(DAY)}
        assert (found["entered"], found["left"]) == (1, 1)
        assert queries.reasons(DAY) == [("left", "停产", 1)]
        actions.cancel_step(candidate=listed, by=office, at=AT)
        assert {count.kind: count.now for count in queries.counts(DAY)}["left"] == 0

    def test_a_unit_returned_twice_counts_once(self, listed, office):
        go(listed, office, "qualified")
        for _n in range(2):
            go(listed, office, "handed")
            go(listed, office, "returned", reason="缺查询页")
        assert {count.kind: count.now for count in queries.counts(DAY)}["returned"] == 1

    def test_the_29th_of_february_is_compared_with_the_28th(self):
        assert rules.same_day_last_year(date(2024, 2, 29)) == date(2023, 2, 28)


@given(st.lists(st.sampled_from(sorted(rules.NEXT)), max_size=12))
def test_whatever_is_tried_an_entered_unit_was_handed_in_and_passed(tried):
    stage, way = "listed", ["listed"]
    for kind in tried:
        if kind in rules.NEXT[stage]:
            stage = kind
            way.append(kind)
    if "entered" in way:
        before = way[: way.index("entered")]
        assert before[-3:] == ["handed", "county", "city"]


class TestPages:
    def test_a_unit_is_added_and_moved_on_the_pages(self, regions, office, client):
        client.force_login(office)
        form = {
            "uscc": CODES[0],
            "name": "安禾精工",
            "trade": "industry",
            "origin": "税务局",
            "listed_on": "2022-10-01",
        }
        client.post("/entries/add/", form)
        one = EntryCandidate.objects.get()
        page = f"/entries/{one.pk}/"
        client.post(page + "step/", {"kind": "visited", "on": "2022-10-10", "by_whom": "桐溪镇"})
        client.post(
            page + "fact/", {"what": "营业收入", "told": "2310万元", "source": "税务局", "on": "2022-10-10"}
        )
        client.post(page + "paper/", {"code": "licence", "got_on": "2022-10-11"})
        text = client.get(page).content.decode()
        assert "已核实走访" in text and "2310万元" in text and "2022-10-11" in text
        client.post(page + "cancel/", {})
        one.refresh_from_db()
        assert one.stage == "listed"
        assert client.post(page + "step/", {"kind": "visited", "on": "2022-02-30"}).status_code == 302
        assert one.steps.count() == 2

    def test_reading_the_list_and_a_unit_leaves_its_trace(self, listed, office, client):
        client.force_login(office)
        for path in ("/entries/list/", "/entries/list/?export=xlsx", f"/entries/{listed.pk}/"):
            assert client.get(path).status_code == 200
        assert Entry.objects.filter(action=ACTION).count() == 3

    def test_a_leader_sees_counts_and_no_unit(self, listed, people, client):
        client.force_login(people["leader"])
        text = client.get("/entries/").content.decode()
        assert "列入准四上名单" in text and "安禾精工" not in text
        assert client.get("/entries/list/").status_code == 403
        assert client.get(f"/entries/{listed.pk}/").status_code == 403

    def test_who_may_only_look_cannot_write(self, listed, people, client):
        client.force_login(people["analyst"])
        assert client.get(f"/entries/{listed.pk}/").status_code == 200
        assert (
            client.post(f"/entries/{listed.pk}/step/", {"kind": "visited", "on": "2022-10-10"}).status_code
            == 403
        )
        with pytest.raises(PermissionDenied):
            go(listed, people["analyst"], "visited")
        client.force_login(people["liaison"])
        assert client.get("/entries/").status_code == 403

    def test_the_calendar_offers_every_set_and_goes_out(self, regions, office, client):
        client.force_login(office)
        text = client.get("/entries/batches/?set=futian-2026").content.decode()
        assert "2022-10y" not in text and "年度批次" in text
        assert "只收建筑业、房地产开发" in text and "福田" in text and "真实性承诺书" in text
        book = load_workbook(io.BytesIO(client.get("/entries/batches/?set=henan-county&export=xlsx").content))
        rows = list(book.active.values)
        assert rows[10][0] == "2022-10" and rows[10][2] == datetime(2022, 10, 15)
        assert client.get("/entries/?export=xlsx").status_code == 200


def test_nothing_of_the_room_knows_a_threshold_or_what_a_unit_lacks():
    root = Path(wenpan.__file__).parent
    files = [*(root / "district/entries").rglob("*.py"), root / "rules/figures/entries.py"]
    files += (root / "district/templates/entries").glob("*.html")
    words = re.compile(r"还差|差额|缺口|门槛|threshold|shortfall|lacks?_|2000万|500万|200万")
    for path in files:
        text = re.sub(r'^(?:"""[\s\S]*?""")', "", path.read_text())
        assert not words.search(text), f"{path.name}: {words.search(text)[0]}"
    figures = re.sub(r"#.*|source: >-[\s\S]*?in_force", "", (root / "rules/entry_batches.yaml").read_text())
    assert not re.search(r"\d{3,}万", figures.replace("5000万元及以上投资单位", ""))


def test_doctor_names_a_unit_that_its_steps_do_not_put_where_it_is_kept(listed, office, behind_the_back):
    go(listed, office, "visited", "qualified")
    actions.cancel_step(candidate=listed, by=office, at=AT)
    told = lambda: list(rederived.troubles(lambda words: None))  # noqa: E731
    assert told() == []
    with behind_the_back():
        EntryCandidate.objects.filter(pk=listed.pk).update(stage="entered")
        [line] = told()
        assert line.startswith(f"entries.EntryCandidate row {listed.pk} ") and "give visited since" in line
        EntryCandidate.objects.filter(pk=listed.pk).update(stage="visited")
        EntryStep.objects.filter(kind="visited").update(on=date(2022, 2, 28))
        assert "cannot follow listed on 2022-03-01" in told()[-1]
        EntryStep.objects.filter(kind="listed").update(cancelled_at=AT)
        assert "does not begin with the step that listed it" in told()[0]
