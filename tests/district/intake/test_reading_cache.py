"""A file is parsed once; what was kept of it is used only if it is ours and still fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from wenpan.district.ground import sandbox
from wenpan.district.intake import actions, examination, reading_cache
from wenpan.district.intake.models import Layout

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.WENPAN_HOME = str(tmp_path)
    return tmp_path / "readings"


@pytest.fixture
def parses(monkeypatch):
    """How often a file was parsed."""
    counted: list[str] = []
    parse = sandbox.parse

    def counting(data, filename, context):
        counted.append(filename)
        return parse(data, filename, context)

    monkeypatch.setattr(sandbox, "parse", counting)
    return counted


def the_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_acceptance_examines_the_reading_of_the_check_and_then_drops_it(
    folder, parses, accepted, make_file, make_figure
):
    accepted(make_file(make_figure("retail", "5.1")))
    assert parses == ["九月.xlsx"] and not list(folder.iterdir())


@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "of another file"])
def test_a_reading_that_is_not_what_we_wrote_is_parsed_anew(
    damage, folder, parses, checked, analyst, make_file, make_figure
):
    submission = checked(make_file(make_figure("retail", "5.1")))
    path = the_file(folder)
    data = path.read_bytes()
    if damage == "changed":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "cut":
        path.write_bytes(data[:20])
    elif damage == "gone":
        path.unlink()
    else:
        reading_cache.keep("another", examination.parsed(submission))
        path.write_bytes((folder / "another.reading").read_bytes())
    del parses[:]
    actions.accept(submission=submission, by=analyst)
    assert parses == ["九月.xlsx"] and submission.state == "accepted"


def test_what_the_reader_learns_makes_it_read_again(folder, parses, checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure("retail", "5.1")))
    actions.set_period(submission=submission, period="2022-08", by=analyst)
    actions.check(submission=submission)
    assert len(parses) == 2


def test_a_kept_reading_says_the_same_as_the_file(folder, checked, make_file, make_figure):
    data = make_file(make_figure("retail", "-5.10"), make_figure("gdp", "…", period="2022-Q3"))
    submission = checked(data)
    kept = examination.parsed(submission)
    fresh = sandbox.parse(data, "九月.xlsx", examination.context_for(submission))
    assert list(kept.figures) == fresh.figures and kept.figures[0] == fresh.figures[0]
    assert (kept.kind, kept.title, kept.period) == (fresh.kind, fresh.title, fresh.period)


def test_a_mapped_layout_tells_where_its_header_stood():
    layout = Layout(
        mapping={"kind": "k", "header_rows": [3, 4], "columns": {}, "asked": {"header_at": [3, 4]}}
    )
    assert layout.columns == {"kind": "k", "header_rows": [3, 4], "columns": {}, "header_at": [3, 4]}
