"""What the auditor must look at stands out, and can be had alone: on the page and in the export."""

import io

import openpyxl
import pytest
from django.db import transaction

from wenpan.district.ground.journal.actions import record

pytestmark = pytest.mark.django_db
FILTERED = "/journal/?attention=1"


@pytest.fixture
def auditor(client, make_user):
    client.force_login(make_user("auditor"))
    with transaction.atomic():
        record(by=None, action="a.plain", subject="x:1", summary="平常的一条")
        record(by=None, action="a.told", subject="x:2", summary="重置密码", detail={"attention": True})
        record(by=None, action="a.twin", subject="x:3", summary="开账号",
               detail={"attention": ["与管理员同名：甲"], "role": "leader"})  # fmt: skip
    return client


def test_all_are_shown_and_those_for_the_auditor_are_marked(auditor):
    page = auditor.get("/journal/").content.decode()
    assert "平常的一条" in page
    assert page.count("wp-chip is-yellow") == 2


def test_they_are_shown_alone(auditor):
    page = auditor.get(FILTERED).content.decode()
    assert "重置密码" in page and "开账号" in page and "平常的一条" not in page


def test_an_unknown_word_filters_nothing(auditor):
    assert "平常的一条" in auditor.get("/journal/?attention=²").content.decode()


def test_the_export_says_why(auditor):
    sheet = openpyxl.load_workbook(io.BytesIO(auditor.get(FILTERED + "&export=xlsx").content)).active
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"与管理员同名：甲", "是"} <= cells and "平常的一条" not in cells


def test_the_entry_itself_says_why(auditor):
    from wenpan.district.ground.journal.models import Entry

    page = auditor.get(f"/journal/{Entry.objects.get(action='a.twin').sequence}/").content.decode()
    assert "请审计留意" in page and "与管理员同名：甲" in page and "区领导" in page
