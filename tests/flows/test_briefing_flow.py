"""From figures in the ledger to the document: the number that was published is the number that is printed."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from docx import Document as Docx

from wenpan.district.accounts.models import Unit, User
from wenpan.district.bulletins.actions import make_briefing
from wenpan.district.ground import originals
from wenpan.district.indicators.actions import judge_month
from wenpan.district.indicators.models import Target
from wenpan.district.intake.models import Original, Submission
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.documents.papers.facts import Inconsistent
from wenpan.documents.words.word_paragraphs import unwrap
from wenpan.economy.time.periods import Month

AT = timezone.make_aware(datetime(2022, 10, 20, 9, 0))
SEPTEMBER = Month(2022, 9)
RIVALS = ("jia", "yi", "bing")


class Ledger:
    """甲区 with two rivals; a rival grows by 2 or 4 points more than the home district, the city by 3."""

    def __init__(self) -> None:
        city = Region.objects.create(code="city", name="宁城", order=0, pinyin="city")
        self.regions = {"city": city}
        for at, (code, name) in enumerate(zip(RIVALS, ("甲区", "乙区", "丙区"), strict=True)):
            self.regions[code] = Region.objects.create(
                code=code, name=name, parent=city, home=at == 0, order=at + 1, pinyin=code
            )
        unit = Unit.objects.create(
            code="jfj", name="经济发展局", short_name="经发局", kind="department", pinyin="j"
        )
        self.analyst = User.objects.create_user(
            username="analyst", password="稳盘-test-2022", name="分析员", role="analyst", unit=unit
        )
        original = Original.objects.create(sha256="0" * 64, size=1, first_name="表.xlsx", stored_at=AT)
        submission = Submission.objects.create(
            original=original, filename="表.xlsx", kind="city_table", state="accepted",
            uploaded_by=self.analyst, uploaded_at=AT, decided_by=self.analyst, decided_at=AT,
        )  # fmt: skip
        self.batch = Batch.objects.create(submission=submission, recorded_at=AT, recorded_by=self.analyst)

    def publish(self, indicator: str, growths: dict[str, float]) -> None:
        for period, value in growths.items():
            for code, more in (("jia", 0), ("yi", 2), ("bing", 4), ("city", 3)):
                self._one(code, indicator, period, value + more)

    def _one(self, code: str, indicator: str, period: str, value: float) -> None:
        figure: dict[str, Any] = {
            "region": self.regions[code], "indicator": indicator, "period": period, "measure": "ytd_growth",
        }  # fmt: skip
        number = Decimal(str(round(value, 1)))
        Observation.objects.create(
            **figure, value=number, value_text=str(number), batch=self.batch, sheet="表1", cell="C5",
            recorded_at=AT, released=date(2022, 10, 18),
        )  # fmt: skip

    def promise(self, indicator: str, value: str) -> None:
        Target.objects.create(
            region=self.regions["jia"], indicator=indicator, year=2022, measure="ytd_growth",
            value=Decimal(value), set_by="city", document="市政府文件",
            effective_from=date(2022, 1, 20), recorded_by=self.analyst,
            recorded_at=AT,
        )  # fmt: skip


def path(first: float, last: float) -> dict[str, float]:
    """February to September 2022 in a straight line."""
    return {f"2022-{m:02d}": first + (last - first) * (m - 2) / 7 for m in range(2, 10)}


@pytest.fixture
def ledger(db: None) -> Ledger:
    ledger = Ledger()
    for code, first, last in (
        ("fai", -10, -12.3),
        ("industry_va", -0.5, 3.7),
        ("retail", 2, 4.7),
        ("revenue", 1, 2),
    ):
        ledger.publish(code, path(first, last))
        ledger.promise(code, "6.0")
    return ledger


def text(sha256: str) -> str:
    made = unwrap(Docx(io.BytesIO(originals.get(sha256))))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in made.paragraphs] + cells)


def test_published_figures_become_sentences(ledger):
    judge_month(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    document = make_briefing(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    said = text(document.sha256)
    assert "固定资产投资下降12.3%" in said
    assert "低于全市平均3.0个百分点" in said
    assert "居全市第3位\uff08末位\uff09" in said
    assert "低于市下达目标\uff08增长6.0%\uff0918.3个百分点" in said
    assert document.made_at == AT
    assert "甲区经济发展局" in said
    assert "2022年10月20日" in said


def test_the_printed_figure_leads_back_to_its_cell(ledger):
    judge_month(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    document = make_briefing(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    fact = next(f for f in document.facts["facts"] if f["key"] == "fai/ytd_growth")
    figure = Observation.objects.get(pk=fact["source"])
    assert (figure.region.code, figure.period, float(figure.value)) == ("jia", "2022-09", fact["value"])
    assert (figure.sheet, figure.cell) == ("表1", "C5")


def test_a_month_whose_figures_are_not_out_gets_no_document(ledger):
    october = Month(2022, 10)
    judge_month(as_of=october, by=ledger.analyst, at=AT)
    with pytest.raises(Inconsistent) as refusal:
        make_briefing(as_of=october, by=ledger.analyst, at=AT)
    assert "missing" in {problem.code for problem in refusal.value.problems}


def test_the_same_figures_make_the_same_document(ledger):
    judge_month(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    first = make_briefing(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    second = make_briefing(as_of=SEPTEMBER, by=ledger.analyst, at=AT)
    numbers = [[(f["key"], f["shown"]) for f in d.facts["facts"]] for d in (first, second)]
    assert numbers[0] == numbers[1]
