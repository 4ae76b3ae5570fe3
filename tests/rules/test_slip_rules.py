"""Rule sets of slips: a file that cannot be used says which key, what was found, what is expected."""

from __future__ import annotations

import pytest

from wenpan.rules import RuleError
from wenpan.rules.loading import OURS
from wenpan.rules.slips import COLOURS, slip_rules

SETS = slip_rules()


@pytest.mark.parametrize("code", sorted(SETS))
def test_a_set_is_whole(code):
    found = SETS[code]
    assert found.rules.source and found.label == f"{code}@{found.rules.version}"
    assert [kind.level for kind in found.kinds] == sorted(kind.level for kind in found.kinds)
    assert all(found.of_colour(kind.colour) is kind and kind.colour in COLOURS for kind in found.kinds)


@pytest.mark.parametrize(
    ("code", "near"), [("suqian-group", 3), ("sanming", 0), ("yingtan", 0), ("slips-default", 0)]
)
def test_only_a_set_that_reminds_looks_ahead(code, near):
    assert SETS[code].near == near


@pytest.mark.parametrize(
    ("defect", "before", "after", "key"),
    [
        ("a colour that nobody knows", "colour: yellow, name", "colour: purple, name", r"slips\[2\].colour"),
        ("a rule that is not in the set", "rules: [yellow]", "rules: [amber]", r"slips\[2\].rules"),
        ("no days for an answer", "answer_days: 3", "answer_days: 0", r"slips\[2\].answer_days"),
        ("levels that do not rise", "level: 2", "level: 1", "slips.level"),
        (
            "a field too many",
            "rules: [blue], answer_days",
            "rules: [blue], days: 1, answer_days",
            r"slips\[1\].days",
        ),
        ("no colours at all", "slips:", "papers:", "slips"),
        ("a fact that nobody states", "fact: limit_passed", "fact: patience", "fact"),
    ],
)
def test_a_set_that_cannot_be_used_says_where(defect, before, after, key, tmp_path):
    text = (OURS / "lights" / "slips-default.yaml").read_text()
    assert before in text
    own = tmp_path / "rules" / "lights"
    own.mkdir(parents=True)
    (own / "slips-default.yaml").write_text(text.replace(before, after, 1))
    with pytest.raises(RuleError, match=key):
        slip_rules(tmp_path)
