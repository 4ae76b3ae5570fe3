"""核数 on a stranger's wording: what agrees is right, what agrees nowhere among figures that do is wrong."""

from dataclasses import replace

import pytest

from tests.documents.proof.test_wordings import KNOWN, LEDGER, checked
from wenpan.documents.proof.proof import FigureVerdict, proof

STRANGE = (
    ("6.5%的增速，出自规上工业增加值；4.3%，则属于社会消费品零售总额。", ("6.5", "5.6")),
    (
        "工业怎么样？规模以上工业增加值我们是6.5%，全市平均是5.7%，人家乙区是7.1%。",
        ("5.7", "7.5"), ("乙区", "丙县"),
    ),
    ("社会消费品零售总额 20.00亿元　↑4.3%　固投 ↓3.2%", ("20.00", "22.00"), ("↓", "↑")),
    ("规上工业增加值+6.5%（第2）；固投-3.2%（第3）。", ("+", "-"), ("第3", "第1")),
    ("固定资产投资从1—8月的-3.5%变为1—9月的-3.2%。", ("3.5", "5.3"), ("3.2", "2.3")),
    ("固定资产投资：乙区最快，我区为-3.2%；最慢的是甲区。", ("乙区", "丙县"), ("是甲区", "是乙区")),
)  # fmt: skip


@pytest.mark.parametrize("text", [text for text, *_ in STRANGE])
def test_what_agrees_with_the_ledger_is_right_however_it_is_put(text):
    assert {v.state for v in strange(text)} == {"right"}


@pytest.mark.parametrize(("text", "old", "new"), [(text, *e) for text, *errors in STRANGE for e in errors])
def test_what_agrees_nowhere_beside_figures_that_agree_is_wrong(text, old, new):
    assert any(v.state in ("wrong", "contradictory") for v in strange(text.replace(old, new, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "社会消费品零售总额20.00亿元，增长4.3%。通过公共网络实现的零售额21.4亿元，增长26.5%。",
        "规模以上工业增加值增长6.5%，采矿业由正转负，同比下降9.9%。",
        "规模以上工业增加值增长6.5%，全国规模以上工业增加值增长3.9%，两年平均增长5.4%。",
        "固定资产投资下降3.2%，新开工项目64个，完成投资38.6亿元。",
        "民间投资占全部投资的比重为57.8%，比上年同期提高1.4个百分点。",
    ],
)
def test_what_stands_beside_words_that_no_catalogue_knows_is_never_wrong(text):
    assert [v.reason for v in strange(text) if v.state in ("wrong", "contradictory")] == []


def test_a_column_is_what_most_of_its_cells_agree_with():
    rows = ["| 名称 | 甲 | 乙 |", "| 规模以上工业增加值 | 6.5 | 5.7 |", "| 固定资产投资 | -3.2 | — |"]
    rows += ["| 社会消费品零售总额 | 4.3 | — |", "| 民间投资 | -0.5 | — |"]

    assert [v.figure.words for v in checked(*rows) if v.state == "wrong"] == ["-0.5"]


def strange(text: str) -> list[FigureVerdict]:
    """With the names that the catalogue has for industry."""
    known = replace(KNOWN, indicators={**KNOWN.indicators, "规上工业增加值": "va"})
    return proof([text], known, LEDGER)
