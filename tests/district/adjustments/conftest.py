"""A place of its own, and two people: one proposes, another puts in force."""

from __future__ import annotations

import pytest

from tests.district.adjustments.listed import PLACE
from wenpan.district.observations.place import sync_place


@pytest.fixture
def home(tmp_path, monkeypatch, settings):
    settings.WENPAN_HOME = tmp_path
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def one(make_user):
    return make_user("analyst", username="one")


@pytest.fixture
def other(make_user):
    return make_user("supervision_head", username="other")


@pytest.fixture
def listed(home):
    """The home of the place whose lists they are."""
    (home / "rules").mkdir()
    (home / "rules" / "place.yaml").write_text(PLACE, "utf-8")
    sync_place(home)
    return home
