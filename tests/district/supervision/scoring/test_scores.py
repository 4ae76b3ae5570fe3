"""Scores on pages: traceable to events, own unit only, appeals decided by another, kept with the bulletin."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.district.bulletins.matters import District, day
from tests.district.places import as_jsonb
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Appeal, Event, ScoreSheet
from wenpan.district.supervision.scoring import actions as appealing
from wenpan.district.supervision.scoring import policy
from wenpan.district.supervision.scoring import queries as scores
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)


@pytest.fixture
def district(db, make_user):
    found = District(make_user)
    found.matters = found.september()
    return found


@pytest.fixture
def signed_in(client, district):
    def sign_in(name):
        client.force_login(district.people[name])
        return client

    return sign_in


def by_unit(month=SEPTEMBER):
    sheet = scores.sheet(month)
    return {one.unit_score.unit: one.unit_score for one in scores.named_scores(sheet, scores.struck(month))}


def line_of(rule, unit="zjj"):
    return next(line for line in scores.sheet(SEPTEMBER).lines if line.rule == rule and line.unit == unit)


def appealed(district, rule="no_report", at="2022-10-08"):
    return appealing.appeal(
        month=SEPTEMBER, line=line_of(rule).key, reason="停电三日", by=district.people["zjj_head"], at=day(at)
    )


@pytest.mark.parametrize("older", [False, True])
def test_a_kept_sheet_tells_its_rules_in_their_order_whatever_the_database_does(district, older):
    """PostgreSQL: the rules of a month that was issued came back by the length of their names, and the next
    bulletin said in that order what counted most."""
    sheet = scores.sheet(SEPTEMBER)
    data = scores.to_json(sheet)
    if older:  # as kept until November 2026
        data["rules"]["rules"] = {rule["code"]: rule for rule in data["rules"]["rules"]}
    row = appealing.keep_scores(sheet=sheet, by=district.people["leader"], at=day("2022-10-08"))
    assert row.data == scores.to_json(sheet)
    row.refresh_from_db()
    for kept in (data, as_jsonb(data), *([] if older else [row.data])):
        back = policy.from_json(kept["rules"])
        assert list(back.rules) == list(sheet.rules.rules)
        assert back == sheet.rules


def test_a_month_worked_out_by_hand(district):
    """住建局: +2 +1 −2 −1.5 −2 −10 −5 −5 on four matters; 桐溪镇: +2 −2 −2.5 on three; 经发局 has one."""
    found = by_unit()
    assert {u: (m.plus, m.minus, m.matters) for u, m in found.items()} == {
        "zjj": (Decimal(3), Decimal("-25.5"), 4),
        "tongxi": (Decimal(2), Decimal("-4.5"), 3),
        "jfj": (0, 0, 1),
    }
    assert {u: (str(m.score), m.rank) for u, m in found.items()} == {
        "zjj": ("43.8", 2), "tongxi": ("91.7", 1), "jfj": ("100.0", None),
    }  # fmt: skip


def test_every_line_leads_to_events_of_its_own_matter(district):
    for line in scores.sheet(SEPTEMBER).lines:
        assert line.events
        assert set(Event.objects.filter(pk__in=line.events).values_list("matter", flat=True)) == {line.matter}


def test_log_ins_and_looks_change_nothing(district, client):
    before = by_unit()
    for name in ("zjj", "zjj_head", "tongxi"):
        client.force_login(district.people[name])
        client.get(reverse("supervision:scores"))
    assert by_unit() == before


def test_an_upheld_appeal_takes_the_line_out_of_the_score_and_leaves_it_to_be_seen(district, signed_in):
    before = by_unit()["zjj"].score
    made = appealed(district)
    appealing.decide(appeal=made, upheld=True, words="确因停电", by=district.people["chief"])
    assert by_unit()["zjj"].score == before + 25  # ten points on four matters, for every ten
    said = signed_in("chief").get(reverse("supervision:score", args=["2022-09", "zjj"])).content.decode()
    assert "sv-struck" in said and "确因停电" in said and "予以调整" in said
    assert Entry.objects.filter(action="score.decide").exists()


def test_a_refused_appeal_changes_nothing(district):
    before = by_unit()
    appealing.decide(appeal=appealed(district), upheld=False, words="理由不成立", by=district.people["chief"])
    assert by_unit() == before


def test_an_appeal_is_made_once_in_time_by_the_head_for_a_deduction_of_the_own_unit(district):
    appealed(district)
    with pytest.raises(Refused, match="已经申诉过"):
        appealed(district)
    with pytest.raises(Refused, match="截止"):  # ten working days after 1 October, less the holiday
        appealed(district, "returned", "2022-10-21")
    with pytest.raises(Refused, match="不是本单位"):
        appealing.appeal(
            month=SEPTEMBER, line=line_of("no_report").key, reason="x", by=district.people["tongxi_head"],
            at=day("2022-10-08"),
        )  # fmt: skip
    with pytest.raises(Refused, match="没有这一条扣分"):
        appealed(district, "closed_in_time")
    with pytest.raises(PermissionDenied):
        appealing.appeal(
            month=SEPTEMBER, line=line_of("returned").key, reason="x", by=district.people["zjj"],
            at=day("2022-10-08"),
        )  # fmt: skip


def test_an_appeal_is_decided_once_with_words_by_the_head_of_the_office(district):
    made = appealed(district)
    for name in ("clerk", "zjj_head", "leader"):
        with pytest.raises(PermissionDenied):
            appealing.decide(appeal=made, upheld=True, words="同意", by=district.people[name])
    with pytest.raises(Refused, match="复核意见"):
        appealing.decide(appeal=made, upheld=True, words=" ", by=district.people["chief"])
    appealing.decide(appeal=made, upheld=True, words="同意", by=district.people["chief"])
    with pytest.raises(Refused, match="已经复核"):
        appealing.decide(appeal=made, upheld=False, words="不同意", by=district.people["chief"])


def test_a_kept_month_does_not_change_with_the_rules_or_with_later_entries(district, monkeypatch):
    before = by_unit()
    appealing.keep_scores(sheet=scores.sheet(SEPTEMBER), by=district.people["leader"])
    milder = policy.scoring(SEPTEMBER)
    milder = type(milder)(**{**vars(milder), "base": Decimal(60), "rules": {}})
    monkeypatch.setattr(policy, "scoring", lambda month: milder)
    district.feedback(district.matters["silent"], "2022-09-15")  # entered late, for a month that is issued
    assert by_unit() == before
    assert ScoreSheet.objects.count() == 1


def test_an_appeal_after_the_bulletin_still_takes_the_line_out(district):
    appealing.keep_scores(sheet=scores.sheet(SEPTEMBER), by=district.people["leader"], at=day("2022-10-10"))
    before = by_unit()["zjj"].score
    made = appealed(district, at="2022-10-24")  # ten working days after the bulletin
    appealing.decide(appeal=made, upheld=True, words="同意", by=district.people["chief"])
    assert by_unit()["zjj"].score == before + 25


def test_an_own_units_people_see_their_own_only(signed_in):
    head = signed_in("zjj_head")
    page = head.get(reverse("supervision:scores"), {"month": "2022-09"})
    assert page.url == reverse("supervision:score", args=["2022-09", "zjj"])
    said = head.get(page.url).content.decode()
    assert "住建局" in said and "桐溪镇" not in said
    assert head.get(reverse("supervision:score", args=["2022-09", "tongxi"])).status_code == 404


@pytest.mark.parametrize("name", ["clerk", "chief", "leader", "analyst"])
def test_the_office_and_the_leaders_see_all(signed_in, name):
    said = signed_in(name).get(reverse("supervision:scores"), {"month": "2022-09"}).content.decode()
    assert "住建局" in said and "桐溪镇" in said and "43.8" in said
    assert "登录次数、填报次数和手工数字一律不计" in said


def test_the_pages_take_an_appeal_and_its_decision(signed_in, monkeypatch):
    from datetime import date

    monkeypatch.setattr(scores, "appeal_until", lambda sheet: date(2099, 1, 1))
    head = signed_in("zjj_head")
    form = {"line": line_of("returned").key, "reason": "材料当日已补"}
    head.post(reverse("supervision:score_appeal", args=["2022-09"]), form)
    made = Appeal.objects.get()
    chief = signed_in("chief")
    assert "材料当日已补" in chief.get(reverse("supervision:scores")).content.decode()
    chief.post(reverse("supervision:score_decide", args=[made.pk]), {"upheld": "yes", "words": "属实"})
    made.refresh_from_db()
    assert (made.state, made.decided_by.username) == ("upheld", "chief")


def test_lists_export_as_shown(signed_in):
    chief = signed_in("chief")
    for address in (reverse("supervision:scores"), reverse("supervision:score", args=["2022-09", "zjj"])):
        assert chief.get(address, {"month": "2022-09", "export": "xlsx"}).content[:2] == b"PK"


def test_a_month_before_the_first_rules_is_not_found(signed_in):
    assert signed_in("chief").get(reverse("supervision:scores"), {"month": "2020-01"}).status_code == 404


def test_a_running_month_counts_the_days_that_are_over(district):
    """On the 21st: silent since the 16th has 19 and 20 September behind it, not the rest of the month."""
    from datetime import date

    sheet = scores.sheet(SEPTEMBER, on=date(2022, 9, 21))
    late = next(
        one for one in sheet.lines if one.rule == "overdue" and one.number == number(district, "silent")
    )
    assert late.points == Decimal("-1.0")
    with pytest.raises(Refused, match="过完月"):
        appealed(district, "returned", "2022-09-28")


def number(district, name):
    return district.matters[name].number


def test_a_month_that_has_not_begun_is_not_found(signed_in):
    assert signed_in("chief").get(reverse("supervision:scores"), {"month": "2099-01"}).status_code == 404


def test_an_empty_district_says_so(client, make_user):
    client.force_login(make_user("leader"))
    assert "还没有可计分的事项" in client.get(reverse("supervision:scores")).content.decode()


def test_who_has_no_right_to_all_scores_is_led_to_those_of_the_own_unit(client, district, make_user):
    """Staff of the investment bureau see other units' matters and no other unit's score."""
    client.force_login(make_user("attraction", unit=Unit.objects.get(code="zjj")))
    answer = client.get(reverse("supervision:scores"))
    assert answer.status_code == 302 and answer.url.endswith("/zjj/")
    assert client.get(answer.url).status_code == 200
    assert client.get(answer.url.replace("zjj", "tongxi")).status_code == 404
