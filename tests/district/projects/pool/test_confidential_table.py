"""The analysis table prints no amount from which a single project's could be worked out, on the page or in
the file."""

from __future__ import annotations

import io

import numpy as np
import pytest
from openpyxl import load_workbook

from tests.economy.quality.disclosure.test_suppression import attacked
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import Standing
from wenpan.district.projects.pool import confidential, summary, table
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2022, 9)


def library(accepted, files, count: int) -> None:
    """A simulated library of so many projects, with its history."""
    from wenpan.demo.files import project_files as demo

    found = demo.pool(SEPTEMBER, count=count)
    rows = found.projects.filter(found.projects["entered"] <= "2022-09")
    listed = [
        [r["code"], r["name"], r["owner"], demo.BANDS[r["band"]], demo.KINDS[r["kind"]],
         "桐溪镇", "经发局",
         r["planned_total"], demo.spoken(r["opened"]), demo.spoken(r["planned_finish"]),
         demo.spoken(r["entered"]), "在库"]
        for r in rows.iter_rows(named=True)
    ]  # fmt: skip
    accepted(files.list(*listed))
    accepted(demo.history_workbook(found, rows, SEPTEMBER, "安禾区累计完成投资"))


@pytest.mark.parametrize("count", [8, 20])
def test_an_attacker_with_the_printed_table_recovers_no_project(accepted, files, count):
    library(accepted, files, count)
    hidden = confidential.hidden_lines(SEPTEMBER, ALL)
    lines = table.lines()
    rows = list(
        Standing.objects.filter(
            month=str(SEPTEMBER), in_library=True, project__retracted=False
        ).select_related("project")
    )
    members = np.array([
        [Standing.objects.filter(line.listed, pk=row.pk).exists() for line in lines] for row in rows
    ])  # fmt: skip
    amounts = np.array(
        [[abs(float(r.project.planned_total)), abs(r.remaining or 0), abs(r.this_year or 0)] for r in rows]
    )
    assert len(hidden) < len(lines), "something is printed"
    assert (
        attacked(members, amounts, frozenset(n for n, line in enumerate(lines) if line.code in hidden)) == []
    )


def test_the_page_and_the_file_mark_what_is_not_printed_and_keep_the_counts(accepted, files, client, analyst):
    library(accepted, files, 20)
    client.force_login(analyst)
    found = summary.speech(SEPTEMBER)
    assert found.any_hidden
    page = client.get("/projects/table/").content.decode()
    assert "※" in page and "不列数额" in page
    for row in found.rows:
        assert (row.planned_total is None) == row.hidden
        assert row.total.count is not None
    sheet = load_workbook(io.BytesIO(client.get("/projects/table/?export=xlsx").content)).active
    printed = {str(line[0]): line[4] for line in sheet.iter_rows(values_only=True) if line[0]}
    for row in found.rows:
        assert (printed[str(row.label)] == "※") == row.hidden, row.code
