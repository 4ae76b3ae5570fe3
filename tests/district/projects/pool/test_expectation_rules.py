"""What the expectation assumes is dated data: a place's own file wins, or is refused by the wrong key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from wenpan.district.projects.base import policy
from wenpan.economy.pool import Assumptions
from wenpan.rules import RuleError
from wenpan.rules.loading import OURS

FILE = "projects/expectation.yaml"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes the place's file: ours with some assumptions changed or, with None, left out."""
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))

    def write(**changed: object) -> None:
        data = yaml.safe_load((OURS / FILE).read_text("utf-8"))
        data["assumptions"] |= changed
        data["assumptions"] = {k: v for k, v in data["assumptions"].items() if v is not None}
        path = tmp_path / "rules" / FILE
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")

    return write


def test_the_file_and_the_code_assume_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    assert policy.expectation()[0] == Assumptions()


def test_a_place_sets_the_curve_of_a_kind_and_its_file_is_named(own) -> None:
    own(curves={"industry": [2, 3]}, fitted=False)
    given, provenance = policy.expectation()
    assert (given.curves["industry"], given.fitted) == ((2.0, 3.0), False)
    assert provenance.overridden


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"curve": [1.5]}, "curve"),
        ({"curve": [1.5, -2]}, "curve"),
        ({"curves": {"estate": "steep"}}, "curves.estate"),
        ({"curves": [1, 2]}, "curves"),
        ({"factor_sd": "0.06"}, "factor_sd"),
        ({"factor_years": 0}, "factor_years"),
        ({"years": 2.5}, "years"),
        ({"fitted": "yes"}, "fitted"),
        ({"duration": [120, 6]}, "duration"),
        ({"ratios": []}, "ratios"),
        ({"moving": [0.5, -0.5]}, "moving"),
        ({"scale_sd": None}, "scale_sd"),
        ({"speed": 3}, "speed"),
        ({"group_lessons": True}, "group_lessons"),
    ],
)
def test_an_assumption_that_cannot_be_used_is_refused_by_name(
    own, changed: dict[str, object], key: str
) -> None:
    own(**changed)
    with pytest.raises(RuleError) as refused:
        policy.expectation()
    assert refused.value.key == f"assumptions.{key}"
    assert FILE in str(refused.value)
