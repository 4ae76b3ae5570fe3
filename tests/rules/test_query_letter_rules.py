"""What a place may set of query letters, and what a file that cannot be used is told."""

from __future__ import annotations

import shutil

import pytest

from wenpan.rules import RuleError
from wenpan.rules.loading import OURS
from wenpan.rules.query_letters import stop_share


@pytest.fixture
def home(tmp_path):
    (tmp_path / "rules").mkdir()
    shutil.copy(OURS / "query_letters.yaml", tmp_path / "rules" / "query_letters.yaml")
    return tmp_path


def put(home, line):
    path = home / "rules" / "query_letters.yaml"
    kept = [text for text in path.read_text(encoding="utf-8").splitlines() if "stop_share:" not in text]
    path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")


def test_the_share_that_ships_and_one_that_the_place_sets(home):
    assert stop_share() == 0.005
    put(home, "stop_share: 0.02")
    assert stop_share(home) == 0.02


def test_a_file_from_before_the_share_was_a_rule_keeps_what_held(home):
    put(home, "")
    assert stop_share(home) == 0.005


@pytest.mark.parametrize("share", ["0", "-0.1", "0.51", "true", "千分之五"])
def test_a_share_that_is_none_is_named(home, share):
    put(home, f"stop_share: {share}")
    with pytest.raises(RuleError, match="stop_share"):
        stop_share(home)
