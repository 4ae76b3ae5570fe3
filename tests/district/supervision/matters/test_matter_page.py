"""The page of one matter: what it shows to whom, on which day, and the deeds that it offers."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import InspectionItem, Matter, Slip, Source, WeeklyInspection

PDF = b"%PDF-1.4 proof"


def address(matter) -> str:
    return reverse("supervision:matter", args=[matter.pk])


def do(client, matter, code, *, seen=None, **fields):
    version = Matter.objects.get(pk=matter.pk).version if seen is None else seen
    return client.post(reverse("supervision:deed", args=[matter.pk, code]), {"seen": version, **fields})


def state(matter) -> str:
    return Matter.objects.get(pk=matter.pk).state


def report(matter, people, claim="progress", at="2022-10-19", **more):
    matter = Matter.objects.get(pk=matter.pk)
    return actions.feed_back(
        matter=matter, claim=claim, process="已完成征地120亩。", by=people["liaison"], at=day(at), **more
    )


def test_a_matter_goes_from_draft_to_closure_by_the_forms_of_its_page(drafted, signed_in, today_is):
    today_is("2022-10-20")
    matter = drafted()
    steps = [
        ("chief", "register", {}),
        ("clerk", "assign", {"lead": "zjj", "coops": ["tongxi"], "due": "2022-10-31"}),
        ("liaison", "sign", {}),
        ("liaison", "feed_back", {"claim": "done", "process": "已供地。"}),
        ("clerk", "check", {"verdict": "no", "text": "缺合同"}),
        ("liaison", "feed_back", {"claim": "done", "process": "已供地，附合同。"}),
        ("second", "check", {"verdict": "yes", "text": "现场核实"}),
        ("clerk", "close", {}),
    ]
    for who, code, fields in steps:
        answer = do(signed_in(who), matter, code, **fields)
        assert answer.status_code == 302, (code, answer.content.decode())
    assert state(matter) == "closed"


@pytest.mark.parametrize(
    "who, status",
    [("clerk", 200), ("chief", 200), ("leader", 200), ("analyst", 200), ("liaison", 200), ("head", 200),
     ("town", 200)],
)  # fmt: skip
def test_owner_cooperating_unit_office_and_leader_see_it(assigned, signed_in, today_is, who, status):
    today_is("2022-10-20")
    assert signed_in(who).get(address(assigned(due=date(2022, 10, 31)))).status_code == status


def test_another_unit_does_not_learn_that_it_exists(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(lead="jfj", coops=())
    client = signed_in("liaison")
    assert client.get(address(matter)).status_code == 404
    assert do(client, matter, "sign").status_code == 404
    assert client.get(reverse("supervision:matter_report", args=[matter.pk])).status_code == 404


def test_before_it_is_handed_over_the_unit_does_not_see_it(drafted, signed_in):
    assert signed_in("liaison").get(address(drafted())).status_code == 404


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor", "statistician", ""])
def test_roles_without_matters_are_shown_the_door(assigned, make_user, client, role):
    client.force_login(make_user(role, username="stranger"))
    assert client.get(address(assigned())).status_code == 403


def test_the_leader_instructs_or_has_seen_it_and_does_nothing_else(assigned, people, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    page = signed_in("leader").get(address(matter))
    assert [action.code for action, _typed in page.context["deeds"]] == ["instruct", "seen"]
    assert do(signed_in("leader"), matter, "note", text="x").status_code == 403


def test_the_form_is_sent_twice_and_counts_once(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    client = signed_in("liaison")
    for _ in range(2):
        sent = do(client, matter, "feed_back", seen=3, claim="progress", process="已征地")
        assert sent.status_code == 302
    assert matter.feedback.count() == 1


def test_another_verdict_or_unit_is_no_repetition(assigned, people, signed_in, today_is):
    """The same words with another meaning from a page that is out of date: a clash, never "done already"."""
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    report(matter, people, claim="done")
    clerk = signed_in("clerk")
    assert do(clerk, matter, "check", seen=5, verdict="no", text="核实").status_code == 302
    assert do(clerk, matter, "check", seen=5, verdict="no", text="核实").status_code == 302
    assert do(clerk, matter, "check", seen=5, verdict="yes", text="核实").status_code == 409
    fields = {"lead": "jfj", "due": "2022-11-30"}
    assert do(clerk, matter, "assign", seen=6, **fields).status_code == 302
    assert do(clerk, matter, "assign", seen=6, **fields).status_code == 302
    assert do(clerk, matter, "assign", seen=6, **fields | {"lead": "zjj"}).status_code == 409
    assert matter.events.count() == 7


def test_a_clash_shows_both_sides_and_keeps_what_was_typed(assigned, people, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    actions.decline(matter=matter, reason="不属我局职责", by=people["head"], at=day("2022-10-19"))
    answer = do(
        signed_in("liaison"), matter, "feed_back", seen=3, claim="progress", process="我写了很久的进展"
    )
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "我写了很久的进展" in words
    assert "不属我局职责" in words
    assert "请刷新" in words


def test_a_refused_form_keeps_its_words(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    answer = do(signed_in("liaison"), matter, "ask_extension", until="2022-10-01", text="等待省里批复")
    assert answer.status_code == 422
    assert "等待省里批复" in answer.content.decode()
    assert "新时限应晚于现时限" in answer.content.decode()


def test_an_assignment_starts_with_what_was_proposed(signed_in, people, today_is):
    today_is("2022-10-20")
    sent = signed_in("clerk").post(reverse("supervision:matter_draft"), {
        "title": "完成供地", "kind": "meeting", "lead": "zjj", "coops": ["tongxi"], "due": "2022-11-15",
        "due_words": "11月中旬前"})  # fmt: skip
    assert sent.status_code == 302
    matter = Matter.objects.get()
    actions.register(matter=matter, by=people["chief"])
    typed = {d.code: t for d, t in signed_in("clerk").get(address(matter)).context["deeds"]}["assign"]
    assert (typed.lead, typed.coops, typed.due, typed.due_words) == (
        "zjj", ("tongxi",), "2022-11-15", "11月中旬前")  # fmt: skip


def test_who_approves_sees_to_whom_it_is_meant_to_go(signed_in, people, today_is):
    today_is("2022-10-20")
    form = {
        "title": "x",
        "kind": "meeting",
        "lead": "zjj",
        "coops": ["tongxi"],
        "every": "monthly",
        "every_day": "25",
    }
    signed_in("clerk").post(reverse("supervision:matter_draft"), form)
    matter = Matter.objects.get()
    planned = signed_in("chief").get(address(matter)).context["planned"]
    assert (planned.lead, planned.coops, planned.words) == ("住建局", "桐溪镇", "每月25日前")
    actions.register(matter=matter, by=people["chief"])
    actions.assign(matter=Matter.objects.get(), lead=people["liaison"].unit, by=people["clerk"])
    assert signed_in("chief").get(address(matter)).context["planned"] is None


def test_a_feedback_starts_with_the_units_own_last_words(assigned, people, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    report(matter, people, situation="余30亩")
    typed = {d.code: t for d, t in signed_in("head").get(address(matter)).context["deeds"]}["feed_back"]
    assert (typed.claim, typed.process, typed.situation) == ("", "", "")  # beside the form, not in it


def test_a_day_in_the_past_shows_what_was_known_then(assigned, people, signed_in, today_is):
    matter = assigned(due=date(2022, 10, 31))
    report(matter, people, at="2022-10-19")
    actions.ask_extension(matter=Matter.objects.get(pk=matter.pk), until=date(2022, 11, 15), reason="等批复",
                          by=people["liaison"], at=day("2022-10-25"))  # fmt: skip
    actions.decide_extension(matter=Matter.objects.get(pk=matter.pk), granted=True, by=people["chief"],
                             at=day("2022-10-26"))  # fmt: skip
    today_is("2022-11-01")
    client = signed_in("clerk")
    now, then, first = (
        client.get(address(matter) + q).context["page"] for q in ("", "?on=2022-10-20", "?on=2022-10-14")
    )
    assert (now.matter.original_due, now.matter.due) == (date(2022, 10, 31), date(2022, 11, 15))
    assert then.matter.due == date(2022, 10, 31)
    assert [len(p.feedback) for p in (now, then, first)] == [1, 1, 0]
    assert [p.matter.state for p in (now, then, first)] == ["working", "working", "assigned"]
    assert then.offered == ()
    assert client.get(address(matter) + "?on=2022-10-13").status_code == 404


def test_a_past_day_does_not_know_later_signatures_answers_and_looks(
    assigned, people, units, signed_in, today_is
):
    matter = assigned(due=date(2022, 10, 31))
    actions.sign_off(
        feedback=report(matter, people, at="2022-10-18"), by=people["head"], at=day("2022-10-21")
    )
    slip = {"key": "k", "number": "安督单〔2022〕1号", "year": 2022, "serial": 1, "rules": "x", "rule": "x"}
    slip |= {"colour": "blue", "level": 1, "unit": units["zjj"], "reason": "提醒", "answer": "已办"}
    Slip.objects.create(matter=matter, issued_at=day("2022-10-18"), answered_at=day("2022-10-21"), **slip)
    cycle = WeeklyInspection.objects.create(week=date(2022, 10, 17), opened_at=day("2022-10-17"))
    look = {"subject": f"matter:{matter.pk}", "title": "x", "light": "YELLOW", "result": "moving"}
    InspectionItem.objects.create(cycle=cycle, by=people["clerk"], at=day("2022-10-21"), **look)
    today_is("2022-10-22")
    now, then = (signed_in("clerk").get(address(matter) + q) for q in ("", "?on=2022-10-20"))
    for page, known in ((now.context["page"], True), (then.context["page"], False)):
        told = (page.feedback[0].signed_by, page.slips[0].answered_at, page.looks[0].result)
        assert [bool(t) for t in told] == [known] * 3
    assert "还没有看" in then.content.decode()


def test_the_page_says_why_the_deadline_moved(assigned, people, signed_in, today_is):
    matter = assigned(due=date(2022, 10, 31))
    actions.pause(matter=matter, reason="等待上级批复", by=people["chief"], at=day("2022-10-20"))
    actions.resume(matter=Matter.objects.get(pk=matter.pk), by=people["chief"], at=day("2022-10-25"))
    today_is("2022-10-26")
    moved = signed_in("clerk").get(address(matter)).context["page"].moved
    assert [(m.words, m.due) for m in moved] == [
        ("交办", date(2022, 10, 31)), ("暂缓", None), ("恢复办理", date(2022, 11, 5))]  # fmt: skip


def test_the_ordered_words_are_marked_amid_their_paragraph(drafted, people, signed_in, today_is):
    today_is("2022-10-20")
    text = ["第一段。", "由住建局牵头，10月底前完成供地。", "第三段。"]
    source = Source.objects.create(kind="speech", title="讲话", dated=date(2022, 10, 14), paragraphs=text,
                                   created_by=people["clerk"], created_at=day("2022-10-14"))  # fmt: skip
    start = "\n".join(text).index("10月底前")
    matter = drafted(source=source, span=(start, start + 9))
    found = signed_in("clerk").get(address(matter)).context["page"].evidence
    assert (found.before, found.marked, found.after) == ("由住建局牵头，", "10月底前完成供地", "。")


def test_parts_roll_up_into_progress_and_the_worst_light(
    assigned, drafted, people, units, signed_in, today_is
):
    whole = assigned(due=date(2022, 11, 30))
    for n, due in enumerate((date(2022, 10, 18), date(2022, 11, 20))):
        part = drafted(f"子事项{n}", parent=whole)
        actions.register(matter=part, by=people["chief"], at=day("2022-10-14"))
        actions.assign(matter=Matter.objects.get(pk=part.pk), lead=units["zjj"], due=due, by=people["clerk"],
                       at=day("2022-10-14"))  # fmt: skip
    today_is("2022-10-20")
    parts = signed_in("clerk").get(address(whole)).context["page"].parts
    assert (len(parts.rows), parts.done, parts.light) == (2, 0, "RED")
    then = signed_in("clerk").get(address(whole) + "?on=2022-10-16").context["page"].parts
    assert [(p.state, p.due) for p in then.rows] == [
        ("assigned", date(2022, 10, 18)),
        ("assigned", date(2022, 11, 20)),
    ]
    assert then.light == "YELLOW"


def test_notes_of_the_office_are_not_shown_to_the_unit(assigned, people, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    actions.note(matter=matter, text="电话催办，态度消极", by=people["clerk"])
    assert "态度消极" in signed_in("second").get(address(matter)).content.decode()
    assert "态度消极" not in signed_in("liaison").get(address(matter)).content.decode()


def test_the_report_has_the_three_sections_and_cites_the_number(assigned, people, signed_in, today_is):
    matter = assigned(due=date(2022, 10, 31))
    report(matter, people, situation="余30亩", advice="请协调用地指标")
    report(matter, people, claim="done", at="2022-10-21")
    today_is("2022-10-22")
    url = reverse("supervision:matter_report", args=[matter.pk])
    first, again = (signed_in("clerk").get(url).content for _ in range(2))
    assert first == again, "the same report, byte by byte"
    words = [p.text for p in Document(BytesIO(first)).paragraphs]
    text = "\n".join(words)
    assert [w for w in words if w.startswith(("一、", "二、", "三、"))] == [
        "一、落实过程", "二、基本情况", "三、意见和建议"]  # fmt: skip
    assert "2022-0001" in text
    assert "2022年10月19日，住建局（正在推进）：已完成征地120亩。" in text


def test_without_feedback_there_is_no_report(assigned, signed_in):
    assert (
        signed_in("clerk").get(reverse("supervision:matter_report", args=[assigned().pk])).status_code == 404
    )


def test_an_unknown_deed_or_a_form_without_version_is_refused(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter, client = assigned(due=date(2022, 10, 31)), signed_in("liaison")
    assert do(client, matter, "explode").status_code == 404
    assert do(client, matter, "sign", seen="").status_code == 409
    assert client.get(reverse("supervision:deed", args=[matter.pk, "sign"])).status_code == 405


@pytest.mark.parametrize("events", [3, 43])
def test_a_page_takes_as_many_queries_for_many_events_as_for_few(
    assigned, people, signed_in, today_is, django_assert_max_num_queries, events
):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    for n in range(events - 3):
        actions.feed_back(matter=Matter.objects.get(pk=matter.pk), claim="progress", process=f"进展{n}",
                          by=people["liaison"], at=day("2022-10-19"))  # fmt: skip
    client = signed_in("clerk")
    # what of campaigns awaits a person, what was found beside the matter, the star
    with django_assert_max_num_queries(27):
        assert client.get(address(matter)).status_code == 200
