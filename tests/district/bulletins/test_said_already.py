"""What a unit has said already is not asked again: on the week's sheet it is one tick (rules/burden.yaml)."""

# ruff: noqa: F811  (a fixture of the causes)
from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from tests.district.bulletins.test_red_reasons import place, written  # noqa: F401  (fixture)
from wenpan.district.accounts.models import Unit, User
from wenpan.district.bulletins.models import RedReason
from wenpan.district.bulletins.reasons.on_sheet import questions as asked_why
from wenpan.district.meetings.models import Meeting, MeetingQuestion
from wenpan.district.meetings.on_sheet import questions as asked_in_meetings
from wenpan.district.observations.models import Estimate
from wenpan.district.supervision import actions as supervision
from wenpan.district.supervision.burden.queries import burden
from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet
from wenpan.district.ui.week_sheet import SheetAnswer, send_answers
from wenpan.district.upward.actions import note_contact
from wenpan.district.upward.on_sheet import questions as asked_above
from wenpan.economy.time.periods import Month


def test_what_was_said_in_feedback_is_the_cause_by_one_tick_of_the_sheet_and_costs_no_field(place, client):
    """Of another matter of the unit the sentence that names the indicator; changed words are typed ones."""
    liaison, office, today = place.people["liaison"], place.people["supervisor"], timezone.localdate()
    chief = User.objects.create_user(
        username="chief",
        password="稳盘-test-2022",
        role="supervision_head",
        unit=Unit.objects.get(code="swj"),
    )
    matter = supervision.draft(title="梳理在建项目", kind="meeting", by=office)
    supervision.register(matter=matter, by=chief)
    supervision.assign(matter=matter, lead=liaison.unit, due=today + timedelta(days=60), by=office)
    matter.refresh_from_db()
    said = "固定资产投资放缓主要是商品住宅新开工减少；已排查12个项目。"
    supervision.feed_back(matter=matter, claim="progress", process=said, by=liaison)
    client.force_login(liaison)
    page = client.get("/supervision/desk/sheet/").content.decode()
    assert "固定资产投资放缓主要是商品住宅新开工减少" in page and "照用" in page
    sent = {"more:reason:fai": "固定资产投资放缓主要是商品住宅新开工减少"}
    assert client.post("/supervision/desk/sheet/", sent).status_code == 422, "not ticked, nothing sent"
    client.post("/supervision/desk/sheet/", sent | {"take:reason:fai": "1"})
    reason = RedReason.objects.get()
    assert (reason.words, reason.carried_from[:4]) == ("固定资产投资放缓主要是商品住宅新开工减少", "督办反馈")
    (line,) = burden(Month(today.year, today.month), today).units
    assert (line.times["red_reason_carried"], line.times["red_reason"], line.fields) == (1, 0, 1), line.times
    again = client.post(
        "/supervision/desk/sheet/", {"more:reason:fai": "又写一次", "take:reason:fai": "1"}, follow=True
    )
    assert "已由他人报过" in again.content.decode()
    assert written(place, words="另有原因。", seen=1).carried_from == ""


def test_a_bureaus_october_with_two_reds_a_question_and_a_contact_is_within_ten_minutes(place):
    """The deeds of 商务局 in the demonstration's October: a report, 无变化, two sheets, three estimates,
    causes of two reds, a meeting's answer, a contact with the city. What was reported on the 12th is not
    typed again: 11 fields and 14.0 minutes before."""

    def at(day, hour=16):
        return timezone.make_aware(datetime(2022, 10, day, hour, 30))

    liaison, office, start = place.people["stranger"], place.people["supervisor"], at(1)
    commerce = liaison.unit
    chief = User.objects.create_user(
        username="chief", password="稳盘-test-2022", role="supervision_head", unit=office.unit
    )
    place.judge("retail", 4.3, "RED")
    place.judge("catering", -16.7, "RED")
    place.judge("fai", 7.0, "GREEN")

    def handed(title, due):
        matter = supervision.draft(title=title, kind="meeting", by=office, at=start)
        supervision.register(matter=matter, by=chief, at=start)
        supervision.assign(matter=matter, lead=commerce, due=due, by=office, at=start)
        supervision.sign(matter=matter, by=liaison, at=start)
        return matter

    def fresh(matter):
        matter.refresh_from_db()
        return matter

    yearly = handed("社会消费品零售总额增长6.5%，新增限上商贸单位45家", date(2022, 12, 31))
    weekly, visits = handed("每周报送", date(2022, 10, 28)), handed("逐户走访", date(2022, 11, 10))
    note_contact(
        indicator="retail", on=date(2022, 9, 21), way="visit", department="市商务局", person="周",
        method="旧", next_on=date(2022, 10, 21), by=liaison,
        at=timezone.make_aware(datetime(2022, 9, 21, 16)),
    )  # fmt: skip
    meeting = Meeting.objects.create(
        kind="monthly",
        title="调度会",
        held_on=date(2022, 10, 20),
        state="put",
        created_by=office,
        created_at=start,
    )  # fmt: skip
    MeetingQuestion.objects.create(
        meeting=meeting, order=1, unit=commerce, text="限上餐饮：上月的措施见到什么效果？",
        citations=[{"kind": "indicator", "key": "catering@2022-08", "label": "限上餐饮"}],
    )  # fmt: skip

    supervision.feed_back(
        matter=fresh(yearly), claim="progress", process="前三季度新增31家。", by=liaison, at=at(12),
        situation="商场客流恢复慢；限上餐饮堂食多次暂停、宴席取消多。",
    )  # fmt: skip

    def tick(ask, when, **typed):
        lines = list(ask(liaison, when))
        given = {q.key: SheetAnswer(typed.get("words", q.draft), take=True) for q in lines}
        done, refused = send_answers(lines, given, when)
        assert (len(done), refused) == (len(lines), {}) and done, refused

    tick(asked_in_meetings, at(19))
    report_sheet(lines=[SheetLine(fresh(weekly), words="本周已报送")], by=liaison, at=at(20))
    tick(asked_above, at(20), words="全市预计增长4%左右；样本本月轮换")
    tick(asked_why, at(24))
    for n, code in enumerate(("retail", "catering", "wholesale")):
        Estimate.objects.create(
            indicator=code, period="2022-10", measure="ytd_growth", basis="natural", value=Decimal(n),
            unit=commerce, made_by=liaison, made_at=at(25),
        )  # fmt: skip
    report_sheet(lines=[SheetLine(fresh(visits), words="走访86户")], by=liaison, at=at(26))
    supervision.nothing_new(matter=fresh(weekly), by=liaison, at=at(27))

    assert {r.indicator: r.words for r in RedReason.objects.all()} == {
        "retail": "商场客流恢复慢；限上餐饮堂食多次暂停、宴席取消多",
        "catering": "限上餐饮堂食多次暂停、宴席取消多",
    }
    (line,) = [one for one in burden(Month(2022, 10), date(2022, 10, 31)).units if one.unit == commerce]
    told = {code: n for code, n in line.times.items() if n}
    print(f"\nOctober: {line.fields} fields, {line.minutes:g} minutes, {told}")
    assert told == {
        "feedback": 1, "unchanged": 1, "sheet": 2, "sheet_opened": 2, "estimate": 3, "estimate_opened": 1,
        "red_reason_carried": 2, "meeting_answer_carried": 1, "upward_with_sheet": 1,
    }  # fmt: skip
    assert line.fields <= 25 and line.minutes <= 10
