"""One line of time a firm: its requests and visits, and its deals and projects as far as one may see them."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.attraction.models import Deal
from wenpan.district.firms.ledger.actions import change_firm
from wenpan.district.firms.ledger.queries import firm_page
from wenpan.district.projects.models import KeyProject, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def undertakings(firm, units):
    reached = {"talk": "2022-01-10", "signed": "2022-03-04"}
    Deal.objects.create(code="ZS1", name="二期", pinyin="x", uscc=firm.uscc, standing={"reached": reached})
    Deal.objects.create(
        code="ZS2", name="三期", pinyin="x", investor=firm.name, unit=units["zjj"], ended_on=date(2022, 5, 1),
        ending="ended",
    )  # fmt: skip
    Deal.objects.create(code="ZS3", name="别家的", pinyin="x", investor="别家", standing={"reached": reached})
    common = {"owner": firm.name, "planned_total": 10_000, "pinyin": "x"}
    Project.objects.create(
        code="P1", name="技改", band="large", state="in_library", entered="2022-04", unit=units["tongxi"],
        **common,
    )  # fmt: skip
    KeyProject.objects.create(
        code="K1", name="新厂房", year=2022, level="district", stage="building", unit=units["liuwan"],
        actual_start="2022-06", **common,
    )  # fmt: skip


def told(firm, user):
    return [(str(m.on), m.text) for m in firm_page(firm, user).moments if m.kind in ("deal", "project")]


def test_deals_and_projects_stand_in_the_line_newest_first(firm, people, undertakings):
    assert told(firm, people["leader"]) == [
        ("2022-06-30", "新厂房 · 实际开工"),
        ("2022-05-01", "三期 · 终止"),
        ("2022-04-30", "技改 · 入库"),
        ("2022-03-04", "二期 · 正式签约"),
        ("2022-01-10", "二期 · 在谈"),
    ]


def test_a_unit_sees_its_own_only(firm, people, undertakings):
    assert [text for _on, text in told(firm, people["town"])] == ["技改 · 入库"]
    assert [text for _on, text in told(firm, people["handler"])] == ["三期 · 终止"]


def test_what_was_done_under_a_former_name_is_the_firms(firm, people, undertakings):
    before = told(firm, people["leader"])
    firm = change_firm(firm=firm, values={"name": "安禾精密制造有限公司"}, by=people["office"])
    assert told(firm, people["leader"]) == before
