"""设置: proposed by one, put in force by another, kept as the place's dated files, journalled, previewed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from wenpan import rules
from wenpan.district.adjustments import actions, items
from wenpan.district.adjustments.models import Adjustment
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.burden import policy as burden
from wenpan.district.supervision.matters import attachments
from wenpan.rules.loading import load_yaml
from wenpan.rules.slips import slips_in_force

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def proposed(by, code="most_files", typed="8", **more):
    return actions.propose(
        code=code, typed=typed, **({"since": today(), "reason": "区督查办〔2022〕3号"} | more), by=by
    )


def test_a_setting_holds_when_another_has_put_it_in_force_and_not_before(home, one, other):
    made = proposed(one)
    assert attachments.limits().most_files == 5
    actions.put_in_force(adjustment=made, by=other)
    assert attachments.limits().most_files == 8
    data, origin = load_yaml("supervision/attachments")
    assert origin.overridden and "区督查办〔2022〕3号" in origin.source
    assert [e.action for e in Entry.objects.filter(subject=f"setting:{made.pk}").order_by("sequence")] == [
        "settings.proposed",
        "settings.put_in_force",
    ]
    assert Entry.objects.filter(action="rules.in_force").exists()


def test_nobody_puts_their_own_proposal_in_force(home, one):
    made = proposed(one)
    with pytest.raises(Refused, match="另一人"):
        actions.put_in_force(adjustment=made, by=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.filter(pk=made.pk).update(
            state="in_force", decided_by=one, decided_at=timezone.now()
        )


def test_a_proposal_is_withdrawn_by_its_author_and_refused_by_another(home, one, other):
    first = proposed(one)
    with pytest.raises(Refused):
        actions.withdraw(adjustment=first, by=other)
    actions.withdraw(adjustment=first, by=one)
    second = proposed(one)
    actions.refuse(adjustment=second, by=other)
    with pytest.raises(Refused, match="办过"):
        actions.put_in_force(adjustment=second, by=other)
    assert attachments.limits().most_files == 5


@pytest.mark.parametrize("role", ["leader", "statistician", "supervisor", "liaison", "system_admin"])
def test_only_who_may_set_rules_proposes(role, home, make_user):
    with pytest.raises(PermissionDenied):
        proposed(make_user(role))


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("most_files", "0"), ("most_files", "21"), ("most_files", "2.5"), ("most_files", "八"),
        ("most_files", "nan"), ("most_files", "5"), ("rank_share", "0.49"), ("lights", "sanming"),
        ("lights", "none"),
        ("burden-feedback-expires", "2022-13-01"), ("burden-feedback-ground", " "), ("nothing", "1"),
    ],
)  # fmt: skip
def test_a_value_that_it_cannot_have_is_refused(code, typed, home, one):
    with pytest.raises(ValidationError):
        proposed(one, code, typed)


def test_a_rule_set_holds_from_its_day_on_and_the_past_keeps_its_own(home, one, other):
    since = today() + timedelta(days=30)
    made = proposed(one, "slips", "yingtan", since=since)
    actions.put_in_force(adjustment=made, by=other)
    assert slips_in_force(since - timedelta(days=1)).rules.code == "slips-default"
    assert slips_in_force(since).rules.code == "yingtan"


def test_a_rule_set_that_is_out_of_date_is_not_put_in_force(home, one, other):
    made = proposed(one, "lights", "tianjin-2022")
    with pytest.raises(Refused, match="没有施行"):
        actions.put_in_force(adjustment=made, by=other)
    assert rules.rules_in_force(today()).code == "default"


def test_a_day_gone_by_is_refused_and_what_is_not_dated_holds_at_once(home, one):
    with pytest.raises(ValidationError):
        proposed(one, "slips", "yingtan", since=today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="今天"):
        proposed(one, since=today() + timedelta(days=1))


def test_one_proposal_a_setting_waits_at_a_time(home, one, other):
    proposed(one)
    with pytest.raises(ValidationError, match="待审定"):
        proposed(other, typed="9")


def test_a_file_that_cannot_be_used_is_put_back_and_nothing_is_in_force(home, one, other, monkeypatch):
    from wenpan.district.adjustments import checks
    from wenpan.rules.loading import RuleError

    def broken(_on):
        raise RuleError("x", "y", 1, "z")

    made = proposed(one)
    monkeypatch.setattr(checks, "usable", broken)
    with pytest.raises(Refused, match="没有施行"):
        actions.put_in_force(adjustment=made, by=other)
    made.refresh_from_db()
    assert made.state == "open"
    assert not (home / "rules" / "supervision" / "attachments.yaml").exists()


def test_a_registered_request_gets_another_expiry(home, one, other):
    made = proposed(one, "burden-slip-expires", "2023-06-30")
    actions.put_in_force(adjustment=made, by=other)
    assert burden.register().forms["slip"].expires == date(2023, 6, 30)


def test_every_setting_that_is_offered_has_a_present_value(home):
    for item in items.items().values():
        assert items.current(item, today()), item.code
        assert items.value_words(item, items.current(item, today()))


def test_the_pages_propose_and_decide(home, client, one, other):
    client.force_login(one)
    assert "一份反馈最多附件" in client.get("/settings/").content.decode()
    answer = client.post("/settings/most_files/change/", {"value": "30", "reason": "x"})
    assert answer.status_code == 422 and "整数" in answer.content.decode()
    assert (
        client.post("/settings/most_files/change/", {"value": "8", "reason": "区督查办3号"}).url
        == "/settings/"
    )
    made = Adjustment.objects.get()
    client.force_login(other)
    page = client.get("/settings/").content.decode()
    assert "多于新的上限" in page and "审定施行" in page
    assert "设置待审定" in client.get("/today/").content.decode()
    client.post(f"/settings/{made.pk}/decide/", {"deed": "force"})
    made.refresh_from_db()
    assert made.state == "in_force"
    decided = client.get("/settings/").content.decode().partition("已办</h2>")[2]
    assert "<td>8个</td>" in decided, "what was set is said with its unit, as the proposal said it"
    assert client.post(f"/settings/{made.pk}/decide/", {"deed": "else"}).status_code == 404
