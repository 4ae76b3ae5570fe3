"""Slips: what each place's rules serve and when; numbers, papers, answers, withdrawal, who sees them."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from tests.district.supervision.conftest import day
from tests.district.supervision.slips.conftest import DUE
from wenpan.district.ground import originals
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.log.append import state_of
from wenpan.district.supervision.models import Matter, Slip
from wenpan.district.supervision.slips import queries
from wenpan.district.supervision.slips.rules import MatterColumns, Served, call, facts
from wenpan.economy.time.periods import Month
from wenpan.rules import RuleError
from wenpan.rules.slips import slip_rules as all_sets
from wenpan.rules.slips import slips_in_force

CALENDAR = policy.calendar()


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def asked(**more):
    values = {"state": "working", "paused": False, "due": DUE, "important": False, "returned": 0,
              "assigned_on": date(2022, 10, 8), "feedback_on": date(2022, 10, 18)}  # fmt: skip
    return MatterColumns(**values | more)


def served(colour, level, *, until="2022-10-28", answered=False, due=DUE, withdrawn=False):
    return Served(colour, level, due, date.fromisoformat(until), answered, withdrawn)


def colour(code, on, slips=(), **more):
    found = call(all_sets()[code], asked(**more), slips, date.fromisoformat(on), CALENDAR, 14)
    return found.kind.colour if found else None


BLUE, WHITE, YELLOW = served("blue", 1), served("white", 1), served("yellow", 2)
OLD = date(2022, 9, 30)


@pytest.mark.parametrize(
    ("sentence", "code", "on", "slips", "more", "expected"),
    [
        ("三明: on its day nothing", "sanming", "2022-10-20", (), {}, None),
        ("三明: overdue, blue", "sanming", "2022-10-21", (), {}, "blue"),
        ("三明: while the time for an answer runs, nothing more", "sanming", "2022-10-28", (BLUE,), {}, None),
        ("三明: blue unanswered, orange", "sanming", "2022-10-31", (BLUE,), {}, "orange"),
        ("三明: blue answered, no orange", "sanming", "2022-10-31",
         (served("blue", 1, answered=True),), {}, None),
        ("三明: orange unanswered, red", "sanming", "2022-10-31", (BLUE, served("orange", 2)), {}, "red"),
        ("三明: important ones skip orange", "sanming", "2022-10-31", (BLUE,), {"important": True}, "red"),
        ("三明: after red nothing is above", "sanming", "2022-10-31", (served("red", 3),), {}, None),
        ("宿迁: four working days before, nothing", "suqian-group", "2022-10-14", (), {}, None),
        ("宿迁: near the day, blue", "suqian-group", "2022-10-17", (), {}, "blue"),
        ("宿迁: no word for long, yellow", "suqian-group", "2022-10-12",
         (), {"feedback_on": date(2022, 9, 20)}, "yellow"),
        ("宿迁: sent back, yellow", "suqian-group", "2022-10-18", (BLUE,), {"returned": 1}, "yellow"),
        ("宿迁: overdue, red", "suqian-group", "2022-10-21", (BLUE,), {}, "red"),
        ("宿迁: a colour once a due date", "suqian-group", "2022-10-25",
         (served("red", 3),), {"returned": 1}, None),
        ("鹰潭: late the first time, white", "yingtan", "2022-10-21", (), {}, "white"),
        ("鹰潭: within the time of the white one, nothing", "yingtan", "2022-10-28", (WHITE,), {}, None),
        ("鹰潭: still late after it, yellow, answered or not", "yingtan", "2022-10-31",
         (served("white", 1, answered=True),), {}, "yellow"),
        ("鹰潭: a third time, red", "yingtan", "2022-10-31", (WHITE, YELLOW), {}, "red"),
        ("鹰潭: a new day missed again counts on", "yingtan", "2022-10-21",
         (served("white", 1, due=OLD),), {}, "yellow"),
        ("鹰潭: a slip that was withdrawn does not count", "yingtan", "2022-10-21",
         (served("white", 1, due=OLD, withdrawn=True),), {}, "white"),
        ("默认: overdue, blue", "slips-default", "2022-10-21", (), {}, "blue"),
        ("默认: late after the blue one's time, yellow", "slips-default", "2022-10-31",
         (BLUE,), {}, "yellow"),
        ("默认: important ones go to red", "slips-default", "2022-10-31",
         (BLUE,), {"important": True}, "red"),
        ("默认: late after the yellow one's time, red", "slips-default", "2022-10-31", (YELLOW,), {}, "red"),
        ("默认: on a Saturday as on Friday", "slips-default", "2022-10-29", (BLUE,), {}, None),
        ("默认: withdrawn by a person, the rule does not overrule", "slips-default", "2022-10-31",
         (served("blue", 1, withdrawn=True),), {}, None),
        ("paused: nothing", "slips-default", "2022-10-31", (), {"paused": True}, None),
        ("reported done: nothing", "slips-default", "2022-10-31", (), {"state": "answered"}, None),
        ("without a deadline: nothing by rule", "slips-default", "2022-10-31", (), {"due": None}, None),
    ],
)  # fmt: skip
def test_which_slip_a_matter_calls_for(sentence, code, on, slips, more, expected):
    assert colour(code, on, slips, **more) == expected, sentence


def test_a_reason_names_the_working_days():
    found = call(
        all_sets()["slips-default"], asked(due=date(2022, 9, 30)), (), date(2022, 10, 10), CALENDAR, 14
    )
    assert found.reason.startswith("逾期3个工作日未办结")  # Saturday 8, Sunday 9 (调休) and Monday 10


def test_an_answer_is_missing_only_when_its_time_has_gone_by():
    known = facts(asked(), (BLUE,), date(2022, 10, 28), CALENDAR, 14)
    assert (known["answered"], known["limit_passed"]) == (None, False)
    known = facts(asked(), (BLUE,), date(2022, 10, 31), CALENDAR, 14)
    assert (known["answered"], known["limit_passed"]) == (False, True)


@pytest.mark.parametrize("code", ["sanming", "suqian-group", "yingtan", "slips-default"])
def test_every_set_says_what_each_colour_asks_and_leads_to(code):
    found = all_sets()[code]
    assert found.rules.source
    assert [k.level for k in found.kinds] == [1, 2, 3]
    assert all(k.asks and k.consequence and k.answer_days for k in found.kinds)


def test_a_place_without_automatic_slips(slip_rules, assigned):
    slip_rules("none")
    assert slips_in_force(date(2022, 10, 1)) is None
    assigned(due=DUE)
    assert actions.escalate(at=day("2022-10-31")).slips == 0


def test_a_choice_that_does_not_exist_says_so(slip_rules):
    slip_rules("tianjin-2022")
    with pytest.raises(RuleError, match=r"in_force.rules.*tianjin-2022"):
        slips_in_force(date(2022, 10, 1))


def test_yingtan_from_white_to_red(slip_rules, assigned, people):
    slip_rules("yingtan")
    matter = assigned(due=DUE)
    for on in ("2022-10-21", "2022-10-28", "2022-10-31", "2022-11-03", "2022-11-04", "2022-12-01"):
        actions.escalate(at=day(on))
    rows = list(Slip.objects.order_by("pk").values_list("colour", "issued_at__date", "answer_due"))
    assert rows == [
        ("white", date(2022, 10, 21), date(2022, 10, 28)),
        ("yellow", date(2022, 10, 31), date(2022, 11, 3)),
        ("red", date(2022, 11, 4), date(2022, 11, 8)),
    ]
    assert (fresh(matter).slip_colour, fresh(matter).slip_level) == ("red", 3)
    assert queries.by_colour(Month(2022, 11)) == {"red": 1}
    assert queries.by_colour(Month(2022, 10)) == {"white": 1, "yellow": 1}


def test_numbers_run_through_the_year_and_start_anew(assigned, people):
    first, second = assigned("甲", due=DUE), assigned("乙", due=DUE)
    for matter in (first, second):
        actions.issue_slip(
            matter=fresh(matter), colour="blue", reason="催办", by=people["clerk"], at=day("2022-12-30")
        )
    third = actions.issue_slip(
        matter=fresh(first), colour="red", reason="催办", by=people["clerk"], at=day("2023-01-03")
    )
    assert list(Slip.objects.order_by("pk").values_list("number", flat=True)) == [
        "安督单〔2022〕1号", "安督单〔2022〕2号", "安督单〔2023〕1号",
    ]  # fmt: skip
    assert third.level == 3


def test_the_paper_says_what_the_slip_says(assigned, people):
    matter = assigned(due=DUE)
    slip = actions.issue_slip(
        matter=matter, colour="blue", reason="逾期未办结", by=people["clerk"], at=day("2022-10-24")
    )
    document = Document(io.BytesIO(originals.get(slip.sha256)))
    lines = [p.text for p in document.paragraphs if p.text]
    text = "\n".join(lines)
    assert lines[:3] == ["督办通知单（蓝色）", slip.number, "住建局："]
    for words in (matter.number, matter.title, "2022年10月20日前办结，至今未办结",
                  "逾期未办结。",
                  "请于2022年10月31日前签收并书面回复", "配合单位桐溪镇", "督查绩效办",
                  "2022年10月24日"):  # fmt: skip
        assert words in text
    assert slip.answer_due == date(2022, 10, 31)  # five working days


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"colour": "orange"}, "bad_value"),
        ({"reason": "  "}, "reason_missing"),
        ({"answer_due": date(2022, 10, 1)}, "bad_value"),
        ({"seen": 1}, "clash"),
    ],
)
def test_what_cannot_be_issued(assigned, people, change, code):
    values = {"colour": "blue", "reason": "催办", "by": people["clerk"], "at": day("2022-10-24")}
    with pytest.raises(Refused) as refusal:
        actions.issue_slip(matter=assigned(due=DUE), **values | change)
    assert refusal.value.code == code
    assert not Slip.objects.exists()


def test_a_level_is_not_served_twice_for_one_due_date(assigned, people):
    matter = assigned(due=DUE)
    actions.issue_slip(
        matter=matter, colour="yellow", reason="催办", by=people["clerk"], at=day("2022-10-24")
    )
    for colour_ in ("yellow", "blue"):
        with pytest.raises(Refused, match="同级或更重"):
            actions.issue_slip(
                matter=fresh(matter), colour=colour_, reason="x", by=people["clerk"], at=day("2022-10-24")
            )


def test_a_draft_gets_no_slip(drafted, people):
    with pytest.raises(Refused, match="牵头单位"):
        actions.issue_slip(matter=drafted(), colour="blue", reason="催办", by=people["clerk"])


def test_the_unit_signs_and_answers_once(slip, people):
    actions.acknowledge(slip=slip, by=people["liaison"], at=day("2022-10-25"))
    with pytest.raises(Refused, match="已经签收"):
        actions.acknowledge(slip=slip, by=people["head"], at=day("2022-10-25"))
    actions.answer(slip=slip, text="雨季影响，月底完成", by=people["liaison"], at=day("2022-10-26"))
    matter = fresh(slip.matter)
    assert matter.news_on == date(2022, 10, 26)
    assert not state_of(matter).slip_open
    with pytest.raises(Refused, match="已经回复"):
        actions.answer(slip=slip, text="再说", by=people["liaison"], at=day("2022-10-27"))


def test_who_answers_without_signing_signs_by_it(slip, people):
    actions.answer(slip=slip, text="月底完成", by=people["head"], at=day("2022-10-26"))
    slip.refresh_from_db()
    assert slip.acknowledged_by == people["head"]


def test_two_open_slips_are_answered_each(slip, people):
    second = actions.issue_slip(matter=fresh(slip.matter), colour="yellow", reason="催办", by=people["clerk"],
                                at=day("2022-10-27"))  # fmt: skip
    actions.answer(slip=second, text="答二", by=people["liaison"], at=day("2022-10-28"))
    assert state_of(fresh(slip.matter)).slips_open == {slip.number}
    actions.answer(slip=slip, text="答一", by=people["liaison"], at=day("2022-10-28"))
    assert state_of(fresh(slip.matter)).slips_open == frozenset()


def test_others_neither_sign_nor_answer_nor_withdraw(slip, people):
    for who in ("town",):
        with pytest.raises(Refused, match="不是发给您单位"):
            actions.acknowledge(slip=slip, by=people[who])
        with pytest.raises(Refused, match="不是发给您单位"):
            actions.answer(slip=slip, text="x", by=people[who])
    for who in ("liaison", "analyst", "leader"):
        with pytest.raises(PermissionDenied):
            actions.withdraw(slip=slip, reason="x", by=people[who])
        with pytest.raises(PermissionDenied):
            actions.issue_slip(matter=fresh(slip.matter), colour="red", reason="x", by=people[who])


def test_withdrawn_with_a_reason_it_stays_readable_and_may_be_served_again_by_hand(slip, people):
    with pytest.raises(Refused, match="理由"):
        actions.withdraw(slip=slip, reason=" ", by=people["clerk"])
    actions.withdraw(slip=slip, reason="单位已提前报告", by=people["clerk"], at=day("2022-10-25"))
    matter = fresh(slip.matter)
    assert (matter.slip_level, matter.slip_colour) == (0, "")
    assert originals.get(slip.sha256)
    assert actions.escalate(at=day("2022-10-31")).slips == 0  # the rule does not overrule
    again = actions.issue_slip(
        matter=fresh(matter), colour="blue", reason="仍未办结", by=people["clerk"], at=day("2022-11-01")
    )
    assert (again.key, Slip.objects.count()) == (f"{matter.pk}:1:2022-10-20:2", 2)
    with pytest.raises(Refused, match="已经撤回"):
        actions.withdraw(slip=slip, reason="x", by=people["clerk"])


def test_a_unit_sees_only_its_own_slips(slip, people):
    assert list(queries.visible(people["liaison"])) == [slip]
    assert list(queries.visible(people["town"])) == []  # it cooperates, the slip is not for it
    assert list(queries.visible(people["leader"])) == [slip]


def test_who_is_named_and_where_a_talk_is_suggested(assigned, people):
    matter = assigned(due=DUE)
    actions.escalate(at=day("2022-11-01"))
    assert [n.number for n in queries.named(Month(2022, 11))] == [matter.number]
    assert queries.talks_suggested(Month(2022, 11)) == []
    actions.escalate(at=day("2022-11-03"))
    (talk,) = queries.talks_suggested(Month(2022, 11))
    assert (talk.unit.code, talk.due, talk.on) == ("zjj", "2022-10-20", date(2022, 11, 3))
    assert queries.named(Month(2022, 10)) == []
