"""The rule sets of five cities, judged on the facts that their documents speak of."""

import datetime

import pytest

from wenpan import rules
from wenpan.rules import RuleError

SETS = rules.light_rules()


def judged(code: str, **facts):
    return SETS[code].judge(facts)


def test_the_shipped_rule_sets():
    assert set(SETS) == {
        "default", "tianjin-2022", "wuhan", "yinchuan-2025", "sanya-2022", "sanya-2022-districts", "sanming",
        "slips-default", "suqian-group", "yingtan", "deal-default", "handan-deals",
    }  # fmt: skip
    assert {code: s.object for code, s in SETS.items() if s.object != "indicator"} == {
        "yinchuan-2025": "project", "sanya-2022": "project", "sanming": "slip",
        "slips-default": "slip", "suqian-group": "slip", "yingtan": "slip",
        "deal-default": "deal", "handan-deals": "deal",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "light"),
    [
        ({"progress": 75, "schedule": 75}, "GREEN"),
        ({"progress": 65.1, "schedule": 75}, "GREEN"),
        ({"progress": 65, "schedule": 75}, "YELLOW"),  # 10 points behind, inclusive
        ({"progress": 45, "schedule": 75}, "YELLOW"),  # 30 points, inclusive; as a ratio it would be 40 %
        ({"progress": 44.9, "schedule": 75}, "RED"),
        ({"progress": 75, "schedule": 75, "start_overdue": 0}, "YELLOW"),
        ({"progress": 75, "schedule": 75, "start_overdue": 2}, "YELLOW"),
        ({"progress": 75, "schedule": 75, "start_overdue": 3}, "RED"),
        ({"progress": 75, "schedule": 75, "start_overdue": -1}, "GREEN"),
        ({"progress": 75, "schedule": 75, "payment_shortfall": 0.1}, "RED"),
        ({"progress": 75, "schedule": 75, "entry_overdue": 1}, "YELLOW"),
        ({"progress": 75, "schedule": 75, "entry_overdue": 2}, "YELLOW"),
        ({"progress": 75, "schedule": 75, "entry_overdue": 3}, "RED"),
        ({"progress": 60, "schedule": 75, "entry_overdue": 3}, "RED"),  # the worse of two
        ({"schedule": 75}, "UNKNOWN"),
        ({}, "UNKNOWN"),
    ],
)
def test_yinchuan_2025(facts, light):
    assert judged("yinchuan-2025", **facts).light == light


def test_yinchuan_asks_for_a_good_reason_before_it_warns():
    verdict = judged(
        "yinchuan-2025",
        progress=75,
        schedule=75,
        start_overdue=0,
        excuse="规划调整, 市政府专题会议纪要第12期",
    )
    assert (verdict.light, verdict.without_excuse) == ("GREEN", "YELLOW")
    assert "原应为黄灯" in verdict.reasons[-1]
    late = judged("yinchuan-2025", progress=75, schedule=75, start_overdue=3, excuse="规划调整")
    assert late.light == "RED"


@pytest.mark.parametrize(
    ("progress", "light"),
    [(75, "GREEN"), (74, "YELLOW"), (37.5, "YELLOW"), (37.4, "RED")],
)
def test_sanya_2022(progress, light):
    assert judged("sanya-2022", annual_plan=5000, progress=progress, schedule=75).light == light


def test_sanya_leaves_small_projects_alone():
    assert judged("sanya-2022", annual_plan=900, progress=10, schedule=75).light == "UNKNOWN"


