"""The month's report: paragraphs and a table, the same numbers on the page, in the export and in the
briefing.
"""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from tests.district.attraction.conftest import TODAY, ledger, signed_row
from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.report.queries import deals_of_month, month_report
from wenpan.documents.papers.briefing.deals import DealsMonth, UnitDeals, deals_paragraphs, deals_table
from wenpan.documents.papers.facts import FactRegister, problems
from wenpan.documents.papers.paper import Paper
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)


@pytest.fixture
def year(accepted):
    """This year two signings of 1.2亿 and 0.5亿 by the end of September, one in October; one last year; one
    framework; one that started."""
    accepted(
        ledger(
            signed_row("甲园", investor="甲", signed="2022-03-04", started="2022-06-01", arrived=3_000),
            signed_row("乙园", investor="乙", signed="2022-09-30", agreed=5_000, unit="高新园"),
            signed_row("丙园", investor="丙", signed="2022-10-01"),
            signed_row("丁园", investor="丁", talk="2021-01-05", signed="2021-09-30"),
            signed_row(
                "戊园",
                investor="戊",
                agreement="框架协议",
                signed=None,
                paper=None,
                talk="2022-02-01",
                progress="签框架",
            ),
        )
    )


def report(day=date(2022, 9, 30)):
    return month_report(Deal.objects.filter(duplicate_of=None, retracted=False), day)


def test_the_year_is_counted_up_to_the_day_and_the_same_days_before(year):
    found = report()
    assert (found.signed, found.signed_before, found.large, found.agreed) == (2, 1, 1, 1.7)
    assert (found.started, found.started_before) == (1, 0)
    assert report(date(2022, 9, 29)).signed == 1 and report(date(2022, 9, 29)).signed_before == 0
    assert report(date(2022, 10, 1)).signed == 3


def test_the_table_is_by_unit_and_an_amount_that_is_not_known_is_no_zero(year):
    units = {u.unit: u for u in report().units}
    assert (units["桐溪镇"].signed, units["桐溪镇"].arrived, units["高新园"].arrived) == (1, 0.3, None)


def test_a_rate_from_too_few_is_not_written(year):
    assert report().expected is None
    words = "".join(span.text for block in deals_paragraphs(report(), FactRegister()) for span in block.spans)
    assert "还可开工" not in words and "正式签约招商项目2个（上年同期1个）" in words


def test_the_paper_does_not_contradict_itself_and_every_number_is_a_fact():
    deals = DealsMonth(
        "默认", 12, 9, 34.5, 4, 11, 8, 3, 5, 6, 2, 1, (4.2, 7.6, 11.0),
        (UnitDeals("桐溪镇", 7, 20.1, 3, None), UnitDeals("高新园", 5, 14.4, 2, 1.25)),
    )  # fmt: skip
    register = FactRegister()
    blocks = (*deals_paragraphs(deals, register), *deals_table(deals, 4, register))
    paper = Paper(title=("经济运行分析",), blocks=blocks, issuer="", dated="2022年10月10日")
    assert problems(register, paper) == []
    assert register.facts["deals/signed"].shown == "12" and register.facts["deals/0/agreed"].shown == "20.10"
    assert deals_table(None, 4, register) == ()


def test_the_page_the_export_and_the_briefing_say_the_same(year, staff, client):
    client.force_login(staff)
    page = client.get(reverse("attraction:report") + "?month=2022-09")
    assert page.context["found"] == deals_of_month(SEPTEMBER)
    text = page.content.decode()
    assert "正式签约招商项目2个" in text and "1.70亿元" in text
    sent = client.get(reverse("attraction:report") + "?month=2022-09&export=xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(sent)).active.values)
    assert ("桐溪镇", 1, 1.2, 1, 0.3) in rows


def test_a_month_to_come_is_the_month_that_runs(year, staff, client):
    client.force_login(staff)
    page = client.get(reverse("attraction:report") + "?month=2023-05")
    assert page.context["day"] == TODAY and page.context["found"].signed == 3


def test_a_place_without_deals_has_no_section(db):
    assert deals_of_month(SEPTEMBER) is None and deals_of_month(None) is None


def test_a_units_report_is_of_its_own_deals(year, town, client):
    client.force_login(town)
    found = client.get(reverse("attraction:report") + "?month=2022-09").context["found"]
    assert found.signed == 1 and [u.unit for u in found.units] == ["桐溪镇"]
