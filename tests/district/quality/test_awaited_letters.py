"""核实单 on 今日: the unit answers or sends its return anew; the statistician closes; the outbox reminds."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from django.core.cache import cache

from tests.district.quality.conftest import AT, SEPTEMBER
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.district.outbox.models import Message
from wenpan.district.projects.base.scope import ALL
from wenpan.district.quality import actions, queries, reminders, rules, today
from wenpan.district.quality.checks import checks
from wenpan.district.quality.models import AcceptedFinding, QueryLetter

pytestmark = pytest.mark.django_db
HERE = timezone(timedelta(hours=8))
LATER = AT + timedelta(days=1)


@pytest.fixture
def brought(letter, accepted, files):
    """The return of the letter's month again, in a table that the office took in."""
    accepted(files.returns("2022-09", ["P1", "桐溪智造园", 2600.0, 600.0, "在建", "", ""],
                           ["P2", "柳湾学校", 2600.0, 600.0, "在建", "", ""]), at=LATER)  # fmt: skip
    return letter


@pytest.fixture
def corrected(brought):
    """The same, sent by the unit itself."""
    anew = queries.newer_return(brought)
    Submission.objects.filter(pk=anew.submission_id).update(unit=brought.unit)
    return brought


def awaiting(user, at=AT):
    return {group.code: group.count for group in today.groups(user, at, 5) if group.count}


def test_the_unit_sees_its_letter_on_today_and_nobody_else_does(letter, people):
    assert awaiting(people["town"]) == {"quality-letters": 1}
    assert [awaiting(people[who]) for who in ("other", "office", "leader")] == [{}, {}, {}]
    (group,) = [g for g in today.groups(people["town"], AT, 5) if g.count]
    assert (group.items[0].due, group.items[0].light) == (date(2022, 10, 25), "")
    late = today.groups(people["town"], AT + timedelta(days=8), 5)[0]
    assert late.items[0].light == "RED", "the day after the deadline"


def test_an_answered_letter_awaits_the_statistician_who_closes_many_at_once(letter, people):
    actions.answer_letter(letter=letter, kind="right", text="含预付款", by=people["town"], at=AT)
    assert awaiting(people["town"]) == {}
    assert awaiting(people["office"]) == {"quality-answered": 1}
    (act,) = today.ACTS
    done = act.do(people["office"], [str(letter.pk)], "凭证齐全")
    assert done.done == (str(letter.pk),)
    letter.refresh_from_db()
    assert (letter.outcome, letter.reason) == ("accepted", "凭证齐全")
    assert awaiting(people["office"]) == {}


def test_a_corrected_return_from_the_unit_answers_the_letter(corrected, people):
    assert queries.state_of(corrected, date(2022, 12, 1)) == rules.ANSWERED
    assert awaiting(people["office"]) == {"quality-answered": 1}
    assert awaiting(people["town"]) == {}
    actions.close_letter(letter=corrected, outcome="corrected", reason="已更正", by=people["office"], at=AT)
    assert queries.rule_records()[0].hits == 1


def test_a_return_that_the_office_brought_is_no_correction_until_the_unit_says_so(brought, people):
    assert queries.state_of(brought, date(2022, 10, 20)) == rules.OPEN
    assert awaiting(people["town"]) == {"quality-letters": 1}
    for outcome in ("corrected", "accepted"):
        with pytest.raises(Refused):
            actions.close_letter(letter=brought, outcome=outcome, reason="已改", by=people["office"], at=AT)
    actions.answer_letter(letter=brought, kind="corrected", text="随总表另报", by=people["town"], at=AT)
    actions.close_letter(letter=brought, outcome="corrected", reason="已更正", by=people["office"], at=AT)


def test_what_was_not_corrected_is_not_closed_as_corrected(letter, people):
    actions.answer_letter(letter=letter, kind="corrected", text="已另报", by=people["town"], at=AT)
    with pytest.raises(Refused, match="还没有收到"):
        actions.close_letter(letter=letter, outcome="corrected", reason="更正", by=people["office"], at=AT)
    letter.refresh_from_db()
    assert letter.closed_at is None


def test_the_words_of_the_list_and_of_the_rule_agree_on_a_corrected_return(corrected, people):
    for on in (date(2022, 10, 20), date(2022, 12, 1)):
        assert queries.counts(people["office"], on)[queries.state_of(corrected, on)] == 1


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2022, 10, 21), ""),  # Friday: two working days left
        (date(2022, 10, 24), "soon"),  # the working day before
        (date(2022, 10, 25), "soon"),  # the day itself
        (date(2022, 10, 26), "late0"),
        (date(2022, 11, 1), "late0"),
        (date(2022, 11, 2), "late1"),  # more than five working days
    ],
)
def test_when_which_reminder_is_due(day, stage):
    assert reminders.stage_on(date(2022, 10, 25), day) == stage


