"""The firm's own door: files, adds, follows, rates; nothing else is there, and nobody can find out who is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from wenpan.district.firms.ledger.actions import add_firm, end_firm
from wenpan.district.firms.links.link_actions import make_link, revoke_link
from wenpan.district.firms.models import FirmLink, RequestFile, ServiceRequest
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
SENT = {"title": "供电容量不足", "text": "三号车间", "category": "factors"}


def test_a_firm_files_adds_follows_and_rates_its_request(inside, step):
    browser, link = inside
    sent = browser.post("/file/", SENT | {"files": [SimpleUploadedFile("电费单.pdf", b"%PDF-1.4 x")]})
    request = ServiceRequest.objects.get()
    assert sent["Location"] == f"/r/{request.number}/?said=filed"
    assert (request.firm, request.channel, request.files.get().filename) == (
        link.firm,
        "online",
        "电费单.pdf",
    )
    assert browser.post(f"/r/{request.number}/add/", {"text": "每天停两小时"}).status_code == 302
    for kind in ("accepted", "assigned", "signed_for", "replied", "checked"):
        more = {"details": {"passed": True}} if kind == "checked" else {}
        at = timezone.now()
        step(request, kind, text="已增容" if kind == "replied" else "", at=at, **more)
    page = browser.get(f"/r/{request.number}/").content.decode()
    assert "每天停两小时" in page and "已增容" in page
    rated = {"result": "satisfied", "solved": "yes"}
    assert browser.post(f"/r/{request.number}/rate/", rated).status_code == 302
    last = request.entries.order_by("-sequence").first()
    assert (last.kind, last.by, last.data["by_firm"], last.data["result"]) == (
        "called_back",
        None,
        True,
        "satisfied",
    )
    assert Entry.objects.filter(action="request.by_firm").count() == 3


def test_a_rating_sent_twice_counts_once_and_one_before_the_answer_not_at_all(inside, step):
    browser, _link = inside
    browser.post("/file/", SENT)
    request = ServiceRequest.objects.get()
    assert browser.post(f"/r/{request.number}/rate/", {"result": "satisfied"}).status_code == 422
    for kind in ("accepted", "assigned", "signed_for", "replied", "checked"):
        more = {"details": {"passed": True}} if kind == "checked" else {}
        step(request, kind, at=timezone.now(), **more)
    told = [browser.post(f"/r/{request.number}/rate/", {"result": "satisfied"}).status_code for _ in range(2)]
    assert told == [302, 422]
    assert request.entries.filter(kind="called_back").count() == 1


def test_a_displeased_firm_puts_the_request_back_into_hand(inside, step, made):
    from wenpan.district.firms.links.filing_actions import rate_request
    from wenpan.district.ground.refused import Refused

    browser, link = inside
    browser.post("/file/", SENT)
    request = ServiceRequest.objects.get()
    at = timezone.now()
    for number, kind in enumerate(("accepted", "assigned", "signed_for", "replied", "checked"), 1):
        more = {"details": {"passed": True}} if kind == "checked" else {}
        step(request, kind, at=at + timedelta(minutes=number), **more)
    when = at + timedelta(hours=1)
    rate_request(link=link, request=request, result="dissatisfied", solved=False, text="没解决", at=when)
    request.refresh_from_db()
    assert (request.phase, request.attempts) == ("in_hand", 2)
    with pytest.raises(Refused):
        rate_request(link=link, request=request, result="satisfied", solved=True, at=when + timedelta(1))


def test_the_same_form_sent_twice_is_one_request(inside):
    browser, _link = inside
    assert browser.post("/file/", SENT)["Location"] == browser.post("/file/", SENT)["Location"]
    assert ServiceRequest.objects.count() == 1


def test_nothing_else_resolves_at_the_door(inside):
    """Every address of the program itself, with a link in hand: there is nothing."""
    from wenpan.district import urls as program
    from wenpan.district.door.guard import CALLS

    browser, _link = inside
    ours = {str(pattern.pattern) for pattern in get_resolver("wenpan.district.door.urls").url_patterns}
    assert ours == {"", "l/<str:token>/", "file/", "r/<str:number>/", "r/<str:number>/add/",
                    "r/<str:number>/rate/", "leave/"}  # fmt: skip
    tried = 0
    for address in _addresses(program.urlpatterns):
        if address:
            CALLS.clear()
            assert browser.get(f"/{address}").status_code == 404, address
            tried += 1
    assert tried > 100


def _addresses(patterns, before=""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns, here)
        elif "<" not in here and "^" not in here:
            yield here
        elif "^" not in here:
            import re

            yield re.sub(r"<(?:\w+:)?\w+>", "1", here)


def test_a_link_that_never_was_is_revoked_or_ended_is_answered_alike(made, people, at_the_door):
    revoked, token = made()
    revoke_link(link=revoked, by=people["office"])
    ended, late = made(days=1)
    FirmLink.objects.filter(pk=ended.pk)
    browser = Client()
    answers = [browser.get(f"/l/{guess}/") for guess in ("x", "A" * 43, token, "é", late[:-1] + "_")]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1
    assert not any(a.cookies for a in answers)


@pytest.mark.parametrize(("days", "status"), [(0.999, 302), (1, 404), (2, 404)])
def test_a_link_ends_at_its_hour(made, at_the_door, monkeypatch, days, status):
    _link, token = made(days=1)
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)
    assert Client().get(f"/l/{token}/").status_code == status


def test_a_revoked_link_opens_nothing_from_the_next_page_on(inside, people):
    browser, link = inside
    assert browser.get("/").status_code == 200
    revoke_link(link=link, by=people["office"])
    assert browser.get("/").status_code == 404
    assert browser.post("/file/", SENT).status_code == 404
    assert not ServiceRequest.objects.exists()


def test_a_firm_that_is_gone_has_no_door(inside, firm, people):
    browser, _link = inside
    end_firm(firm=firm, on=timezone.localdate(), reason="注销", by=people["office"])
    assert browser.get("/").status_code == 404


def test_another_firms_request_is_not_there(inside, people, asked):
    browser, _link = inside
    other = add_firm(values={"name": "宁澜电子有限公司"}, by=people["office"])
    request = asked(firm=other)
    absent = browser.get("/r/2022-S9999/")
    there = browser.get(f"/r/{request.number}/")
    assert (there.status_code, there.content) == (404, absent.content)
    for act in ("add", "rate"):
        assert (
            browser.post(f"/r/{request.number}/{act}/", {"text": "x", "result": "satisfied"}).status_code
            == 404
        )
    assert request.entries.count() == 1


def test_what_the_house_says_to_itself_is_not_shown(inside, step):
    browser, _link = inside
    browser.post("/file/", SENT)
    request = ServiceRequest.objects.get()
    at = timezone.now() + timedelta(minutes=1)
    step(request, "accepted", at=at)
    step(request, "assigned", at=at)
    step(request, "returned", text="不归我们管", at=at)
    page = browser.get(f"/r/{request.number}/").content.decode()
    assert "不归我们管" not in page and "2022-10-18" in page


def test_only_the_hash_is_kept_and_no_address_names_the_firm(made, firm):
    link, token = made()
    kept = [str(v) for row in FirmLink.objects.values() for v in row.values()]
    told = [f"{e.summary}{e.detail}" for e in Entry.objects.all()]
    assert len(token) >= 43 and not any(token in text for text in (*kept, *told))
    assert firm.name not in f"/l/{token}/" and link.digest not in token


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.exe", b"MZ"), ("a.pdf", b"MZ not a pdf"), ("a.png", b"\x89PNG" + b"0" * (9 * 1024 * 1024))],
)
def test_what_is_no_paper_or_too_large_is_refused_and_nothing_is_filed(inside, name, data):
    browser, _link = inside
    answer = browser.post("/file/", SENT | {"files": [SimpleUploadedFile(name, data)]})
    assert answer.status_code == 422 and "供电容量不足" in answer.content.decode()
    assert not ServiceRequest.objects.exists() and not RequestFile.objects.exists()


def test_a_marked_file_is_refused_with_the_law_when_filing_and_when_adding(inside):
    browser, _link = inside
    marked = {"files": [SimpleUploadedFile("机密★1年 图.pdf", b"%PDF-1.4 x")]}
    assert "保守国家秘密法" in browser.post("/file/", SENT | marked).content.decode()
    assert not ServiceRequest.objects.exists()
    browser.post("/file/", SENT)
    address = f"/r/{ServiceRequest.objects.get().number}/add/"
    marked["files"][0].seek(0)
    assert "保守国家秘密法" in browser.post(address, {"text": "图"} | marked).content.decode()
    assert not RequestFile.objects.exists()
    assert Entry.objects.filter(action="file.refused", detail__reason="secret").count() == 2


def test_what_is_added_twice_stands_once(inside):
    browser, _link = inside
    browser.post("/file/", SENT)
    request = ServiceRequest.objects.get()
    for _twice in range(2):
        assert browser.post(f"/r/{request.number}/add/", {"text": "每天停两小时"}).status_code == 302
    assert request.entries.filter(text="每天停两小时").count() == 1


def test_a_form_that_is_far_too_large_is_not_read(inside):
    browser, _link = inside
    for size, status in ((25 * 1024**2, 200), (25 * 1024**2 + 1, 413)):
        assert browser.get("/", CONTENT_LENGTH=str(size)).status_code == status


def test_a_link_files_so_many_a_day(inside):
    browser, _link = inside
    for n in range(5):
        assert browser.post("/file/", SENT | {"title": f"诉求{n}"}).status_code == 302
    assert browser.post("/file/", SENT | {"title": "第六件"}).status_code == 422
    assert ServiceRequest.objects.count() == 5


def test_who_guesses_links_is_shut_out_for_a_while_also_with_a_right_one(made, at_the_door):
    _link, token = made()
    browser = Client()
    for n in range(20):
        assert browser.get(f"/l/guess{n}/").status_code == 404
    shut = browser.get(f"/l/{token}/")
    assert (shut.status_code, shut["Retry-After"]) == (429, "600")
    assert browser.get(f"/l/{token}/", REMOTE_ADDR="10.1.1.1").status_code == 302  # another address is let in


def test_a_form_without_its_token_is_not_taken(made, at_the_door):
    _link, token = made()
    browser = Client(enforce_csrf_checks=True)
    browser.get(f"/l/{token}/")
    assert browser.post("/file/", SENT).status_code == 404
    assert not ServiceRequest.objects.exists()


def test_a_form_of_the_door_itself_is_taken_as_a_browser_sends_it(made, at_the_door):
    """The referrer policy must let the browser say its origin: with "no-referrer" it says null."""
    _link, token = made()
    browser = Client(enforce_csrf_checks=True)
    browser.get(f"/l/{token}/")
    page = browser.get("/file/")
    key = page.content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert page["Referrer-Policy"] == "same-origin"
    sent = browser.post("/file/", SENT | {"csrfmiddlewaretoken": key}, HTTP_ORIGIN="http://testserver")
    assert sent.status_code == 302


def test_the_program_itself_does_not_know_the_door(made):
    _link, token = made()
    assert Client().get(f"/l/{token}/").status_code in (302, 404)
    assert "l/<str:token>/" not in {str(p.pattern) for p in get_resolver("wenpan.district.urls").url_patterns}


@pytest.mark.parametrize("forged", ["", "x", "1:2:3", "é"])
def test_a_forged_cookie_opens_nothing(at_the_door, forged, db):
    browser = Client()
    browser.cookies["door"] = forged
    assert browser.get("/").status_code == 404


# The office's side.


def test_the_office_makes_a_link_sees_it_once_and_revokes_it(firm, people, signed_in, today_is):
    today_is("2022-10-18")
    office = signed_in("office")
    sent = {"given_to": "王工", "days": "30", "form_key": "k" * 24}
    page = office.post(f"/firms/{firm.pk}/link/", sent)
    again = office.post(f"/firms/{firm.pk}/link/", sent)
    assert "/l/" not in again.content.decode() and FirmLink.objects.count() == 1
    assert page.status_code == 200 and "/l/" in page.content.decode()
    link = FirmLink.objects.get()
    assert "王工" in office.get("/firms/links/").content.decode()
    assert office.post(f"/firms/links/{link.pk}/revoke/").status_code == 302
    link.refresh_from_db()
    assert link.revoked_by == people["office"]
    assert "安禾精工" not in office.get("/firms/links/").content.decode().split("<main")[1]


def test_nobody_but_the_office_makes_links(firm, people, signed_in):
    from django.core.exceptions import PermissionDenied

    for name in ("handler", "leader", "analyst", "town"):
        assert signed_in(name).post(f"/firms/{firm.pk}/link/", {"given_to": "x"}).status_code == 403
        with pytest.raises(PermissionDenied):
            make_link(firm=firm, given_to="x", days=1, by=people[name])


def test_a_firms_file_is_taken_by_who_sees_the_request_and_by_nobody_else(
    firm, made, people, signed_in, step
):
    from wenpan.district.firms.links.filing_actions import SentFile, file_request

    link, _token = made()
    request = file_request(
        link=link, title="用地", text="", category="factors", files=[SentFile("图.pdf", b"%PDF-1.4 x")]
    )
    address = f"/firms/requests/files/{request.files.get().pk}/"
    assert signed_in("office").get(address).content == b"%PDF-1.4 x"
    assert signed_in("other").get(address).status_code == 404
