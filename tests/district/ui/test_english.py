"""The program's own data words on an English page: each has one; what a person typed is not changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wenpan
from wenpan import rules
from wenpan.district.projects.base.policy import rule_sets
from wenpan.district.supervision.escalation_steps import policy
from wenpan.district.supervision.log import policy as matters
from wenpan.district.supervision.templatetags.notices import plain_reason
from wenpan.district.ui.english.pages import turned, words
from wenpan.district.ui.english.sentences import HAN, english
from wenpan.economy.funnel.stages import LABELS
from wenpan.rules.slips import slip_rules


def test_every_name_of_the_rule_files_has_an_english_one():
    names = {name for i in rules.catalogue().values() for name in (i.name, i.short, i.group, i.unit) if name}
    names |= {s.name for s in (*rules.light_rules().values(), *rule_sets().values())}
    names |= {kind.name for kind in matters.types().values()} | {str(label) for label in LABELS.values()}
    ours = (rules.light_rules()["default"], rule_sets()["project-default"])
    names |= {consequence.text for one in ours for consequence in one.consequences}
    assert sorted(name for name in names if HAN.search(name) and name not in words()) == []
    assert sorted(said for said in words().values() if HAN.search(said)) == []


def test_every_reason_and_consequence_of_every_rule_set_has_an_english_one():
    said = set()
    for one in (*rules.light_rules().values(), *rule_sets().values()):
        said |= {r.reason for r in one.rules} | {c.text for c in one.consequences}
    for one in slip_rules().values():
        said |= {r.reason for r in one.rules.rules}
        said |= {words for k in one.kinds for words in (k.name, k.asks, k.consequence)}
    plain = {plain_reason(reason) for reason in said if reason}
    assert sorted(reason for reason in plain if HAN.search(english(reason, words()))) == []


# Where notices are made; a new place has its sentence in english/notices.py and is added here.
NOTICES = {
    "supervision/slips/actions.py", "supervision/orders/actions.py",
    "supervision/matters/actions/handling.py", "supervision/matters/actions/undoing.py",
    "supervision/matters/actions/leading.py", "supervision/escalation/actions.py", "supervision/apps.py",
    "quality/reminders.py", "projects/returns/reminder_actions.py", "library/actions.py",
    "intake/actions/deciding.py", "campaigns/actions/ending.py", "firms/policies/windows.py",
}  # fmt: skip


def test_every_notice_has_an_english_one():
    rooms = Path(wenpan.__file__).parent / "district"
    told = re.compile(r"(?:notifications import notify|notices import notify|ground import notices\n)")
    found = {p.relative_to(rooms).as_posix() for p in rooms.rglob("*.py") if told.search(p.read_text())}
    assert found - {"ground/notices.py", "supervision/tick.py"} == NOTICES
    line = policy.escalation_rules()
    for step in (*line.reminders, *line.steps):
        text = step.text.format(number="2022-0001", title="甲", due="2022-10-14", after=3, unit="住建局")
        assert not HAN.search(re.sub("“.*?”|led by .*?,", "", english(text, words()))), text


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
        ("默认蓝黄红督办单：Ground or approval", "default blue, yellow and red slips: Ground or approval"),
        ("3 periods in a row: 发督办函", "3 periods in a row: a letter of supervision"),
        ("1,200万美元", "1,200 ×10,000 US dollars"),
        ("2022-0033《住建局8月底前把保交楼资金缺口分到项目》逾期已满3个工作日，请主要负责人过问",
         "2022-0033 “住建局8月底前把保交楼资金缺口分到项目” is 3 working days overdue: "
         "the unit's head is asked to see to it"),
        ("收到蓝色督办单安督单〔2022〕1号：2022-0063《固定资产投资红灯整改》，请于2022-09-08前回复",
         "A blue slip has come (2022/1): 2022-0063 “Fixed-asset investment: red light to be put right”; "
         "please answer by 2022-09-08"),
        ("江望舒批示 2022-0007：抓紧办", "江望舒 instructs on 2022-0007: 抓紧办"),
        ("催办：2022-0007 打通断头路。今天必须报", "Reminder: 2022-0007 打通断头路 — 今天必须报"),
        ("催办已撤销，不用答复：2022-0007 打通断头路",
         "Reminder withdrawn, no answer needed: 2022-0007 打通断头路"),
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
