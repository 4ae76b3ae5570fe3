"""The ledger of firms, the contact plan and the policy library: what is kept, refused, and seen by whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.district.firms.conftest import FRIDAY
from wenpan.district.firms.contacts import queries as contacts
from wenpan.district.firms.contacts.actions import assign_contact, end_contact, note_visit
from wenpan.district.firms.ledger.actions import add_firm, change_firm, end_firm
from wenpan.district.firms.ledger.queries import firm_page, firms_of
from wenpan.district.firms.models import Firm, FirmVisit, ServiceRequest, SupportClause
from wenpan.district.firms.policies.actions import keep_clause, note_fact
from wenpan.district.firms.policies.queries import explained, fits_of, shown_firms, who_fits
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.economy.time.visits import months_after, visit_due
from wenpan.rules.firm_policies import sample_clauses

pytestmark = pytest.mark.django_db
OTHER_CODE = "91350100M000100Y43"


def test_a_code_whose_checksum_fails_is_refused(people):
    with pytest.raises(Refused, match="校验位"):
        add_firm(values={"name": "甲公司", "uscc": "91350100M000100Y44"}, by=people["office"])


def test_one_firm_a_code_and_a_name(firm, people):
    with pytest.raises(Refused, match="信用代码"):
        add_firm(values={"name": "乙公司", "uscc": OTHER_CODE}, by=people["office"])
    with pytest.raises(Refused, match="同名"):
        add_firm(values={"name": "安禾精工（有限公司）"}, by=people["office"])


def test_a_former_name_stays_known(firm, people):
    change_firm(firm=firm, values={"name": "安禾精工科技有限公司"}, by=people["office"], at=FRIDAY)
    page = firm_page(firm, people["office"])
    assert [one.name for one in page.names] == ["安禾精工有限公司"]
    assert any("安禾精工有限公司" in moment.text for moment in page.moments)


def test_of_two_who_change_a_firm_one_is_refused(firm, people):
    change_firm(firm=firm, values={"trade": "电子"}, seen=1, by=people["office"])
    with pytest.raises(Refused, match="别人改过"):
        change_firm(firm=firm, values={"trade": "食品"}, seen=1, by=people["second"])


def test_a_merged_firms_requests_are_shown_with_the_one_that_goes_on(firm, asked, people):
    request = asked()
    heir = add_firm(values={"name": "宁澜重工有限公司"}, by=people["office"])
    end_firm(firm=firm, on=date(2022, 10, 20), reason="登记机关公告", into=heir, by=people["office"])
    assert firm.state == "merged" and firm_page(heir, people["office"]).open_requests == (request,)
    with pytest.raises(Refused, match="不在营"):
        end_firm(firm=firm, on=date(2022, 10, 20), reason="x", by=people["office"])


def test_the_database_refuses_a_merger_into_nothing(firm):
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.filter(pk=firm.pk).update(state="merged")


def test_a_unit_sees_the_firms_of_its_town_and_of_its_requests(firm, replied, people):
    assert firms_of(people["town"]).get() == firm
    assert firms_of(people["handler"]).get() == firm
    assert not firms_of(people["other"]).exists()
    assert firms_of(people["office"], mark="规上工业").get().open_requests == 1
    assert not firms_of(people["office"], mark="规上").exists()


@pytest.mark.parametrize(
    ("visits", "due", "late"),
    [
        ([], date(2022, 10, 1), True),
        ([(date(2022, 8, 31), "met")], date(2022, 11, 30), False),
        ([(date(2022, 8, 31), "phone")], date(2022, 10, 1), True),
        ([(date(2022, 8, 31), "refused")], date(2022, 11, 30), False),
        ([(date(2022, 8, 31), "gone")], None, False),
        ([(date(2022, 8, 31), "gone"), (date(2022, 9, 2), "met")], date(2022, 12, 2), False),
        ([(date(2022, 10, 19), "met")], date(2022, 10, 1), True),  # not known yet on the 18th
    ],
)
def test_a_visit_is_due_by_what_came_of_the_last(visits, due, late):
    state = visit_due(date(2022, 7, 1), 3, visits, date(2022, 10, 18))
    assert (state.due, state.is_late(date(2022, 10, 18))) == (due, late)


def test_due_this_month_means_up_to_its_last_day():
    state = visit_due(date(2022, 7, 31), 3, [], date(2022, 10, 1))
    assert (
        state.due == date(2022, 10, 31)
        and state.is_due(date(2022, 10, 1))
        and not state.is_due(date(2022, 9, 30))
    )
    assert months_after(date(2022, 11, 30), 3) == date(2023, 2, 28)


def test_what_is_due_comes_to_the_leader(firm, people):
    assign_contact(
        firm=firm, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
    )
    (line,) = contacts.due_of(people["leader"], date(2022, 10, 18))
    assert line.contact.firm == firm and line.late
    note_visit(
        firm=firm, on=date(2022, 10, 14), result="met", note="生产正常", by=people["leader"], at=FRIDAY
    )
    assert contacts.due_of(people["leader"], date(2022, 10, 18)) == []


def test_a_promise_becomes_a_request(firm, people):
    visit = note_visit(
        firm=firm,
        on=date(2022, 10, 14),
        result="met",
        asked="门口道路积水",
        promised="月底前修好",
        by=people["leader"],
        at=FRIDAY,
    )
    request = ServiceRequest.objects.get(visit=visit)
    assert (request.title, request.channel) == ("门口道路积水", "visit") and "月底前修好" in request.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"result": "seen"}, "结果"),
        ({"on": date(2022, 10, 15)}, "今天"),
        ({"note": ""}, "记录"),
        ({"result": "gone", "asked": "x"}, "没有联系上"),
    ],
)
def test_a_visit_that_says_nothing_is_refused(firm, people, change, said):
    values = {
        "firm": firm,
        "on": date(2022, 10, 14),
        "result": "met",
        "note": "x",
        "by": people["leader"],
        "at": FRIDAY,
    }
    with pytest.raises(Refused, match=said):
        note_visit(**(values | change))
    assert not FirmVisit.objects.exists()


def test_one_writes_down_ones_own_visits_and_the_office_anybodys(firm, people):
    values = {
        "firm": firm,
        "on": date(2022, 10, 14),
        "result": "met",
        "note": "x",
        "person": people["leader"],
        "at": FRIDAY,
    }
    with pytest.raises(PermissionDenied):
        note_visit(by=people["town"], **values)
    with pytest.raises(NotYours):
        note_visit(by=people["other"], **values)
    assert note_visit(by=people["office"], **values).person == people["leader"]


def test_coverage_counts_each_firm_once_and_its_parts_make_the_whole(people, units):
    firms = [add_firm(values={"name": f"企业{n}"}, by=people["office"]) for n in range(5)]
    for one in firms:
        assign_contact(
            firm=one, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
        )
    for one, results in zip(
        firms, (["phone", "met"], ["phone"], ["refused"], ["met", "gone"], []), strict=True
    ):
        for number, result in enumerate(results):
            note_visit(
                firm=one,
                on=date(2022, 9, 1 + number),
                result=result,
                note="x",
                person=people["leader"],
                by=people["office"],
                at=FRIDAY,
            )
    found = contacts.coverage(contacts.current(date(2022, 10, 18)), date(2022, 10, 18))
    assert (found.planned, found.met, found.phone, found.refused, found.gone, found.not_yet) == (
        5,
        1,
        1,
        1,
        1,
        1,
    )


def test_a_person_looks_after_a_firm_once_and_until_an_end(firm, people):
    made = assign_contact(
        firm=firm, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
    )
    with pytest.raises(Refused, match="已经包联"):
        assign_contact(
            firm=firm, person=people["leader"], every=1, starts_on=date(2022, 7, 1), by=people["office"]
        )
    with pytest.raises(Refused, match="早于"):
        end_contact(contact=made, on=date(2022, 6, 30), by=people["office"])
    end_contact(contact=made, on=date(2022, 10, 31), by=people["office"])
    assert contacts.current(date(2022, 10, 31)).exists() and not contacts.current(date(2022, 11, 1)).exists()
    with pytest.raises(Refused, match="已经结束"):
        end_contact(contact=made, on=date(2022, 11, 30), by=people["office"])


@pytest.mark.parametrize(
    ("every", "person", "said"), [(0, "leader", "1到12"), (13, "leader", "1到12"), (3, "analyst", "权限")]
)
def test_a_plan_that_cannot_be_carried_out_is_refused(firm, people, every, person, said):
    with pytest.raises(Refused, match=said):
        assign_contact(
            firm=firm, person=people[person], every=every, starts_on=date(2022, 7, 1), by=people["office"]
        )


CLAUSE = {
    "code": "energy",
    "name": "用能补助",
    "source": "区政规〔2022〕6号",
    "valid_from": date(2022, 1, 1),
    "conditions": [{"fact": "lists", "has": "规上工业"}, {"fact": "staff", "at_most": 1000}],
    "support": {"rate": 5, "of": "power", "cap": 50},
}


def test_who_fits_lists_candidates_with_the_question_and_never_a_verdict(firm, people):
    add_firm(values={"name": "宁澜商贸有限公司", "lists": ["限上商贸"]}, by=people["office"])
    row = keep_clause(data=CLAUSE, by=people["office"], at=FRIDAY)
    found = who_fits(row, people["office"])
    assert (found.firms, found.met, found.unknown, found.unmet) == (2, 0, 1, 1)
    assert "从业人数" in explained(row, shown_firms(found.candidates))[0].match.questions[0]
    note_fact(
        firm=firm, fact="staff", value="320", source="企业自述", on=date(2022, 9, 30), by=people["office"]
    )
    found = who_fits(row, people["office"])
    assert found.candidates == (firm.pk,) and explained(row, [firm])[0].match.amount is None
    note_fact(
        firm=firm, fact="power", value="1,200", source="电费单", on=date(2022, 9, 30), by=people["office"]
    )
    firm.refresh_from_db()
    assert explained(row, [firm])[0].match.amount == 50
    assert [fit.clause for fit in fits_of(firm, date(2022, 10, 14))] == [row]


def test_a_unit_is_shown_its_own_firms_only(firm, people):
    row = keep_clause(data=CLAUSE, by=people["office"], at=FRIDAY)
    assert who_fits(row, people["town"]).firms == 1 and who_fits(row, people["other"]).firms == 0


def test_a_new_wording_is_a_new_version_and_the_old_one_stays(people):
    first = keep_clause(data=CLAUSE, by=people["office"], at=FRIDAY)
    second = keep_clause(data=CLAUSE | {"valid_to": date(2022, 12, 31)}, by=people["office"])
    first.refresh_from_db()
    assert (second.version, first.superseded_at is not None, SupportClause.objects.count()) == (2, True, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": ""}, "文号"),
        ({"conditions": [{"fact": "x", "at_most": 1}]}, "条件有误"),
        ({"valid_from": None}, "生效"),
    ],
)
def test_a_clause_that_cannot_be_read_says_why(people, change, said):
    with pytest.raises(Refused, match=said):
        keep_clause(data=CLAUSE | change, by=people["office"])


@pytest.mark.parametrize(
    ("fact", "value", "source"),
    [
        ("staff", "many", "自述"),
        ("nothing", "1", "自述"),
        ("staff", "1", " "),
        ("local", "maybe", "自述"),
        ("lists", "", "名录"),
    ],
)
def test_a_fact_without_value_or_source_is_refused(firm, people, fact, value, source):
    with pytest.raises(Refused):
        note_fact(firm=firm, fact=fact, value=value, source=source, on=date(2022, 9, 30), by=people["office"])


def test_every_sample_clause_can_be_kept_and_read_again(firm, people):
    for _clause, data in sample_clauses():
        who_fits(keep_clause(data=data, by=people["office"], at=FRIDAY), people["office"])


@pytest.mark.parametrize(("on", "shown"), [(date(2022, 12, 20), True), (date(2022, 12, 21), False)])
def test_a_clause_whose_claims_are_closed_is_no_candidate_any_more(firm, people, on, shown):
    keep_clause(data=CLAUSE | {"claim_to": date(2022, 12, 20)}, by=people["office"], at=FRIDAY)
    assert bool(fits_of(firm, on)) is shown
