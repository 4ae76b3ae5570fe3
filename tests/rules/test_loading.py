"""Rules are dated data with a source; the place's own file wins, and every refusal says what to mend."""

import datetime
import os
from pathlib import Path

import pytest

from wenpan import rules
from wenpan.rules import RuleError
from wenpan.rules.loading import OURS, home_of, load_file

GOOD = "version: '1'\neffective_from: 2022-01-01\nsource: 本地文件\n"
EVERY = sorted(OURS.rglob("*.yaml"))


def put(home: Path, name: str, text: str) -> Path:
    path = home / "rules" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", EVERY, ids=lambda path: str(path.relative_to(OURS)))
def test_every_rule_file_of_ours_has_version_date_and_source(path):
    _, provenance = load_file(path)
    assert provenance.source and provenance.version
    assert isinstance(provenance.effective_from, datetime.date)
    assert provenance.overridden is False


def test_a_places_file_replaces_ours_and_says_so(tmp_path):
    put(tmp_path, "targets/policy", GOOD + "priority: [congress, city]\n")
    assert rules.target_policy(tmp_path).priority == ("congress", "city")
    assert rules.target_policy(tmp_path).provenance.overridden is True
    assert rules.target_policy(tmp_path / "elsewhere").priority == ("city", "congress", "district")


def test_the_place_is_found_by_the_environment(tmp_path, monkeypatch):
    put(tmp_path, "targets/policy", GOOD + "priority: [district]\n")
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    assert rules.target_policy().priority == ("district",)


def test_without_the_environment_the_place_is_the_folder_beside_the_code(monkeypatch):
    monkeypatch.delenv("WENPAN_HOME", raising=False)
    assert home_of(None) == OURS.parents[1] / "var"


def test_a_changed_file_is_read_again(tmp_path):
    path = put(tmp_path, "targets/policy", GOOD + "priority: [district]\n")
    assert rules.target_policy(tmp_path).priority == ("district",)
    path.write_text(GOOD + "priority: [city]\n")
    os.utime(path, ns=(1, 1))
    assert rules.target_policy(tmp_path).priority == ("city",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("version: '1'\neffective_from: 2022-01-01\npriority: [city]\n", "source"),
        ("version: '1'\nsource: x\npriority: [city]\n", "effective_from"),
        ("version: '1'\neffective_from: 去年\nsource: x\npriority: [city]\n", "effective_from"),
        ("- a\n- b\n", "(全文)"),
        ("a: [1\n", "(格式)"),
        (GOOD + "priority: city\n", "priority"),
        (GOOD + "priority: [city, city]\n", "priority"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_key(tmp_path, text, key):
    path = put(tmp_path, "targets/policy", text)
    with pytest.raises(RuleError) as caught:
        rules.target_policy(tmp_path)
    assert (caught.value.key, caught.value.file) == (key, str(path))
    assert str(caught.value).startswith(f"规则文件 {path} 的“{key}”有误")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(RuleError, match="不存在"):
        rules.load_yaml("no/such/rules", tmp_path)


def test_the_first_promise_of_the_policy_is_shown(tmp_path):
    policy = rules.target_policy(tmp_path)
    assert policy.primary(["district", "congress", "city"]) == 2
    assert policy.primary(["district", "congress"]) == 1
    assert policy.primary(["other"]) == 0
    assert policy.primary([]) is None
