"""The words of a campaign are dated data, and a mistake in the file is named."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.campaigns.policy import campaign_rules
from wenpan.rules.loading import RuleError

ON = date(2022, 10, 17)
FILE = """version: "t"
effective_from: 2000-01-01
source: 测试
kinds: [{{code: special, name: 专项督查, from: {kind_from}}}]
results:
  - {{code: done, name: 好, from: 2000-01-01, problem: false, proposes: false, words: false, tone: green}}
  - {{code: problem, name: 存在问题, from: 2000-01-01, problem: true, proposes: true,
     words: {words}, tone: {tone}}}
  - {{code: problem, name: 发现问题, from: 2023-01-01, problem: true, proposes: true, words: true, tone: red}}
ways: [{{code: site, name: 现场}}]
most_objects: 10
most_of_day: 5
near_days: 3
"""


@pytest.fixture
def place(tmp_path):
    def write(kind_from="2000-01-01", words="true", tone="red"):
        (tmp_path / "rules").mkdir(exist_ok=True)
        text = FILE.format(kind_from=kind_from, words=words, tone=tone)
        (tmp_path / "rules" / "campaigns.yaml").write_text(text, "utf-8")
        return tmp_path

    return write


def test_the_shipped_file_has_both_kinds_and_results_with_and_without_a_problem():
    rules = campaign_rules(ON)
    assert {kind.name for kind in rules.kinds.values()} == {"集中督查", "专项督查"}
    assert rules.problems and set(rules.problems) < set(rules.results)


def test_a_word_changes_on_its_day_and_not_before(place):
    home = place()
    assert campaign_rules(date(2022, 12, 31), home).results["problem"].name == "存在问题"
    assert campaign_rules(date(2023, 1, 1), home).results["problem"].name == "发现问题"


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"words": "false"}, "results[1].words"),
        ({"tone": "blue"}, "tone"),
        ({"kind_from": "2030-01-01"}, "kinds"),
    ],
)
def test_a_mistake_is_named_with_its_place(place, mistake, named):
    with pytest.raises(RuleError) as told:
        campaign_rules(ON, place(**mistake))
    assert named in str(told.value) and "campaigns.yaml" in str(told.value)
