"""A return that breaks a rule is asked about, never mended: issue, the unit's answer, the statistician's
conclusion.

桐溪智造园 had 2,000 by December 2021 and 2,600 by September 2022, but reports 900 for this year: 2,000 + 900
is 2,900. 柳湾学校 reports 2,600 and 600.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone as clock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.district.quality.conftest import AT, SEPTEMBER
from wenpan.district.accounts.single_returns import ACTION
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import Project
from wenpan.district.quality import actions, queries, rules
from wenpan.district.quality.checks import checks
from wenpan.district.quality.models import QueryLetter
from wenpan.rules.query_letters import answer_days

pytestmark = pytest.mark.django_db
QUESTION = "累计与本年数不符，请核实"


def form(project: Project, **changed: object) -> dict[str, object]:
    due = clock.localdate() + timedelta(days=7)
    return {"project": project.pk, "month": "2022-09", "rule": "total_since_start", "question": QUESTION,
            "due": str(due), **changed}  # fmt: skip


def test_a_return_that_breaks_a_rule_is_told_with_its_suspects_and_no_value(returned):
    found = checks(SEPTEMBER, ALL)
    one = next(f for f in found.failed if f.rule.code == "total_since_start")
    assert Project.objects.get(pk=one.project).code == "P1"
    assert set(one.suspects) == {"自开始建设累计", "本年自年初累计"}
    assert "自开始建设累计 2600;" in one.evidence + ";" and "本年自年初累计 900" in one.evidence
    assert "700" not in one.evidence and "2900" not in one.evidence, "what would be right is not said"
    count = next(c for c in found.counts if c.rule.code == "total_since_start")
    assert (count.passed, count.failed, count.missing) == (1, 1, 0)
    fallen = next(c for c in found.counts if c.rule.code == "not_fallen")
    assert (fallen.passed, fallen.failed, fallen.missing) == (0, 0, 2), "August was not reported"


def test_a_letter_is_issued_answered_and_closed(project, people):
    letter = actions.issue_letter(
        project=project, month=SEPTEMBER, rule="total_since_start", question=QUESTION,
        due=date(2022, 10, 25), by=people["office"], at=AT,
    )  # fmt: skip
    assert (letter.number, letter.unit.code, letter.severity) == ("核2022-0001", "tongxi", "hard")
    assert queries.state_of(letter, date(2022, 10, 25)) == rules.OPEN
    assert queries.state_of(letter, date(2022, 10, 26)) == rules.LATE


def test_the_unit_answers_once(letter, people):
    actions.answer_letter(
        letter=letter, kind="corrected", text="本年数误填, 已另报", by=people["town"], at=AT
    )
    assert queries.state_of(letter, date(2022, 12, 1)) == rules.ANSWERED
    with pytest.raises(Refused):
        actions.answer_letter(letter=letter, kind="right", text="无误", by=people["town"], at=AT)


def test_the_statistician_closes_after_the_answer_and_with_a_reason(letter, people):
    with pytest.raises(Refused):
        actions.close_letter(letter=letter, outcome="accepted", reason="成立", by=people["office"], at=AT)
    actions.answer_letter(letter=letter, kind="right", text="含预付款", by=people["town"], at=AT)
    with pytest.raises(Refused):
        actions.close_letter(letter=letter, outcome="accepted", reason=" ", by=people["office"], at=AT)
    actions.close_letter(letter=letter, outcome="accepted", reason="凭证齐全", by=people["office"], at=AT)
    assert queries.state_of(letter, date(2022, 12, 1)) == rules.CLOSED
    assert [(r.letters, r.closed, r.corrected) for r in queries.rule_records()] == [(1, 1, 0)]


@pytest.mark.parametrize(
    "changed",
    [{"question": "  "}, {"due": date(2022, 10, 17)}, {"rule": "not_negative"}, {"rule": "no_such"}],
)
def test_what_is_no_question_about_a_broken_rule_is_refused(project, people, changed):
    told = {"rule": "total_since_start", "question": QUESTION, "due": date(2022, 10, 18), **changed}
    with pytest.raises(Refused):
        actions.issue_letter(project=project, month=SEPTEMBER, by=people["office"], at=AT, **told)
    assert not QueryLetter.objects.exists()


def test_the_same_question_is_not_asked_twice_while_it_is_open(letter, project, people):
    with pytest.raises(Refused, match="尚未办结"):
        actions.issue_letter(project=project, month=SEPTEMBER, rule="total_since_start", question=QUESTION,
                             due=date(2022, 10, 25), by=people["office"], at=AT)  # fmt: skip
    assert QueryLetter.objects.count() == 1


def test_each_role_does_its_own_part_and_no_other(letter, project, people):
    with pytest.raises(PermissionDenied):
        actions.issue_letter(project=project, month=SEPTEMBER, rule="total_since_start", question=QUESTION,
                             due=date(2022, 10, 25), by=people["town"], at=AT)  # fmt: skip
    with pytest.raises(PermissionDenied):
        actions.answer_letter(letter=letter, kind="right", text="无误", by=people["office"], at=AT)
    with pytest.raises(NotYours):
        actions.answer_letter(letter=letter, kind="right", text="无误", by=people["other"], at=AT)
    with pytest.raises(PermissionDenied):
        actions.close_letter(letter=letter, outcome="accepted", reason="成立", by=people["town"], at=AT)


def test_a_unit_sees_its_own_letters_only(letter, people, client):
    for who, count in (("town", 1), ("other", 0), ("office", 1)):
        assert queries.letters(people[who], date(2022, 10, 20)).count() == count
    client.force_login(people["other"])
    assert client.get(reverse("quality:letter", args=[letter.pk])).status_code == 404
    client.force_login(people["leader"])
    assert client.get(reverse("quality:letters")).status_code == 403


def test_the_office_issues_from_the_page_of_checks(project, people, client):
    client.force_login(people["office"])
    page = client.get(reverse("quality:checks")).content.decode()
    address = reverse("quality:new_letter", args=[project.pk, "total_since_start"]) + "?month=2022-09"
    assert address in page
    assert "可疑栏" in client.get(address).content.decode()
    told = client.post(reverse("quality:issue"), form(project))
    letter = QueryLetter.objects.get()
    assert told.url == reverse("quality:letter", args=[letter.pk])
    assert "未办结" in client.get(reverse("quality:checks")).content.decode()


def test_the_unit_answers_on_the_page_of_its_letter(letter, people, client):
    client.force_login(people["town"])
    assert "提交答复" in client.get(reverse("quality:letter", args=[letter.pk])).content.decode()
    client.post(reverse("quality:answer", args=[letter.pk]), {"kind": "right", "text": "含预付款"})
    letter.refresh_from_db()
    assert (letter.answer_kind, letter.answered_by) == ("right", people["town"])


def test_the_office_closes_on_the_page_of_the_letter(letter, people, client):
    actions.answer_letter(letter=letter, kind="right", text="含预付款", by=people["town"], at=AT)
    client.force_login(people["office"])
    client.post(reverse("quality:close", args=[letter.pk]), {"outcome": "accepted", "reason": "凭证齐全"})
    letter.refresh_from_db()
    assert letter.outcome == "accepted"


def test_who_reads_what_a_unit_reported_is_journalled(letter, people, client):
    client.force_login(people["office"])
    before = Entry.objects.count()
    client.get(reverse("quality:checks"))
    client.get(reverse("quality:letter", args=[letter.pk]))
    sheet = client.get(reverse("quality:checks") + "?export=xlsx")
    assert load_workbook(io.BytesIO(sheet.content)).active.max_row > 1
    kinds = list(Entry.objects.order_by("sequence").values_list("action", flat=True))[before:]
    assert kinds == [ACTION, "projects.read", "projects.export", ACTION]


def test_lists_by_state_count_what_the_rule_says(letter, people):
    for on, state in ((date(2022, 10, 25), "open"), (date(2022, 10, 26), "late")):
        assert {s: c for s, c in queries.counts(people["office"], on).items() if c} == {state: 1}
        assert queries.state_of(letter, on) == state
    actions.answer_letter(letter=letter, kind="right", text="含预付款", by=people["town"], at=AT)
    assert queries.counts(people["office"], date(2022, 12, 1))["answered"] == 1
    actions.close_letter(letter=letter, outcome="accepted", reason="凭证齐全", by=people["office"], at=AT)
    assert queries.counts(people["office"], date(2022, 12, 1))["closed"] == 1


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(later=st.integers(-2, 2), answered=st.booleans(), closed=st.booleans())
def test_the_rule_of_a_letters_state_and_its_filter_say_the_same(letter, people, later, answered, closed):
    on = letter.due + timedelta(days=later)
    with transaction.atomic():
        told = {
            "answer_kind": "right",
            "answer": "含预付款",
            "answered_at": AT,
            "answered_by": people["town"],
        }
        done = {"outcome": "accepted", "reason": "齐全", "closed_at": AT, "closed_by": people["office"]}
        changed = (told if answered else {}) | (done if closed else {})
        if changed:
            QueryLetter.objects.filter(pk=letter.pk).update(**changed)
        state = rules.letter_state(due=letter.due, answered=answered, closed=closed, on=on)
        found = [s for s in queries.SHOWN if queries.letters(people["office"], on, s).exists()]
        assert found == [state] == [s for s in queries.SHOWN if queries.counts(people["office"], on)[s]]
        transaction.set_rollback(True)


def test_the_room_keeps_no_column_for_a_right_value():
    kinds = {field.get_internal_type() for field in QueryLetter._meta.get_fields()}
    assert not kinds & {"DecimalField", "FloatField", "IntegerField"}


def test_five_working_days_are_given_to_answer():
    assert answer_days(date(2022, 10, 18)) == 5
