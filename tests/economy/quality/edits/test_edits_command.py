"""`wenpan edits`, from plain files to plain files; the pack that ships; real returns where they are at
hand."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from tests.shared_data import SHARED
from wenpan.cli import main
from wenpan.rules.edits import edit_packs, edit_rules_of
from wenpan.rules.loading import RuleError

RULES = """
source: 某填报指南
rules:
  - {code: sum, expression: total = a + b, sentence: 合计等于两项之和}
  - {code: most, expression: a <= 10, severity: soft}
  - {code: bad, expression: "sum(a) > 1"}
"""


def written(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8")))


@pytest.fixture
def run(tmp_path: Path):
    def ran(returns: str, rules: str = RULES, name: str = "r.csv") -> int:
        (tmp_path / "rules.yaml").write_text(rules, encoding="utf-8")
        (tmp_path / name).write_text(returns, encoding="utf-8")
        return main(["edits", "--rules", str(tmp_path / "rules.yaml"), "--returns", str(tmp_path / name),
                     "--out", str(tmp_path / "out.csv")])  # fmt: skip

    return ran


def test_three_tables_and_exit_one_where_a_hard_rule_fails(run, tmp_path, capsys):
    assert run("record,total,a,b\n甲,3,1,2\n乙,4,1,2\n丙,,1,2\n丁,13,11,2\n") == 1
    assert written(tmp_path / "out.csv") == [
        {"record": "乙", "rule": "sum", "verdict": "failed"},
        {"record": "丁", "rule": "most", "verdict": "failed"},
    ]
    fields = written(tmp_path / "out.fields.csv")
    assert [(r["record"], r["fields"], float(r["weight"])) for r in fields] == [
        ("乙", "a", 1), ("乙", "b", 1), ("乙", "total", 1)]  # fmt: skip
    counts = {r["rule"]: r for r in written(tmp_path / "out.rules.csv")}
    assert [counts["sum"][k] for k in ("passed", "failed", "missing")] == ["2", "1", "1"]
    assert (counts["bad"]["used"], counts["bad"]["reason"]) == (
        "false",
        "不允许的函数“sum”, 可用: abs、coalesce、length",
    )
    assert counts["most"]["source"] == "某填报指南"
    assert "未使用 bad" in capsys.readouterr().out


def test_the_returns_are_ranked_by_what_they_may_change_of_a_total(tmp_path, capsys):
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "r.csv").write_text("record,total,a,b\n甲,300,1,2\n乙,4,1,2\n丙,3,1,2\n", encoding="utf-8")
    told = ["edits", "--rules", str(tmp_path / "rules.yaml"), "--returns", str(tmp_path / "r.csv"),
            "--out", str(tmp_path / "out.csv"), "--total"]  # fmt: skip
    assert main([*told, "total"]) == 1
    rows = written(tmp_path / "out.order.csv")
    assert [(r["record"], float(r["effect"]), r["ask"]) for r in rows] == [
        ("甲", 297, "true"),
        ("乙", 1, "false"),
    ]
    assert main([*told, "没有的列"]) == 2
    assert "没有的列" in capsys.readouterr().err


def test_a_forms_printed_relations_become_a_draft_that_the_command_reads(tmp_path, capsys):
    (tmp_path / "form.txt").write_text("8栏=(9+17)栏; 16栏≤9栏; 制表人签字", encoding="utf-8")
    assert main(["edits", "--propose", str(tmp_path / "form.txt")]) == 0
    said = capsys.readouterr()
    assert "# 未读懂 P3: 制表人签字" in said.out and "3 条, 读懂 2 条" in said.err
    (tmp_path / "draft.yaml").write_text(said.out, encoding="utf-8")
    draft = edit_rules_of(tmp_path / "draft.yaml")
    assert [(r.code, r.problem, r.source) for r in draft.rules] == [
        ("P1", "", "未核对"),
        ("P2", "", "未核对"),
    ]


def test_what_is_not_said_is_asked_for(capsys):
    assert main(["edits", "--rules", "investment"]) == 2
    assert "--returns、--out" in capsys.readouterr().err


def test_exit_zero_where_only_soft_rules_fail(run):
    assert run("record,total,a,b\n丁,13,11,2\n") == 0


@pytest.mark.parametrize(
    ("returns", "name", "said"),
    [
        ("total,a,a\n1,2,3\n", "r.csv", "列名重复: a"),
        ("total,a,b\n1,2,3\n", "r.txt", "后缀"),
        ("", "r.csv", "不能读取"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(run, capsys, returns, name, said):
    assert run(returns, name=name) == 2
    assert said in capsys.readouterr().err


def test_rules_without_meaning_are_refused(run, capsys):
    assert run("a\n1\n", rules="rules: []") == 2
    assert "rules.yaml" in capsys.readouterr().err


def test_a_field_that_is_no_number_is_told_with_its_record(run, capsys):
    run("record,total,a,b\n甲,3,1,2\n乙,x,1,2\n")
    assert "! 列 total: 1 处不是数, 按未报计; 首处 乙: 'x'" in capsys.readouterr().err


def test_returns_without_a_name_are_told_by_their_line(run, tmp_path):
    run("total,a,b\n3,1,2\n9,1,2\n")
    assert written(tmp_path / "out.csv")[0]["record"] == "2"


def test_the_same_from_parquet_and_jsonl(run, tmp_path):
    frame = pl.DataFrame({"record": ["甲"], "total": [9.0], "a": [1], "b": [2]})
    frame.write_parquet(tmp_path / "r.parquet")
    frame.write_ndjson(tmp_path / "r.jsonl")
    (tmp_path / "rules.yaml").write_text(RULES, encoding="utf-8")
    for name in ("r.parquet", "r.jsonl"):
        out = tmp_path / f"o.{name}"
        assert (
            main(
                [
                    "edits",
                    "--rules",
                    str(tmp_path / "rules.yaml"),
                    "--returns",
                    str(tmp_path / name),
                    "--out",
                    str(out),
                ]
            )
            == 1
        )


def test_the_investment_pack_ships_with_examples_and_sources():
    pack = edit_packs()["investment"]
    assert {rule.code for rule in pack.rules} >= {
        "total_since_start", "ytd_and_month", "ytd_parts", "equipment_parts", "other_parts",
        "purchase_with_building"}  # fmt: skip
    assert all(rule.source and rule.sentence for rule in pack.rules)
    assert {rule.code for rule in pack.rules if rule.severity == "soft"} == {
        "above_plan", "month_negative", "stopped_with_amount"}  # fmt: skip


def test_a_months_return_is_checked_against_the_units_own_last_one(tmp_path):
    head = "项目代码,报告期,自开始建设累计,本年自年初累计,本月,"
    head += "建筑工程,安装工程,设备工器具购置,其他费用,建设性质,建设状态"
    lines = [
        head,
        "P1,2021-12,50,50,5,20,10,15,5,新建,在建",
        "P1,2022-02,70,20,20,8,4,6,2,新建,在建",
        "P1,2022-03,80,30,12,12,6,9,3,新建,在建",
    ]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "o.csv"
    assert (
        main(["edits", "--rules", "investment", "--returns", str(tmp_path / "r.csv"), "--out", str(out)]) == 1
    )
    assert [(r["record"], r["rule"]) for r in written(out)] == [("P1|2022-03", "ytd_and_month")]
    assert {r["fields"] for r in written(tmp_path / "o.fields.csv")} == {"本月", "上月自年初累计"}


@pytest.mark.parametrize("missing", ["source", "fails", "sentence", "code"])
def test_a_pack_of_a_place_without_source_or_examples_is_refused(tmp_path, missing):
    rule = {"code": "r", "expression": "a = 1", "sentence": "一", "passes": [{"a": 1}], "fails": [{"a": 2}]}
    rule.pop(missing, None)
    if missing == "code":
        rule["code"] = "a/b"
    head = "version: '1'\neffective_from: 2022-01-01\n" + (
        "" if missing == "source" else "source: 本地文件\n"
    )
    (tmp_path / "rules" / "edits").mkdir(parents=True)
    (tmp_path / "rules" / "edits" / "own.yaml").write_text(f"{head}rules: [{rule}]\n", encoding="utf-8")
    with pytest.raises(RuleError):
        edit_packs(tmp_path)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data" / "business_survey").exists(), reason="real returns are not here")
def test_real_returns_of_sixty_retailers(tmp_path):
    """A thousandfold error and missing totals are known to be in them; blanks stay apart."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        'rules:\n  income: turnover + "other.rev" = "total.rev"\n'
        '  profit: \'"total.rev" - "total.costs" = profit\'\n'
        "  staff: staff >= 0\n  positive: turnover >= 0\n",
        encoding="utf-8",
    )
    known = edit_rules_of(rules)
    assert [rule.problem for rule in known.rules] == [""] * 4
    source = SHARED / "data" / "business_survey" / "SBS2000.csv"
    out = tmp_path / "o.csv"
    assert main(["edits", "--rules", str(rules), "--returns", str(source), "--out", str(out)]) == 1
    counts = {r["rule"]: r for r in written(tmp_path / "o.rules.csv")}
    assert all(sum(int(r[k]) for k in ("passed", "failed", "missing")) == 60 for r in counts.values())
    assert int(counts["income"]["missing"]) > 30
    assert int(counts["profit"]["failed"]) > 0
