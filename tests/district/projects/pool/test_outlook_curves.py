"""The outlook keeps the S-curves that it used, how many projects taught them, and the rule behind them."""

from __future__ import annotations

import pytest
import yaml

from tests.district.projects.conftest import project_row
from wenpan.district.projects.models import Project
from wenpan.district.projects.pool import curves
from wenpan.rules.loading import OURS

MONTHS = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)][3:21]


@pytest.fixture
def history(files):
    """Two industrial projects that came far, evenly, and an estate that has just begun."""
    rows = [["P1", "一", *(500.0 * (k + 1) for k in range(len(MONTHS)))],
            ["P2", "二", *(450.0 * (k + 1) for k in range(len(MONTHS)))],
            ["E1", "三", *(10.0 for _ in MONTHS)]]  # fmt: skip
    listed = [project_row("P1", "一"), project_row("P2", "二"),
              project_row("E1", "三", band="房地产", kind="房地产")]  # fmt: skip
    return files.list(*listed), files.history(rows, MONTHS)


def test_the_curve_of_a_project_says_who_taught_it(history, accepted):
    for book in history:
        accepted(book)
    taught = curves.of(Project.objects.get(code="P1"), "2022-09")
    assert (taught.projects, taught.of_kind, taught.of_all) == (2, 2, 2)
    assert (taught.kind_label, taught.band_label) == ("工业", "5000万元以上")
    assert taught.learnt
    assert taught.source.startswith("稳盘默认值")
    estate = curves.of(Project.objects.get(code="E1"), "2022-09")
    assert (estate.projects, estate.of_kind, estate.of_all) == (0, 0, 2)
    assert [c.projects for c in curves.behind("2022-09")] == [2, 0]


def test_a_month_without_outlook_has_no_curves(db):
    assert curves.behind("2022-09") == ()


def test_a_places_own_curves_are_used_and_named(history, accepted, tmp_path, monkeypatch):
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    data = yaml.safe_load((OURS / "projects/expectation.yaml").read_text("utf-8"))
    data["assumptions"] |= {"fitted": False, "curves": {"industry": [3.0, 1.0]}}
    data["source"] = "安禾区2022年测算办法"
    path = tmp_path / "rules/projects/expectation.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    for book in history:
        accepted(book)
    found = curves.of(Project.objects.get(code="P1"), "2022-09")
    assert (found.a, found.b, found.projects) == (3.0, 1.0, 0)
    assert not found.learnt
    assert (found.source, found.overridden) == ("安禾区2022年测算办法", True)
