"""Thresholds and limits: within their bounds, previewed, and never changing what judged before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.district.adjustments.test_adjustments import proposed, today
from wenpan import rules
from wenpan.district.adjustments import actions, items
from wenpan.district.adjustments.preview import preview
from wenpan.district.supervision.escalation_steps.policy import escalation_rules
from wenpan.rules.access import access

pytestmark = pytest.mark.django_db


def test_a_limit_of_a_light_holds_from_its_day_and_the_day_before_judges_as_it_did(home, one, other):  # noqa: F811
    since = today() + timedelta(days=5)
    made = proposed(one, "limit-unlikely-1", "40%", since=since)
    assert items.value_words(items.items()["limit-unlikely-1"], made.value) == "40%"
    actions.put_in_force(adjustment=made, by=other)
    before, after = rules.rules_in_force(since - timedelta(days=1)), rules.rules_in_force(since)
    assert before.code == "default"
    limits = {r.code: r.when[0].limit for r in after.rules}
    assert limits["unlikely"] == 0.4 and limits["doubtful"] == 0.7
    assert {r.code: r.when[0].limit for r in before.rules}["unlikely"] == 0.5
    reason = next(r.reason for r in after.rules if r.code == "unlikely")
    assert "40%" in reason  # not the words of the old limit
    again = proposed(one, "limit-doubtful-1", "0.8", since=since + timedelta(days=1))
    actions.put_in_force(adjustment=again, by=other)
    both = rules.rules_in_force(since + timedelta(days=1))
    assert {r.code: r.when[0].limit for r in both.rules}["unlikely"] == 0.4


def test_better_periods_and_the_share_of_ranks_hold_from_their_day_and_the_past_keeps_its_version(
    home, one, other
):
    since = today() + timedelta(days=5)
    before = since - timedelta(days=1)
    was = rules.hold_periods(before), rules.rank_rule(before)
    for code, typed in (("hold_periods", "4"), ("rank_share", "0.7")):
        actions.put_in_force(adjustment=proposed(one, code, typed, since=since), by=other)
    assert (rules.hold_periods(before), rules.rank_rule(before)) == was
    assert rules.hold_periods(since) == 4
    assert rules.rank_rule(since).of_last == 0.7
    assert rules.rank_rule(since).version != was[1].version


def test_a_place_that_kept_one_number_of_better_periods_keeps_it_for_the_past(home, one, other):
    path = home / "rules" / "lights" / "in_force.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "version: a\neffective_from: 2000-01-01\nsource: 本地\nhold_periods: 3\n"
        "in_force:\n  - {from: 2000-01-01, rules: default}\n",
        "utf-8",
    )
    actions.put_in_force(adjustment=proposed(one, "hold_periods", "1"), by=other)
    assert rules.hold_periods(today() - timedelta(days=1)) == 3
    assert rules.hold_periods(today()) == 1


def test_a_step_of_the_line_stays_between_its_neighbours(home, one, other):  # noqa: F811
    with pytest.raises(ValidationError, match="2到4"):
        proposed(one, "step-unit_head", "5")
    actions.put_in_force(adjustment=proposed(one, "step-unit_head", "4"), by=other)
    assert [step.after for step in escalation_rules().steps] == [1, 4, 5, 8, 10]


def test_the_rules_of_signing_in_are_the_administrators(home, one, make_user):  # noqa: F811
    system, security = make_user("system_admin"), make_user("security_admin")
    with pytest.raises(PermissionDenied):
        proposed(one, "idle_minutes", "20")
    made = proposed(system, "idle_minutes", "20")
    with pytest.raises(PermissionDenied):
        actions.put_in_force(adjustment=made, by=one)
    actions.put_in_force(adjustment=made, by=security)
    assert access().sessions.idle_minutes == 20


def test_every_threshold_says_what_it_would_have_changed(home, one, other):  # noqa: F811
    for code, typed in (
        ("step-talk", "12"),
        ("letter_days", "7"),
        ("limit-doubtful-1", "0.6"),
        ("soon_days", "5"),
    ):
        made = proposed(one, code, typed)
        assert preview(made, items.items()[code], today()).words
        actions.withdraw(adjustment=made, by=one)