def test_each_stage_is_told_once_and_an_answered_letter_is_left_in_peace(letter, people):
    def told():
        return Message.objects.filter(key__contains="letter:").values_list("key", flat=True)

    assert [key.split(":")[3] for key in told()] == ["issued"]
    late = datetime(2022, 10, 26, 10, tzinfo=HERE)
    assert (reminders.remind(at=late), reminders.remind(at=late)) == (1, 0)
    assert {key.split(":")[3] for key in told()} == {"issued", "late0"}
    assert reminders.remind(at=datetime(2022, 10, 29, 10, tzinfo=HERE)) == 0, "a Saturday"
    actions.answer_letter(letter=letter, kind="right", text="无误", by=people["town"], at=late)
    assert reminders.remind(at=datetime(2022, 11, 8, 10, tzinfo=HERE)) == 0


def soft(project):
    """The cumulative amount is above 110 % of the plan."""
    project.planned_total = 2000
    project.save()
    return next(f.rule.code for f in checks(SEPTEMBER, ALL).failed if f.rule.severity == "soft")


def test_a_soft_finding_is_accepted_with_its_reason_and_holds_for_what_was_reported(project, people):
    rule = soft(project)
    made = actions.accept_finding(
        project=project, month=SEPTEMBER, rule=rule, reason="追加投资已批复", by=people["office"], at=AT
    )
    assert queries.accepted_of(SEPTEMBER)[(project.pk, rule, made.evidence)] == made
    with pytest.raises(Refused, match="已经认可"):
        actions.accept_finding(
            project=project, month=SEPTEMBER, rule=rule, reason="又一次", by=people["office"], at=AT
        )
    assert [(r.accepted, r.hits, r.settled) for r in queries.rule_records()] == [(1, 0, 1)]


def test_an_accepted_finding_that_the_unit_corrected_later_is_a_hit_of_the_rule(
    project, people, accepted, files
):
    rule = soft(project)
    actions.accept_finding(
        project=project, month=SEPTEMBER, rule=rule, reason="已批复", by=people["office"], at=AT
    )
    accepted(files.returns("2022-09", ["P1", "桐溪智造园", 1600.0, 600.0, "在建", "", ""]), at=LATER)
    (record,) = queries.rule_records()
    assert (record.hits, record.settled, record.rate) == (1, 1, 100.0)


@pytest.mark.parametrize(
    ("rule", "reason", "words"),
    [("total_since_start", "已说明", "硬性规则"), ("soft", "  ", "理由"), ("not_negative", "x", "不再违反")],
)
def test_what_cannot_be_accepted_is_refused(project, people, rule, reason, words):
    code = soft(project)
    with pytest.raises(Refused, match=words):
        actions.accept_finding(
            project=project, month=SEPTEMBER, rule=code if rule == "soft" else rule, reason=reason,
            by=people["office"], at=AT,
        )  # fmt: skip
    assert not AcceptedFinding.objects.exists()


def test_the_office_accepts_on_the_page_and_the_reason_stands_there(project, people, client):
    rule = soft(project)
    client.force_login(people["office"])
    client.post(
        "/quality/accept/", {"project": project.pk, "month": "2022-09", "rule": rule, "reason": "已批复"}
    )
    assert "已认可：已批复" in client.get("/quality/").content.decode()
    assert not QueryLetter.objects.exists()


def test_what_was_judged_is_kept_until_a_return_or_a_rule_changes(project, monkeypatch):
    from wenpan.district.quality import checks as module

    cache.clear()
    calls = []
    judged = module._judged
    monkeypatch.setattr(module, "_judged", lambda *a: calls.append(1) or judged(*a))
    first = checks(SEPTEMBER, ALL)
    assert checks(SEPTEMBER, ALL) == first
    project.planned_total = 2000
    project.save()
    assert checks(SEPTEMBER, ALL) != first
    assert len(calls) == 2


def test_the_returns_that_may_change_the_total_most_come_first_without_an_amount(project):
    first = checks(SEPTEMBER, ALL).failed[0]
    assert (first.project, first.first) == (project.pk, True)
    assert first.share == pytest.approx(100 * 300 / 1500), "2,600 is not 2,000 + 900; all report 1,500"
