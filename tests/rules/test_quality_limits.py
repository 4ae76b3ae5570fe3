"""The limits of the checks: a place's own file wins where it speaks, and need not know of newer checks."""

from __future__ import annotations

import pytest

from wenpan.rules.loading import RuleError
from wenpan.rules.policies import quality_limits

HEAD = "version: '1'\neffective_from: 2020-01-01\nsource: 本地文件\n"


def place(tmp_path, text: str):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "quality.yaml").write_text(HEAD + text, "utf-8")
    return tmp_path


def test_what_a_place_does_not_name_stays_as_it_is_shipped(tmp_path):
    name, shipped = "comparison_contradicts", quality_limits().values
    others = [check for check in shipped if check != name]
    mine = {"severity": "soft", "points": 0.5, "percent": 9}
    found = quality_limits(place(tmp_path, f"limits: {{{name}: {mine}}}\n".replace("'", ""))).values
    assert found[name] == mine
    assert {check: found[check] for check in others} == {check: shipped[check] for check in others}


def test_limits_are_named(tmp_path):
    with pytest.raises(RuleError, match="limits"):
        quality_limits(place(tmp_path, "limits: [1, 2]\n"))


def test_a_check_that_does_not_exist_is_refused_with_those_that_do(tmp_path):
    with pytest.raises(RuleError, match="comparison_contradict") as error:
        quality_limits(place(tmp_path, "limits: {comparison_contradict: {severity: soft}}\n"))
    assert "comparison_contradicts" in str(error.value)


WRONG = [
    ("a severity that no check has", "limits: {revised: {severity: harsh}}", "limits.revised.severity"),
    ("a limit in words", "limits: {scale_jump: {severity: hard, factor: 很大}}", "limits.scale_jump.factor"),
    ("a limit below nothing", "limits: {ytd_fell: {severity: soft, tolerance: -1}}", "tolerance"),
    (
        "a key that no check reads",
        "limits: {revised: {severity: note, persent: 2}}",
        "limits.revised.persent",
    ),
    ("a check without its severity", "limits: {scale_jump: {factor: 100}}", "limits.scale_jump.severity"),
]


@pytest.mark.parametrize("text, key", [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_limit_that_cannot_be_used_is_named_with_its_place(tmp_path, text, key):
    with pytest.raises(RuleError, match=key):
        quality_limits(place(tmp_path, f"{text}\n"))
