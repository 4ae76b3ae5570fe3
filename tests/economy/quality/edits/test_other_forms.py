"""Relations between two forms: the base of the entry form equals that of the monthly return (Xiamen)."""

from __future__ import annotations

import polars as pl
import pytest

from wenpan.cli import main
from wenpan.economy.figures.plain_files import PlainFileError
from wenpan.economy.quality.edits import returns, verdicts
from wenpan.economy.quality.edits.edit_rules import EditRuleError, EditRules

DATA = {
    "record": ["firm"],
    "others": {"entry": {"key": ["firm"], "columns": {"their_base": "output"}}},
    "rules": [{"code": "base", "expression": "base = their_base"}, "base >= 0"],
}
RULES = EditRules.from_data(DATA)
MONTHLY = b"firm,base\nA,100\nB,200\nC,300\nD,400\n"
ENTRY = b"firm,output\nA,100\nB,250\nD,400\nD,500\n"


def judged(others):
    made = returns.read(MONTHLY, "monthly.csv", RULES, others)
    return made.frame, verdicts.judge(made.frame, RULES)


def test_a_base_that_differs_fails_and_a_firm_without_the_other_form_is_missing():
    frame, found = judged({"entry": (ENTRY, "entry.csv")})
    count = found.counts[0]
    assert (count.passed, count.failed, count.missing) == (1, 1, 2), "C has none; D has two, neither known"
    assert frame["record"].gather(found.rows["base"]).to_list() == ["B"]


def test_without_the_other_form_the_rule_is_listed_as_not_used_with_the_reason():
    _frame, found = judged(None)
    assert [(c.rule.code, c.used) for c in found.counts] == [("base", False), ("R2", True)]
    assert found.counts[0].rule.problem == "没有“entry”可以对照"


@pytest.mark.parametrize(
    "others",
    [
        {"nothing": (ENTRY, "entry.csv")},
        {"entry": (b"code,output\nA,1\n", "entry.csv")},
        {"entry": (b"firm,other\nA,1\n", "entry.csv")},
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_the_column(others):
    with pytest.raises(PlainFileError):
        returns.read(MONTHLY, "monthly.csv", RULES, others)


@pytest.mark.parametrize("form", [[], {"x": {"key": [], "columns": {"a": "b"}}}, {"x": {"key": ["a"]}}])
def test_a_form_without_key_or_columns_is_refused(form):
    with pytest.raises(EditRuleError):
        EditRules.from_data({**DATA, "others": form or [1]})


def test_the_pack_that_ships_compares_the_base_on_the_command_line(tmp_path, capsys):
    (tmp_path / "month.csv").write_text(
        "统一社会信用代码,报告期,上年全年产值,产值,上年同期产值\nA,2023-11,2600,10,9\nB,2023-11,2600,10,9\n"
    )
    (tmp_path / "entry.csv").write_text("统一社会信用代码,上年产值\nA,2600\nB,2000\n")
    out = tmp_path / "out.csv"
    command = [
        "edits",
        "--rules",
        "base_equality",
        "--returns",
        str(tmp_path / "month.csv"),
        "--out",
        str(out),
    ]
    assert main([*command, "--other", f"入库申请表={tmp_path / 'entry.csv'}"]) == 1
    assert pl.read_csv(out).rows() == [("B|2023-11", "base_equals_entry_form", "failed")]
    rules = pl.read_csv(tmp_path / "out.rules.csv")
    assert (
        rules.filter(pl.col("used") == "no" if rules.schema["used"] == pl.String else ~pl.col("used")).height
        == 2
    )
    capsys.readouterr()
    assert main([*command, "--other", "入库申请表"]) == 2
