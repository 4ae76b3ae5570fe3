"""The pages of the room: what each person sees and sends; another unit's record is not there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.firms.conftest import FRIDAY
from wenpan.district.firms.contacts.actions import assign_contact, end_contact
from wenpan.district.firms.models import ContactAssignment, Firm, FirmVisit, ServiceRequest, SupportClause
from wenpan.district.firms.policies.actions import keep_clause
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "用能补助", "source": "区政规〔2022〕6号", "valid_from": "2022-01-01", "claim_to": "2022-12-31",
    "terms": "名录含规上工业\n从业人数不超过1000人\n支持：按二季度电费的5%，最高50万元",
    "budget": "planned", "office": "zjj",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(today_is):
    today_is("2022-10-18")


def test_the_ledger_shows_pages_filters_and_exports(firm, asked, signed_in):
    asked()
    browser = signed_in("office")
    shown = browser.get("/firms/?q=精工").content.decode()
    assert "安禾精工有限公司" in shown and "91350100M000100Y43" in shown
    assert "安禾精工有限公司" not in browser.get("/firms/?state=gone").content.decode()
    assert browser.get("/firms/?export=xlsx").content[:2] == b"PK"


def test_a_firm_is_registered_and_corrected_on_the_page(people, units, signed_in):
    browser = signed_in("office")
    sent = {"name": "宁澜电子有限公司", "town": "tongxi", "lists": "四上、规上工业", "size": "small"}
    assert browser.post("/firms/add/", sent).status_code == 302
    firm = Firm.objects.get()
    assert (firm.lists, firm.town.code, firm.marks) == (["四上", "规上工业"], "tongxi", "|四上|规上工业|")
    assert (
        browser.post(f"/firms/{firm.pk}/change/", sent | {"trade": "电子", "seen": firm.version}).status_code
        == 302
    )
    firm.refresh_from_db()
    assert firm.trade == "电子"
    assert browser.post("/firms/add/", {"name": ""}).status_code == 422


def test_a_firm_that_is_gone_leaves_the_list(firm, signed_in):
    sent = {"reason": "已注销", "on": "2022-10-18"}
    signed_in("office").post(f"/firms/{firm.pk}/end/", sent)
    firm.refresh_from_db()
    assert firm.state == "gone"


def test_a_request_goes_its_way_on_the_pages(firm, people, units, signed_in):
    office, handler = signed_in("office"), signed_in("handler")
    sent = {"title": "供电容量不足", "channel": "hotline", "category": "factors", "foreign_number": "G1"}
    assert office.post(f"/firms/{firm.pk}/request/", sent).status_code == 302
    request = ServiceRequest.objects.get()

    def step(browser, kind, **more):
        request.refresh_from_db()
        return browser.post(
            f"/firms/requests/{request.pk}/step/", {"kind": kind, "seen": request.version} | more
        )

    assert handler.get(f"/firms/requests/{request.pk}/").status_code == 404
    step(office, "accepted")
    step(office, "assigned", unit="zjj", assists=["tongxi"])
    page = handler.get(f"/firms/requests/{request.pk}/").content.decode()
    assert 'value="signed_for"' in page and 'value="checked"' not in page and "桐溪镇" in page
    step(handler, "signed_for")
    step(handler, "replied", text="已增容")
    step(office, "checked", passed="yes")
    step(office, "called_back", result="satisfied", contacted="yes", solved="yes")
    step(office, "closed", outcome="solved")
    request.refresh_from_db()
    assert (request.phase, request.outcome) == ("closed", "solved")
    page = office.get(f"/firms/requests/{request.pk}/").content.decode()
    assert "已增容" in page and "已解决" in page


def test_a_refused_step_says_why_and_changes_nothing(asked, signed_in):
    request = asked()
    answer = signed_in("office").post(
        f"/firms/requests/{request.pk}/step/", {"kind": "closed", "outcome": "solved"}, follow=True
    )
    assert "核验通过后才能销号" in answer.content.decode()
    request.refresh_from_db()
    assert request.phase == "registered"


@pytest.mark.parametrize(
    "sent", [{"kind": "x"}, {}, {"kind": "received"}, {"kind": "accepted", "seen": "99"}]
)
def test_a_step_that_is_none_or_too_late_is_refused(asked, signed_in, sent):
    request = asked()
    assert signed_in("office").post(f"/firms/requests/{request.pk}/step/", sent).status_code == 302
    assert request.entries.count() == 1


@pytest.mark.parametrize(
    ("show", "seen"), [("open", True), ("mine", True), ("overdue", False), ("closed", False)]
)
def test_the_list_by_clock(asked, signed_in, show, seen):
    asked()
    page = signed_in("office").get(f"/firms/requests/?show={show}").content.decode()
    assert ("供电容量不足" in page) is seen


def test_what_is_overdue_is_red_and_counted(asked, step, signed_in, today_is):
    request = asked()
    step(request, "accepted")
    today_is("2022-12-01")
    page = signed_in("office").get("/firms/requests/?show=overdue").content.decode()
    assert "供电容量不足" in page and "超时" in page


def test_the_service_numbers_show_n_and_withhold_rates_of_few(replied, signed_in):
    page = signed_in("office").get("/firms/requests/service/?month=2022-10").content.decode()
    assert "解决率（解决/有效）" in page and "0/1" in page and "住建局" in page


def test_the_leader_sees_what_is_due_and_writes_a_visit_on_the_spot(firm, people, signed_in):
    assign_contact(
        firm=firm,
        person=people["leader"],
        every=3,
        starts_on=date(2022, 7, 1),
        by=people["office"],
        at=FRIDAY,
    )
    leader = signed_in("leader")
    page = leader.get("/firms/contacts/").content.decode()
    assert "安禾精工有限公司" in page and 'data-column="state__due"' in page
    found = leader.get("/firms/contacts/?q=桐溪&export=csv").content.decode("utf-8-sig").splitlines()
    assert found[0].startswith("企业,镇街,包联人") and "安禾精工有限公司,桐溪镇" in found[1]
    assert len(leader.get("/firms/contacts/?q=柳湾&export=csv").content.decode().splitlines()) == 1
    sent = {"result": "met", "on": "2022-10-18", "asked": "门口积水", "category": "other", "back": "due"}
    assert leader.post(f"/firms/{firm.pk}/visit/", sent).url == "/firms/contacts/"
    assert FirmVisit.objects.get().person == people["leader"]
    assert ServiceRequest.objects.get().title == "门口积水"


def test_the_office_plans_contacts_and_sees_the_whole(firm, people, signed_in):
    office = signed_in("office")
    sent = {"person": people["leader"].pk, "every": 3, "starts_on": "2022-07-01"}
    office.post(f"/firms/{firm.pk}/contact/", sent)
    page = office.get("/firms/contacts/plan/?show=late").content.decode()
    assert "安禾精工有限公司" in page and "2022-10-01" in page
    assert office.get("/firms/contacts/plan/?export=xlsx").content[:2] == b"PK"


def test_a_contact_ends_on_the_page(firm, people, signed_in):
    made = assign_contact(
        firm=firm, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
    )
    signed_in("office").post(f"/firms/contacts/{made.pk}/end/", {"on": "2022-10-18"})
    assert ContactAssignment.objects.get().ends_on == date(2022, 10, 18)


def test_a_contact_ends_on_its_last_day(firm, people):
    made = assign_contact(
        firm=firm, person=people["leader"], every=3, starts_on=date(2022, 7, 1), by=people["office"]
    )
    assert end_contact(contact=made, on=date(2022, 10, 18), by=people["office"]).ends_on == date(2022, 10, 18)


def test_a_clause_is_typed_and_shows_who_may_fit(firm, signed_in):
    office = signed_in("office")
    assert office.post("/firms/policies/add/", TYPED | {"text": "第六条"}).status_code == 302
    row = SupportClause.objects.get()
    assert (row.code, row.office.code, row.budget) == ("zc2022-001", "zjj", "planned")
    page = office.get(f"/firms/policies/{row.pk}/").content.decode()
    assert "安禾精工有限公司" in page and "从业人数不超过1000人" in page and "仅为候选" in page
    assert "用能补助" in office.get("/firms/policies/").content.decode()


def test_a_clause_is_revised_from_its_own_words_and_keeps_its_number(signed_in):
    office = signed_in("office")
    office.post("/firms/policies/add/", TYPED)
    row = SupportClause.objects.get()
    form = office.get(f"/firms/policies/add/?of={row.pk}").content.decode()
    assert "支持：按二季度电费的5%，最高50万元" in form and "区政规〔2022〕6号" in form
    office.post("/firms/policies/add/", TYPED | {"of": row.pk, "terms": "名录含四上"})
    fresh = SupportClause.objects.get(superseded_at=None)
    assert (fresh.code, fresh.version, SupportClause.objects.count()) == (row.code, 2, 2)
    assert SupportClause.objects.exclude(pk=fresh.pk).get().conditions["support"]["cap"] == 50


def test_what_was_paid_is_noted_on_the_page_with_its_day(signed_in):
    office = signed_in("office")
    office.post("/firms/policies/add/", TYPED)
    row = SupportClause.objects.get()
    for wrong in (
        {"paid": "-1"},
        {"paid": "许多"},
        {"paid": "5", "on": "2022-10-19"},
        {"paid": "5", "budget": "x"},
    ):
        office.post(f"/firms/policies/{row.pk}/paid/", {"on": "2022-10-18", "budget": "planned"} | wrong)
        row.refresh_from_db()
        assert row.paid is None
    office.post(f"/firms/policies/{row.pk}/paid/", {"paid": "126.5", "on": "2022-10-18", "budget": "short"})
    row.refresh_from_db()
    assert (str(row.paid), str(row.paid_on), row.budget) == ("126.50", "2022-10-18", "short")
    page = office.get(f"/firms/policies/{row.pk}/").content.decode()
    assert "126.50" in page and "资金不足" in page
    assert "截至2022-10-18已兑付126.5" in Entry.objects.get(action="policies.paid").summary
    assert signed_in("town").post(f"/firms/policies/{row.pk}/paid/", {"paid": "1"}).status_code == 403


def test_a_fact_is_noted_with_its_source(firm, signed_in):
    sent = {"fact": "staff", "value": "320", "source": "企业自述", "on": "2022-10-01"}
    signed_in("office").post(f"/firms/{firm.pk}/fact/", sent)
    firm.refresh_from_db()
    assert firm.facts == {"staff": {"value": 320.0, "source": "企业自述", "on": "2022-10-01"}}
    assert "企业自述" in signed_in("office").get(f"/firms/{firm.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"terms": ""},
        {"terms": "研发投入高"},
        {"terms": "x" * 20_001},
        {"name": ""},
        {"source": " "},
        {"valid_from": ""},
        {"valid_from": "2022-02-30"},
        {"claim_from": "2023-01-01"},
    ],
)
def test_a_clause_that_cannot_be_read_comes_back_as_typed(signed_in, wrong):
    answer = signed_in("office").post("/firms/policies/add/", TYPED | wrong)
    assert answer.status_code == 422 and not SupportClause.objects.exists()
    assert (TYPED | wrong)["source"].strip() in answer.content.decode()


@pytest.mark.parametrize("path", ["", "change/", "end/", "request/", "visit/", "contact/", "fact/"])
def test_another_units_firm_is_not_there(firm, signed_in, path):
    browser = signed_in("other")
    answer = browser.get(f"/firms/{firm.pk}/{path}") if not path else browser.post(f"/firms/{firm.pk}/{path}")
    assert answer.status_code in (403, 404)


def test_a_unit_sees_candidates_among_its_own_firms_only(firm, people, signed_in):
    data = {"name": "用能补助", "source": "区政规〔2022〕6号", "valid_from": date(2022, 1, 1),
            "conditions": [{"fact": "lists", "has": "规上工业"}]}  # fmt: skip
    row = keep_clause(data=data, by=people["office"], at=FRIDAY)
    assert "安禾精工" in signed_in("town").get(f"/firms/policies/{row.pk}/").content.decode()
    assert "安禾精工" not in signed_in("other").get(f"/firms/policies/{row.pk}/").content.decode()


def test_the_pages_speak_english(firm, replied, signed_in):
    browser = signed_in("office")
    browser.cookies["django_language"] = "en"
    page = browser.get(f"/firms/requests/{replied.pk}/").content.decode()
    assert "To be checked" in page and "What was done" in page and "待核验" not in page


def test_lists_do_not_ask_for_each_row_again(firm, asked, signed_in, django_assert_max_num_queries):
    for number in range(12):
        asked(f"诉求{number}")
    browser = signed_in("office")
    with django_assert_max_num_queries(25):
        browser.get("/firms/requests/?show=all")
    with django_assert_max_num_queries(25):
        browser.get("/firms/")


def test_a_photo_proves_a_visit_in_the_place_of_a_sentence(firm, people, signed_in):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    browser = signed_in("town")
    sent = {"result": "met", "on": "2022-10-18"}
    browser.post(f"/firms/{firm.pk}/visit/", sent)
    browser.post(f"/firms/{firm.pk}/visit/", sent | {"photo": SimpleUploadedFile("a.jpg", b"no photo")})
    assert not FirmVisit.objects.exists()
    browser.post(f"/firms/{firm.pk}/visit/", sent | {"photo": SimpleUploadedFile("a.jpg", out.getvalue())})
    visit = FirmVisit.objects.get()
    address = f"/firms/visits/{visit.pk}/photo/"
    assert address in browser.get(f"/firms/{firm.pk}/").content.decode()
    assert browser.get(address).content[:3] == b"\xff\xd8\xff"
    assert signed_in("other").get(address).status_code == 404
