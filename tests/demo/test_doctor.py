"""The doctor finds what must not be, and says what to do."""

from __future__ import annotations

import pytest

from wenpan.commands import doctor

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(make_user):
    from wenpan.district.intake.actions import submit

    make = make_user("analyst")
    return submit(data=b"a,b\n1,2\n", filename="table.csv", by=make).original


def stored(original, settings):
    from pathlib import Path

    return Path(settings.WENPAN_HOME) / "originals" / original.sha256[:2] / original.sha256


def test_originals_that_are_there_and_whole_are_no_trouble(original):
    assert list(doctor._originals()) == []


def test_a_missing_original_is_named(original, settings):
    stored(original, settings).unlink()
    [trouble] = doctor._originals()
    assert "table.csv" in trouble
    assert original.sha256 in trouble


def test_an_original_changed_on_the_disk_is_named(original, settings):
    stored(original, settings).write_bytes(b"a,b\n1,3\n")
    [trouble] = doctor._originals()
    assert "changed" in trouble


def test_a_misspelt_setting_is_a_trouble(monkeypatch):
    monkeypatch.setenv("WENPAN_HTTSP", "1")
    assert any("WENPAN_HTTSP" in trouble for trouble in doctor._environment())


def test_a_whole_journal_is_no_trouble(original, head_is_kept):
    head_is_kept()
    assert list(doctor._journal()) == []


def test_a_home_district_must_be_marked():
    assert any("home" in trouble for trouble in doctor._place())
