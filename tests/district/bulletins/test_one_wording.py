"""Page and paper word every number alike: reasons, the board's sentences, the analysis."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenpan.district.bulletins.lines import briefing_line
from wenpan.district.indicators import sentences
from wenpan.district.indicators.judgement_row import FACTS, clean
from wenpan.district.indicators.queries.board import judgement_rows
from wenpan.district.ui.templatetags import ui
from wenpan.documents.papers.briefing import lines as paper
from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Span
from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures import quantities
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.judging.conditions import Condition
from wenpan.economy.judging.judgement import judge
from wenpan.economy.judging.lights import Light, LightRule, RuleSet
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
GROWTH = Indicator("fai", "固定资产投资", headline="ytd_growth", unit="亿元")
LEVEL = Indicator("retail", "社会消费品零售总额", headline="ytd", unit="亿元")
RULES = RuleSet(
    "demo", "规则", "1", date(2022, 1, 1), None, "本区", "indicator",
    rules=(LightRule("low", Light.RED, (Condition("margin", "<", 0, "points"),), kind="growth"),),
)  # fmt: skip
REGIONS = pl.DataFrame(
    {"region": ["city", "own", "rival"], "name": ["市", "本区", "邻区"], "parent": [None, "city", "city"]}
)
SAID = re.compile(
    r"(?:增长|下降)\d+\.\d+%|与上年同期持平|(?:高于|低于)全市平均\d+\.\d+个百分点|与全市平均持平"
)
POINTS = re.compile(r"(\d+\.\d+)个百分点")

near = st.integers(-300, 300).map(lambda n: n / 100)
growths = st.one_of(near, near.map(lambda x: x + 5), st.floats(-150, 300).map(lambda x: round(x, 3)))


def told(item, values, target):
    """The judged row as the page has it, and the paper's line."""
    observations = pl.DataFrame(
        [
            {"region": r, "indicator": item.code, "period": "2022-09", "measure": m, "basis": "natural",
             "value": v, "released": None}
            for r, m, v in values
        ],
        schema_overrides={"released": pl.Date, "value": pl.Float64},
    )  # fmt: skip
    targets = pl.DataFrame(
        [{"region": "own", "indicator": item.code, "year": 2022, "measure": item.headline, "value": target}]
    )
    row = judge(
        observations, targets,
        indicators={item.code: item}, regions=REGIONS, as_of=SEPTEMBER, rules=RULES, only_regions=["own"],
    ).to_dicts()[0]  # fmt: skip
    facts = {name: clean(row[name]) for name in FACTS}
    kept = {"pk": 1, "facts": facts, "light": row["light"], "reasons": row["reasons"],
            "rule_set": "demo", "rule_version": "1"}  # fmt: skip
    on_page = judgement_rows(kept, item, {})
    return on_page, briefing_line(on_page, item)


def written(parts):
    return "".join(part.text if isinstance(part, Span) else part for part in parts)


@settings(deadline=None, max_examples=150)
@given(growths, growths, growths)
def test_a_growth_its_target_and_the_city_are_worded_alike(own, city, target):
    j, said = told(
        GROWTH,
        [("own", "ytd_growth", own), ("rival", "ytd_growth", own + 1), ("city", "ytd_growth", city)],
        target,
    )
    register = FactRegister()
    in_paper = written(paper.sentence(said, register))
    on_page = f"{sentences.state(j)},{sentences.gap(j)},{sentences.versus_city(j)}"
    assert set(SAID.findall(in_paper)) <= set(SAID.findall(on_page))
    assert sentences.gap(j) in in_paper
    assert sentences.versus_city(j) in in_paper
    assert sentences.state(j) in in_paper
    reasons = "；".join(j.reasons)
    assert sentences.state(j) in reasons
    assert sentences.versus_city(j) in reasons
    assert set(POINTS.findall(sentences.gap(j))) <= set(POINTS.findall(reasons))
    assert not register.clashes
    assert ("持平" in sentences.gap(j)) == (
        round(own, 4) == round(target, 4)
    ) or "与上年持平" in sentences.gap(j)


@settings(deadline=None, max_examples=100)
@given(growths, growths, st.floats(60, 80).map(lambda x: round(x, 2)))
def test_so_are_a_level_its_schedule_and_its_growth_against_the_city(own, city, level):
    j, said = told(
        LEVEL,
        [
            ("own", "ytd", level),
            ("own", "ytd_growth", own),
            ("rival", "ytd_growth", own + 1),
            ("city", "ytd_growth", city),
        ],
        100.0,
    )
    in_paper, reasons = written(paper.sentence(said, FactRegister())), "；".join(j.reasons)
    assert sentences.gap(j) in in_paper
    assert set(POINTS.findall(sentences.gap(j))) <= set(POINTS.findall(reasons))
    against = [clause.removeprefix("增速") for clause in sentences.why(j) if "全市平均" in clause]
    assert against
    assert all(clause in in_paper and clause in reasons for clause in against)


@pytest.mark.parametrize(
    ("own", "city", "state", "against"),
    [
        (0.04, 5.0, "增长0.04%", "低于全市平均4.96个百分点"),  # 略增 here, 持平 there it was
        (4.96, 5.04, "增长4.96%", "低于全市平均0.08个百分点"),  # both print 5.0
        (0.0, 5.0, "与上年同期持平", "低于全市平均5.0个百分点"),
        (3.2, 3.2, "增长3.2%", "与全市平均持平"),
    ],
)
def test_what_differs_is_never_printed_as_equal(own, city, state, against):
    j, said = told(
        GROWTH, [("own", "ytd_growth", own), ("rival", "ytd_growth", 1.0), ("city", "ytd_growth", city)], 8.0
    )
    assert (sentences.state(j), sentences.versus_city(j)) == (state, against)
    assert state in written(paper.sentence(said, FactRegister()))
    assert against in written(paper.sentence(said, FactRegister()))
    assert any(state in reason for reason in j.reasons)


@pytest.mark.parametrize("chance", [0.0, 0.004, 0.0099, 0.01, 0.0149, 0.5, 0.985, 0.99, 0.9901, 0.996, 1.0])
def test_a_chance_is_worded_alike_on_the_page_in_its_sentences_in_reasons_and_in_the_paper(chance):
    words = sentences.chance(chance)
    assert re.fullmatch(r"低于1%|高于99%|\d{1,2}%", words)
    assert ui.chance_text(chance) == words
    assert quantities.chance(chance).removeprefix("为") == words
    assert analysis_phrases.chance(chance, [(0.0, "难度很大")], 0.01).endswith(
        f"(概率{words})" if "于" in words else f"(概率约{words})"
    )
