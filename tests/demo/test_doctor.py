"""The doctor finds what must not be, and says what to do."""

from __future__ import annotations

import pytest
from django.apps import apps

from tests.district.journal.test_every_kept_table import standing  # noqa: F401  (a fixture)
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


KEEPERS = [
    (model, field.name)
    for model in apps.get_models()
    for field in model._meta.concrete_fields
    if model.__module__.startswith("wenpan.")
    and field.name in {"sha256", "shown", "picture"}
    and model._meta.label not in doctor.NO_FILES
]


@pytest.mark.parametrize(("model", "column"), KEEPERS, ids=lambda one: getattr(one, "__name__", one))
def test_a_file_that_any_room_keeps_is_missed_when_it_is_gone(model, column, standing):  # noqa: F811
    standing(model)
    assert any("no hash" in line for line in doctor._originals())


def test_files_are_kept_by_many_rooms():
    assert len(KEEPERS) > 14
