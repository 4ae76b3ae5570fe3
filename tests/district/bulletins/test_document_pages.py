"""The pages of documents: who sees what, making as a job, downloads to the byte, the page of reasons."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from wenpan.district.bulletins import pdf, queries
from wenpan.district.bulletins.actions import make_briefing
from wenpan.district.bulletins.models import Document
from wenpan.district.ground import originals
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
READERS = ("leader", "analyst", "statistician", "supervisor")


@pytest.fixture
def as_role(client, september):
    def sign_in(role: str):
        client.force_login(september.people[role])
        return client

    return sign_in


@pytest.fixture
def document(september):
    return make_briefing(as_of=SEPTEMBER, by=september.analyst)


def pages_of(document: Document) -> list[str]:
    return [
        reverse("bulletins:list"),
        reverse("bulletins:document", args=[document.pk]),
        reverse("bulletins:docx", args=[document.pk]),
        reverse("bulletins:picture", args=[document.pk, 0]),
        reverse("bulletins:compare", args=[document.pk, document.pk]),
    ]


@pytest.mark.parametrize("role", READERS)
def test_readers_open_every_page(as_role, document, role):
    signed_in = as_role(role)
    assert [signed_in.get(url).status_code for url in pages_of(document)] == [200] * 5


def test_others_open_none(as_role, document):
    signed_in = as_role("auditor")
    assert [signed_in.get(url).status_code for url in pages_of(document)] == [403] * 5


def test_a_units_people_find_no_analysis_in_the_archive(as_role, document):
    """They read the bulletins that were issued to them, and nothing else (test_bulletin_pages)."""
    signed_in = as_role("liaison")
    assert [signed_in.get(url).status_code for url in pages_of(document)] == [200, 404, 404, 403, 403]
    assert document.title not in signed_in.get(reverse("bulletins:list")).content.decode()


def test_a_stranger_is_sent_to_sign_in(client, document):
    assert [client.get(url).status_code for url in pages_of(document)] == [302] * 5


def post(signed_in, token=None, as_of="2022-09"):
    form = {"as_of": as_of, "token": str(token or uuid.uuid4())}
    return signed_in.post(reverse("bulletins:make"), form, follow=True)


def test_an_analyst_makes_one_and_lands_on_its_preview(as_role):
    page = post(as_role("analyst"))
    document = Document.objects.get()
    assert page.redirect_chain[-1][0] == reverse("bulletins:document", args=[document.pk])
    assert "固定资产投资" in page.content.decode()
    assert 'data-wp-open="#wp-origin"' in page.content.decode()


def test_pressing_twice_makes_one_document(as_role):
    signed_in, token = as_role("analyst"), uuid.uuid4()
    post(signed_in, token)
    post(signed_in, token)
    assert Document.objects.count() == 1


def test_a_month_that_was_never_judged_is_not_on_offer(as_role):
    page = post(as_role("analyst"), as_of="2022-10")
    assert not Document.objects.exists()
    assert page.redirect_chain[-1][0] == reverse("bulletins:list")


def test_a_leader_sees_no_button_and_may_not_post(as_role):
    signed_in = as_role("leader")
    assert reverse("bulletins:make") not in signed_in.get(reverse("bulletins:list")).content.decode()
    assert signed_in.post(reverse("bulletins:make"), {"as_of": "2022-09"}).status_code == 403


def test_a_refusal_leads_to_a_page_with_every_reason_and_what_to_do(as_role, september):
    september.judge("retail", 4.7, "YELLOW", period="2022-08")
    page = post(as_role("analyst"))
    said = page.content.decode()
    assert page.redirect_chain[-1][0] == reverse("bulletins:refused", args=["2022-09"])
    assert "社会消费品零售总额" in said
    assert "数据为2022年8月, 本月应为2022年9月" in said
    assert "上传并接收2022年9月的数据后重新研判, 再生成" in said
    assert not Document.objects.exists()


def test_when_the_reasons_are_gone_the_page_offers_to_make_it(as_role, september):
    page = as_role("analyst").get(reverse("bulletins:refused", args=["2022-09"]))
    assert page.status_code == 200
    assert reverse("bulletins:make") in page.content.decode()


def test_a_month_that_is_no_month_is_not_found(as_role):
    assert as_role("analyst").get(reverse("bulletins:refused", args=["2022-13"])).status_code == 404


def test_an_old_document_comes_back_to_the_byte(as_role, document, september):
    september.judge("fai", -1.0, "YELLOW")
    make_briefing(as_of=SEPTEMBER, by=september.analyst)
    page = as_role("leader").get(reverse("bulletins:docx", args=[document.pk]))
    assert page.content == originals.get(document.sha256)
    assert page["Content-Disposition"].startswith("attachment")


def test_the_list_exports_as_shown(as_role, document):
    page = as_role("leader").get(reverse("bulletins:list"), {"export": "xlsx"})
    assert page.content[:2] == b"PK"


def test_the_list_does_not_ask_more_for_more_documents(
    as_role, document, django_assert_max_num_queries, september
):
    for _ in range(4):
        make_briefing(as_of=SEPTEMBER, by=september.analyst)
    signed_in = as_role("leader")
    with django_assert_max_num_queries(13):  # with campaigns and views of the list
        signed_in.get(reverse("bulletins:list"))


def test_without_libreoffice_no_pdf_is_offered(as_role, document, monkeypatch):
    monkeypatch.setattr(queries, "pdf_offered", lambda: False)
    signed_in = as_role("leader")
    address = reverse("bulletins:pdf", args=[document.pk])
    assert address not in signed_in.get(reverse("bulletins:document", args=[document.pk])).content.decode()
    assert signed_in.get(address).status_code == 404


def test_a_failed_conversion_leads_back_to_the_document(as_role, document, monkeypatch):
    def fail(_data):
        raise pdf.NoPdf("no")

    monkeypatch.setattr(queries, "pdf_offered", lambda: True)
    monkeypatch.setattr(pdf, "convert", fail)
    page = as_role("leader").get(reverse("bulletins:pdf", args=[document.pk]))
    assert page.url == reverse("bulletins:document", args=[document.pk])
