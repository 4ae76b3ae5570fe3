"""New entries of the outlook stand on the pipeline of deals where that answers, and say on what they
stand.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.district.projects.conftest import project_row
from wenpan.district.projects.base import entries_provider
from wenpan.district.projects.base.entries_provider import PipelineAnswer, PipelineBasis
from wenpan.district.projects.models import Outlook, Project
from wenpan.economy.pool.new_projects import PipelineEntries
from wenpan.economy.time.periods import Month

MONTHS = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)][:21]
BASIS = PipelineBasis(30, 80, 25, 24, (6.0, 9.0, 12.0), (60_000.0, 90_000.0, 120_000.0), 0.9, "", "x")
REFUSED = PipelineBasis(3, 9, 1, 0, None, None, None, "招商项目只有9个可作参照，不足20个", "x")


@pytest.fixture
def told(monkeypatch):
    def tell(answer):
        monkeypatch.setattr(entries_provider.ENTRIES, "providers", [lambda month: answer])

    return tell


@pytest.fixture
def history(files):
    """Three projects enter in October 2021 and have done a fifth by December."""
    names = ("P1", "P2", "P3")
    rows = [[code, code, *(0.0 if month < "2021-10" else 1_000.0 * k for k, month in enumerate(MONTHS, -8))]
            for code in names]  # fmt: skip
    listed = [project_row(code, code, entered="2021-10", opened="2021-10") for code in names]
    return files.list(*listed), files.history(rows, MONTHS)


def outlook(history, accepted):
    for book in history:
        accepted(book)
    return Outlook.objects.get(month="2022-09")


def test_the_pipeline_moves_the_entries(history, accepted, told):
    told(None)
    usual = outlook(history, accepted)
    assert usual.table["pipeline"] is None
    told(PipelineAnswer(BASIS, PipelineEntries(np.full(50, 9.0), np.full(50, 9e6), frozenset())))
    from wenpan.district.projects.actions import refresh

    refresh(by=None)
    moved = Outlook.objects.get(month="2022-09")
    assert moved.entries[1] > usual.entries[1] + 1e6
    assert moved.total[1] == pytest.approx(moved.stock[1] + moved.entries[1], abs=0.02)


def test_where_it_refuses_nothing_moves_and_the_page_says_why(history, accepted, told, client, analyst):
    told(None)
    usual = outlook(history, accepted).entries
    told(PipelineAnswer(REFUSED, None))
    from wenpan.district.projects.actions import refresh

    refresh(by=None)
    assert Outlook.objects.get(month="2022-09").entries == usual
    client.force_login(analyst)
    text = client.get("/projects/outlook/").content.decode()
    assert "没有用招商项目推算：招商项目只有9个可作参照，不足20个。" in text


def test_the_page_says_n_and_interval(history, accepted, told, client, analyst):
    came = frozenset(str(pk) for pk in Project.objects.values_list("pk", flat=True))
    told(PipelineAnswer(BASIS, PipelineEntries(np.full(50, 9.0), np.full(50, 90_000.0), came)))
    outlook(history, accepted)
    client.force_login(analyst)
    text = client.get("/projects/outlook/").content.decode()
    assert "签约待开工的30个，按本区80个招商项目" in text
    assert "9.00" in text and "6.00" in text and "12.00" in text  # 亿元: mean, p10, p90


def test_in_december_nobody_is_asked(told):
    told(PipelineAnswer(BASIS, None))
    assert entries_provider.expected_of(Month(2022, 12)) is None
    assert entries_provider.expected_of(Month(2022, 11)) is not None
