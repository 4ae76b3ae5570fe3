"""会前一纸 out of its facts: the one function that makes a memo. Pure.

What was agreed and what came of it, the share answered, the questions, and the units in the order in which
they speak: those with the most points first (`rules/meetings.yaml`), equals in the order of the roster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from wenpan.district.meetings.memo.facts import (
    DONE,
    GONE,
    HEARD,
    LATE,
    OUTCOMES,
    WAITING,
    AnsweredShare,
    Memo,
    MemoFacts,
    MemoQuestion,
    Speaker,
)
from wenpan.district.meetings.memo.questions import questions
from wenpan.district.meetings.policy import MeetingKind, MeetingRules

WHY = {
    "late_decision": "议定事项逾期", "unanswered": "上次提问未答", "silent_decision": "议定事项未反馈",
    "new_red": "新增红灯", "standing_red": "连续红灯", "missed_expectation": "预计落空",
    "below_needed": "预计低于目标", "no_expectation": "未报预计", "red_project": "项目红灯",
    "still_deal": "招商项目停滞", "late_request": "诉求超期",
}  # fmt: skip


def compose(facts: MemoFacts, kind: MeetingKind, rules: MeetingRules, roster: Mapping[str, int]) -> Memo:
    """The memo. `roster`: the place of each unit among equals."""
    asked, left = questions(facts, kind, rules)
    return Memo(
        kind=kind.code,
        sections=kind.sections,
        facts=facts,
        questions=asked,
        agenda=speakers(asked, roster),
        left=left,
        rules=rules.version,
        **counted(facts),
    )


def counted(facts: MemoFacts) -> dict[str, Any]:
    """What a memo counts of its facts: the fields answers, outcomes and heard."""
    last = [row for row in facts.agreed if row.last_time]
    times = Counter(row.outcome for row in last)
    handed = [row for row in last if row.outcome not in (WAITING, GONE)]
    heard = [row for row in handed if row.outcome in (DONE, HEARD) or (row.outcome == LATE and row.heard)]
    return {
        "answers": AnsweredShare(len(facts.asked), sum(1 for row in facts.asked if row.answer)),
        "outcomes": {code: times[code] for code in OUTCOMES if times[code]},
        "heard": AnsweredShare(len(handed), len(heard)),
    }


def speakers(asked: Sequence[MemoQuestion], roster: Mapping[str, int]) -> tuple[Speaker, ...]:
    """The order of the agenda: most points first. What no unit owns is nobody's turn."""
    of_unit: dict[str, list[MemoQuestion]] = {}
    for question in asked:
        if question.unit:
            of_unit.setdefault(question.unit, []).append(question)
    found = [
        Speaker(unit, rows[0].unit_name, sum(q.points for q in rows), len(rows), _why(rows))
        for unit, rows in of_unit.items()
    ]
    return tuple(sorted(found, key=lambda s: (-s.points, roster.get(s.unit, len(roster)), s.unit)))


def _why(rows: Sequence[MemoQuestion]) -> tuple[str, ...]:
    """议定事项逾期2项, 新增红灯1项."""
    counted = Counter(row.occasion for row in rows)
    return tuple(f"{WHY[occasion]}{count}项" for occasion, count in counted.items())