def test_sanyas_second_yellow_calls_the_vice_mayor():
    facts = {"annual_plan": 5000, "progress": 60, "schedule": 75}
    assert judged("sanya-2022", **facts).consequences == ("约谈项目业主",)
    again = judged("sanya-2022", **facts, history=[{"light": "YELLOW"}])
    assert again.consequences[-1] == "副市长约谈业主和市级主管部门主要负责人"


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        ({"overdue": False, "last_slip": ""}, ""),
        ({"overdue": True, "last_slip": ""}, "蓝色督办单"),
        ({"overdue": True, "last_slip": "blue", "answered": True}, ""),
        ({"overdue": True, "last_slip": "blue", "answered": False}, "橙色督办单"),
        ({"overdue": True, "last_slip": "orange", "answered": False}, "红色督办单"),
        ({"overdue": True, "last_slip": "red", "answered": False}, "红色督办单"),
        ({"overdue": True, "last_slip": "blue", "answered": False, "important": True}, "红色督办单"),
    ],
)
def test_sanmings_slips_climb_one_step_unless_the_matter_is_important(facts, colour):
    assert judged("sanming", **facts).colour == colour


def test_a_slip_of_which_nothing_is_known_is_unknown():
    assert judged("sanming").light == "UNKNOWN"


def test_a_falling_district_is_red_in_tianjin_even_without_a_plan():
    assert judged("tianjin-2022", growth=-0.1).light == "RED"
    assert judged("tianjin-2022", growth=3.0).light == "UNKNOWN"


@pytest.mark.parametrize("code", sorted(SETS))
def test_every_rule_says_why(code):
    """The default leaves the gap itself to the judgement's first sentence."""
    silent = [rule.code for rule in SETS[code].rules if not rule.reason]
    assert silent == (["growth_below", "level_below"] if code == "default" else [])


def test_the_default_is_in_force_until_a_place_decides(tmp_path):
    assert rules.rules_in_force(datetime.date(2016, 9, 30), tmp_path).code == "default"


def choose(home, text: str):
    path = home / "rules" / "lights" / "in_force.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"version: '1'\neffective_from: 2022-01-01\nsource: 市文件\nin_force:\n{text}", "utf-8")
    return home


def test_a_place_chooses_by_date(tmp_path):
    home = choose(
        tmp_path, "  - {from: 2000-01-01, rules: default}\n  - {from: 2022-03-01, rules: tianjin-2022}\n"
    )
    assert rules.rules_in_force(datetime.date(2022, 2, 28), home).code == "default"
    assert rules.rules_in_force(datetime.date(2022, 3, 1), home).code == "tianjin-2022"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("  - {from: 2023-01-01, rules: default}\n", datetime.date(2022, 9, 1)),
        ("  - {from: 2000-01-01, rules: nowhere}\n", datetime.date(2022, 9, 1)),
        ("  - {from: 2000-01-01, rules: yinchuan-2025}\n", datetime.date(2025, 9, 1)),
        ("  - {from: 2000-01-01, rules: tianjin-2022}\n", datetime.date(2023, 9, 1)),
    ],
)
def test_a_choice_that_cannot_judge_indicators_on_that_day_is_refused(tmp_path, text, on):
    with pytest.raises(RuleError, match="in_force"):
        rules.rules_in_force(on, choose(tmp_path, text))


def test_a_places_rule_set_replaces_ours_of_the_same_name(tmp_path):
    ours = (rules.loading.OURS / "lights" / "default.yaml").read_text("utf-8")
    path = tmp_path / "rules" / "lights" / "default.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(ours.replace("limit: 0.5,", "limit: 0.3,"), "utf-8")
    facts = {"kind": "growth", "actual": 2.0, "margin": -3.0, "probability": 0.4}
    assert rules.light_rules(tmp_path)["default"].judge(facts).light == "YELLOW"
    assert SETS["default"].judge(facts).light == "RED"
    assert rules.light_rules(tmp_path)["default"].file == str(path)


def test_a_rule_set_that_cannot_be_used_names_its_file(tmp_path):
    path = tmp_path / "rules" / "lights" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "code: mine\nname: 我\nversion: '1'\neffective_from: 2022-01-01\nsource: x\nobject: indicator\n",
        "utf-8",
    )
    with pytest.raises(RuleError, match="mine.yaml 的“rules”有误"):
        rules.light_rules(tmp_path)
