"""The program's own data words on an English page: each has one; what a person typed is not changed."""

from __future__ import annotations

import pytest

from wenpan import rules
from wenpan.district.projects.base.policy import rule_sets
from wenpan.district.supervision.log import policy
from wenpan.district.ui.english.pages import turned, words
from wenpan.district.ui.english.sentences import HAN, english
from wenpan.economy.funnel.stages import LABELS


def test_every_name_of_the_rule_files_has_an_english_one():
    names = {name for i in rules.catalogue().values() for name in (i.name, i.short, i.group, i.unit) if name}
    names |= {s.name for s in (*rules.light_rules().values(), *rule_sets().values())}
    names |= {kind.name for kind in policy.types().values()} | {str(label) for label in LABELS.values()}
    ours = (rules.light_rules()["default"], rule_sets()["project-default"])
    names |= {consequence.text for one in ours for consequence in one.consequences}
    assert sorted(name for name in names if HAN.search(name) and name not in words()) == []
    assert sorted(said for said in words().values() if HAN.search(said)) == []


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (
            "1—9月下降13.2%，低于市下达目标（增长5.0%）18.2个百分点",
            "months 1–9: down 13.2%, 18.2 points below the city's target (up 5.0%)",
        ),
        (
            "9月末增长8.3%，高于目标8.0%达0.3个百分点",
            "end of month 9: up 8.3%, 0.3 points above the target of 8.0%",
        ),
        (
            "完成全年目标的概率不足五成；并列第8位（已公布10个地区），较上期后移1位",
            "probability of the year's target below 50%; tied place 8 of 10, down 1",
        ),
        ("居全市第10位（末位），位次与上月持平", "place 10 (last), unchanged"),
        ("后三个月需增长73.0%", "needed in the other 3 months: up 73.0%"),
        ("落后时序进度63.8个百分点；连续13个月无投资完成额",
         "63.8 points behind schedule; 13 months without investment"),
        ("统计口径：落后时序进度16.2个百分点", "by statistics: 16.2 points behind schedule"),
        ("红灯 · 默认项目红黄绿灯规则 2022-01", "Red light · default light rules of projects 2022-01"),
        ("2 missing：存款余额、贷款余额", "2 missing: Deposits, Loans"),
        ("消费（2022-10）", "Consumption (2022-10)"),
        ("固定资产投资红灯整改", "Fixed-asset investment: red light to be put right"),
        ("逾期，时限2022-09-30；提级4级", "overdue, was due 2022-09-30; raised 4 levels"),
        ("住建局要在12月20日前完成外墙修缮。", "住建局要在12月20日前完成外墙修缮。"),  # people's words stay
    ],
)  # fmt: skip
def test_a_kept_reason_is_said_in_english(kept, said):
    assert english(kept, words()) == said


def test_what_could_be_sent_back_is_left_as_it_is():
    left = "<textarea>固投</textarea><option>固投</option><script>'固投'</script>"
    assert turned(left) == left
    assert turned("<p>固投</p><option value='x'>固投</option>").count("Fixed-asset investment") == 2


def test_signs_of_html_stay_escaped():
    assert turned("<b>红灯 · a &lt; b</b>") == "<b>Red light · a &lt; b</b>"


def test_a_page_is_turned_only_where_english_was_chosen(client, make_user, db):
    client.force_login(make_user("analyst"))
    chinese = client.get("/rules/").content.decode()
    client.cookies["django_language"] = "en"
    answer = client.get("/rules/")
    assert "默认红黄绿灯规则" in chinese
    assert int(answer["Content-Length"]) == len(answer.content)
