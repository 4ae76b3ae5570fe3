"""会前一纸: what is asked, on what it stands, who speaks first. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.district.meetings.facts import AGREED, ASKED, EXPECTED, ON, PROJECT, RED, facts
from tests.district.places import as_jsonb
from wenpan.district.meetings.memo import memo_json, paper
from wenpan.district.meetings.memo.compose import compose, speakers
from wenpan.district.meetings.memo.facts import (
    DONE,
    GONE,
    HEARD,
    LATE,
    OUTCOMES,
    SILENT,
    WAITING,
    AnsweredShare,
    Citation,
    EstimatorFact,
    IndustryPull,
    MemoQuestion,
    UpwardFact,
)
from wenpan.district.meetings.policy import meeting_rules
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.paper import block_text

RULES = meeting_rules(ON)
MONTHLY = RULES.kinds["monthly"]


def memo_of(kind=MONTHLY, **more):
    return compose(facts(**more), kind, RULES, {"swj": 1, "zjj": 2, "tongxi": 3})


def occasions(memo):
    return [q.occasion for q in memo.questions]


def test_a_question_without_a_citation_cannot_be_made():
    with pytest.raises(ValueError, match="没有依据"):
        MemoQuestion("new_red", "swj", "商务局", "为什么？", 1, ())


def test_a_late_decision_is_asked_after_and_cites_its_matter():
    late = replace(AGREED, due=date(2022, 11, 8), outcome=LATE)
    (question,) = memo_of(agreed=(late,)).questions
    assert "2022-0007" in question.text
    assert "应于11月8日办结，已逾期10天" in question.text
    assert question.citations == (Citation("matter", "7", "2022-0007"),)


@pytest.mark.parametrize(
    ("days", "asked"), [(MONTHLY.silent_after - 1, False), (MONTHLY.silent_after, True), (30, True)]
)
def test_silence_is_asked_after_from_the_day_of_the_rule_on(days, asked):
    silent = replace(AGREED, assigned_on=ON - timedelta(days=days))
    assert occasions(memo_of(agreed=(silent,))) == (["silent_decision"] if asked else [])


@pytest.mark.parametrize("outcome", [DONE, HEARD, WAITING, GONE])
def test_what_is_done_heard_or_not_handed_over_is_not_asked_after(outcome):
    assert memo_of(agreed=(replace(AGREED, outcome=outcome),)).questions == ()


def test_a_question_that_was_not_answered_is_asked_again_and_an_answered_one_is_not():
    assert occasions(memo_of(asked=(ASKED,))) == ["unanswered"]
    assert memo_of(asked=(replace(ASKED, answer="还差3.2亿元"),)).questions == ()


@pytest.mark.parametrize(("months", "occasion"), [(1, "new_red"), (2, "standing_red")])
def test_a_red_of_this_month_is_new_and_one_of_two_stands(months, occasion):
    memo = memo_of(indicators=(replace(RED, months=months),))
    assert occasions(memo) == [occasion]
    assert [c.kind for c in memo.questions[0].citations] == ["figure", "indicator"]
    assert bool(memo.new_reds) is (months == 1)
    assert bool(memo.standing_reds) is (months == 2)


def test_a_red_without_a_figure_still_cites_its_judgement():
    (question,) = memo_of(indicators=(replace(RED, figure=None),)).questions
    assert question.citations == (Citation("indicator", "retail@2022-10", "社零研判"),)


def test_a_missed_expectation_names_both_figures_and_a_short_one_the_target():
    missed, below = memo_of(expectations=(EXPECTED,)).questions
    assert "预计增长4.3%，实际增长2.1%，差−2.2个百分点" in missed.text
    assert "1—11月预计增长2.5%" in below.text and "目标增长4.5%" in below.text
    assert {c.kind for q in (missed, below) for c in q.citations} == {"estimate", "figure"}


def test_an_expectation_that_was_met_asks_nothing():
    met = replace(EXPECTED, wrong_side=False, short=False)
    assert memo_of(expectations=(met,)).questions == ()


@pytest.mark.parametrize(("light", "asked"), [("RED", True), ("YELLOW", True), ("GREEN", False)])
def test_an_estimate_is_missed_only_where_the_light_is_bad(light, asked):
    none = replace(EXPECTED, expected="", wrong_side=False, short=False)
    memo = memo_of(expectations=(none,), indicators=(replace(RED, light=light, months=1),))
    assert ("no_expectation" in occasions(memo)) is asked


def test_a_kind_asks_only_what_its_rules_say():
    everything = {"agreed": (replace(AGREED, outcome=LATE),), "indicators": (RED,), "projects": (PROJECT,)}
    assert occasions(memo_of(RULES.kinds["requests"], **everything)) == ["late_decision"]
    assert set(occasions(memo_of(**everything))) == {"late_decision", "new_red", "red_project"}


def test_a_unit_is_asked_no_more_than_the_rules_say_and_what_is_left_out_is_counted():
    rows = tuple(replace(PROJECT, key=str(n), name=f"项目{n}") for n in range(MONTHLY.most_of_unit + 3))
    memo = memo_of(projects=rows)
    assert (len(memo.questions), memo.left) == (MONTHLY.most_of_unit, 3)


def test_the_unit_with_the_most_points_speaks_first_and_equals_by_the_roster():
    asked = [
        MemoQuestion("red_project", unit, unit, "？", points, (Citation("project", "1", "x"),))
        for unit, points in (("tongxi", 2), ("zjj", 2), ("swj", 1), ("swj", 2))
    ]
    assert [s.unit for s in speakers(asked, {"zjj": 1, "tongxi": 2, "swj": 3})] == ["swj", "zjj", "tongxi"]
    assert speakers(asked, {})[0].why == ("项目红灯2项",)


def test_a_database_that_keeps_no_order_of_names_gives_the_same_memo_to_the_byte():
    """PostgreSQL: what became of the decisions stood in another order in the kept memo."""
    outcomes = [GONE, WAITING, SILENT, HEARD, LATE, DONE]
    agreed = tuple(replace(AGREED, number=str(n), outcome=one) for n, one in enumerate(outcomes))
    memo = memo_of(agreed=agreed, projects=(PROJECT,), left={"projects": 2, "deals": 1})
    assert "1件、".join(OUTCOMES.values()) in paper.answered_words(memo)
    words = ("调度会", ON, "区督查室", ON)
    issued = render(paper.compose(memo, *words), created=ON)
    for back in (memo_json.keep(memo), as_jsonb(memo_json.keep(memo))):
        assert render(paper.compose(memo_json.read_memo(back), *words), created=ON) == issued


def test_the_share_answered_is_a_number_with_its_n():
    memo = memo_of(asked=(ASKED, replace(ASKED, answer="已办"), replace(ASKED, answer="已报")))
    assert (memo.answers.n, memo.answers.answered) == (3, 2)
    assert "提问3条，已答复2条，答复率66.7%" in paper.answered_words(memo)
    assert paper.share_words(AnsweredShare(0, 0)) == "—"


def test_outcomes_count_only_the_last_meeting_and_what_was_handed_over():
    rows = (
        replace(AGREED, outcome=DONE),
        replace(AGREED, outcome=LATE),
        replace(AGREED, outcome=LATE, heard="正在办"),
        replace(AGREED, outcome=WAITING),
        replace(AGREED, outcome=LATE, last_time=False),
    )
    memo = memo_of(agreed=rows)
    assert memo.outcomes == {DONE: 1, LATE: 2, WAITING: 1}
    assert (memo.heard.n, memo.heard.answered) == (3, 2)


def test_the_first_meeting_of_a_kind_says_that_nothing_was_asked():
    assert "第一次" in paper.answered_words(memo_of(last_title="", since=None))


def test_the_paper_has_the_sections_of_its_kind_in_their_order():
    for kind in RULES.kinds.values():
        made = paper.compose(memo_of(kind), "某会", ON, "督查绩效办", ON)
        heads = [block_text(b).partition("、")[2] for b in made.blocks if type(b).__name__ == "Heading"]
        assert heads == [paper.TITLES[s] for s in kind.sections]


words = st.text(alphabet="督办社零红5%", max_size=12)
units = st.sampled_from(["swj", "zjj", "tongxi", ""])


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(
    agreed=st.lists(
        st.builds(
            replace, st.just(AGREED), outcome=st.sampled_from(sorted(OUTCOMES)), unit=units, title=words,
            due=st.none() | st.dates(date(2022, 1, 1), date(2022, 12, 31)), last_time=st.booleans(),
        ),
        max_size=6,
    ),
    reds=st.lists(
        st.builds(
            replace, st.just(RED), light=st.sampled_from(["RED", "YELLOW", "GREEN"]),
            months=st.integers(1, 40), figure=st.none() | st.integers(1, 99), gap=words, needed=words,
        ),
        max_size=6,
    ),
    expected=st.lists(
        st.builds(
            replace, st.just(EXPECTED), expected=st.sampled_from(["", "增长2.5%"]), short=st.booleans(),
            wrong_side=st.booleans(), official_id=st.none() | st.just(9),
        ),
        max_size=4,
    ),
)  # fmt: skip
def test_whatever_the_facts_every_question_cites_and_the_memo_is_kept_whole(agreed, reds, expected):
    memo = memo_of(agreed=tuple(agreed), indicators=tuple(reds), expectations=tuple(expected))
    assert all(q.citations for q in memo.questions)
    assert sum(s.questions for s in memo.agenda) == sum(1 for q in memo.questions if q.unit)
    assert not any("，，" in q.text or "；：" in q.text for q in memo.questions)
    assert memo_json.read_memo(memo_json.keep(memo)) == memo
    assert all(q.occasion != SILENT for q in memo.questions)


def test_what_was_not_answered_is_asked_in_the_words_of_the_first_time():
    again = replace(ASKED, text="10月调度会问过“社零还差多少？”，至今没有答复。", subject="社零还差多少？")
    (question,) = memo_of(asked=(again,)).questions
    assert question.text.count("问过") == 1
    assert "“社零还差多少？”" in question.text
    assert question.subject == "社零还差多少？"


def test_what_was_not_answered_is_not_asked_beside_the_same_thing_anew():
    cited = (Citation("indicator", "retail@2022-09", "社零研判"),)
    memo = memo_of(asked=(replace(ASKED, citations=cited),), indicators=(RED,))
    assert occasions(memo) == ["new_red"]
    other = (Citation("indicator", "fai@2022-09", "固投研判"),)
    memo = memo_of(asked=(replace(ASKED, citations=other),), indicators=(RED,))
    assert sorted(occasions(memo)) == ["new_red", "unanswered"]


def test_the_topic_meeting_of_gdp_shows_what_each_industry_pulls_and_of_which_quarter():
    pull = IndustryPull(
        "工业", "工信局", "32.5", "6.0", "1.94", "规上工业增加值", "6.1", "7.0", "0.29（0.21—0.37）", "6.3"
    )
    said = "前三季度各行业拉动合计5.28个百分点（推算，不是核算结果）。"
    memo = memo_of(RULES.kinds["gdp"], pulls=(pull,), pulls_said=said)
    assert memo.sections.index("pulls") < memo.sections.index("supports")
    told = "\n".join(block_text(b) for b in paper.compose(memo, "专题会", ON, "督查办", ON).blocks)
    assert said in told
    assert "0.29（0.21—0.37）" in told
    assert memo_json.read_memo(memo_json.keep(memo)).facts.pulls == (pull,)


def test_the_memo_shows_how_estimates_came_out_unranked_and_what_was_learned_above():
    estimator = EstimatorFact(
        "商务局", "社零累计增速", 7, "+0.20", "0.51", "1.17", "6次对5次", "2022-10预计4.30"
    )
    contact = UpwardFact(
        "retail", "社零", "商务局", ON, "市商务局", "周商言", "方法：样本轮换", ON, late=True
    )
    memo = memo_of(estimators=(estimator,), contacts=(contact,))
    told = "\n".join(block_text(b) for b in paper.compose(memo, "某会", ON, "督查办", ON).blocks)
    assert "+0.20" in told and "没有单位报过预计" not in told
    assert "方法：样本轮换" in told and "（已过）" in told
    assert memo_json.read_memo(memo_json.keep(memo)).facts == memo.facts
