"""My unit's desk: what is due from us, once, in the order in which it must be done."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.matters.queries import desk as queries
from wenpan.district.supervision.models import Feedback, Matter, Notice, Slip

DESK = "/supervision/desk/"


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def ours(assigned, people, today_is):
    """On Thursday 20 October: of 住建局, all signed for but one."""
    made = {
        "late": assigned("逾期的", due=date(2022, 10, 18)),
        "week": assigned("本周的", due=date(2022, 10, 23)),
        "later": assigned("以后的", due=date(2022, 10, 24)),
        "paused": assigned("暂缓的", due=date(2022, 10, 18)),
        "answered": assigned("报了的", due=date(2022, 10, 31)),
    }
    for matter in made.values():
        actions.sign(matter=matter, by=people["liaison"], at=day("2022-10-15"))
    actions.pause(matter=fresh(made["paused"]), reason="x", by=people["chief"], at=day("2022-10-17"))
    actions.feed_back(matter=fresh(made["answered"]), claim="done", process="完", by=people["liaison"],
                      at=day("2022-10-19"))  # fmt: skip
    made["sign"] = assigned("待签收的", due=date(2022, 10, 19))
    made["other"] = assigned("别人的", lead="jfj", coops=())
    made["coop"] = assigned("配合的", lead="jfj", coops=("zjj",))
    today_is("2022-10-20")
    return made


def told(batch):
    return [m.title for m in batch.rows]


def test_every_matter_of_ours_stands_in_one_list(ours, people):
    desk = queries.desk_of(people["liaison"], day("2022-10-20"))
    found = [told(desk.to_sign), told(desk.late), told(desk.week), told(desk.later), told(desk.coop),
             told(desk.paused)]  # fmt: skip
    assert found == [["待签收的"], ["逾期的"], ["本周的"], ["以后的"], ["配合的"], ["暂缓的"]]
    assert (desk.waiting, desk.due_now) == (1, 3)


def test_the_desk_shows_nothing_of_others(ours, signed_in):
    assert "别人的" not in signed_in("liaison").get(DESK).content.decode()


def test_one_feedback_on_the_desk_is_everything_that_is_needed(ours, signed_in, people):
    client = signed_in("liaison")
    page = client.get(f"{DESK}?feed={ours['week'].pk}")
    assert page.context["form"]["matter"] == ours["week"]
    words = {"claim": "progress", "process": "完成八成", "back": "desk", "seen": fresh(ours["week"]).version}
    sent = client.post(reverse("supervision:deed", args=[ours["week"].pk, "feed_back"]), words)
    assert sent.url == DESK
    assert fresh(ours["week"]).news_on == date(2022, 10, 20)
    again = client.get(f"{DESK}?feed={ours['week'].pk}").content.decode()
    assert "完成八成" in again, "next time it starts with these words"


def test_a_form_for_what_is_not_ours_does_not_open(ours, signed_in):
    client = signed_in("liaison")
    assert client.get(f"{DESK}?feed={ours['other'].pk}").status_code == 404
    assert client.get(f"{DESK}?feed={ours['paused'].pk}").context["form"] is None
    assert client.get(f"{DESK}?feed=x").context["form"] is None


def test_sign_and_decline_from_the_desk(ours, signed_in):
    deed = reverse("supervision:deed", args=[ours["sign"].pk, "sign"])
    sent = signed_in("liaison").post(deed, {"seen": ours["sign"].version, "back": "desk"})
    assert (sent.url, fresh(ours["sign"]).state) == (DESK, "working")


def test_a_unit_without_matters_and_a_person_without_unit_have_a_desk(people, make_user, client, signed_in):
    assert "本周没有到期的事项" in signed_in("town").get(DESK).content.decode()
    client.force_login(make_user("liaison", username="lost"))
    assert "没有所属单位" in client.get(DESK).content.decode()


@pytest.mark.parametrize("who, status", [("liaison", 200), ("head", 200), ("clerk", 403), ("leader", 403)])
def test_who_has_a_desk(people, signed_in, who, status):
    assert signed_in(who).get(DESK).status_code == status


def test_what_was_sent_back_says_what_is_lacking(ours, people, signed_in):
    matter = fresh(ours["answered"])
    actions.check(matter=matter, passed=False, text="缺供地合同", by=people["clerk"], at=day("2022-10-20"))
    assert "缺供地合同" in signed_in("liaison").get(DESK).content.decode()
    actions.feed_back(
        matter=fresh(matter), claim="done", process="补了", by=people["liaison"], at=day("2022-10-20")
    )
    assert "缺供地合同" not in signed_in("liaison").get(DESK).content.decode()


def test_slips_wait_until_they_are_answered_or_withdrawn(ours, people, units):
    def slip(n, **more):
        values = {"key": f"k{n}", "number": f"安督单〔2022〕{n}号", "year": 2022, "serial": n, "rules": "x"}
        values |= {"rule": "x", "colour": "yellow", "level": 1, "reason": "逾期", "unit": units["zjj"]}
        return Slip.objects.create(matter=ours["late"], issued_at=day("2022-10-19"), **values, **more)

    waiting = slip(1)
    slip(2, answer="已办", answered_at=day("2022-10-20"), answered_by=people["liaison"])
    slip(3, withdrawn_at=day("2022-10-20"), withdrawn_reason="误发")
    desk = queries.desk_of(people["liaison"], day("2022-10-20"))
    assert list(desk.slips) == [waiting]
    assert [(a.name, a.times, a.fields, a.minutes) for a in desk.asked] == [
        ("办理反馈", 1, 4, 12.0), ("督办单回复", 1, 1, 8.0)]  # fmt: skip


def test_what_we_were_asked_for_counts_this_month_only(ours, people, units):
    assert [a.times for a in queries.asked_for(units["zjj"], date(2022, 10, 31))] == [1]
    assert queries.asked_for(units["zjj"], date(2022, 11, 1)) == []
    assert queries.asked_for(units["tongxi"], date(2022, 10, 31)) == []


def test_the_head_signs_and_nobody_else(ours, signed_in, people):
    feedback = Feedback.objects.get()
    url = reverse("supervision:sign_off", args=[feedback.pk])
    assert list(queries.desk_of(people["head"], day("2022-10-20")).unsigned) == [feedback]
    assert queries.desk_of(people["liaison"], day("2022-10-20")).unsigned == ()
    assert signed_in("liaison").post(url).status_code == 403
    signed_in("head").post(url)
    feedback.refresh_from_db()
    assert feedback.signed_by == people["head"]
    assert queries.desk_of(people["head"], day("2022-10-20")).unsigned == ()


def test_another_units_head_does_not_find_our_feedback(ours, make_user, units, client):
    client.force_login(make_user("unit_head", username="jfj-head", unit=units["jfj"]))
    assert client.post(reverse("supervision:sign_off", args=[Feedback.objects.get().pk])).status_code == 404


def _notice(user, n, at="2022-10-19"):
    return Notice.objects.create(key=f"n{n}", user=user, text=f"提醒{n}", made_at=day(at), not_before=day(at))


def test_notices_show_at_their_hour_and_are_read_once(ours, people, signed_in):
    first, _later, other = (_notice(people["liaison"], 1), _notice(people["liaison"], 2, "2022-10-21"),
                            _notice(people["head"], 3))  # fmt: skip
    client = signed_in("liaison")
    desk = client.get(DESK).context["desk"]
    assert (list(desk.notices), desk.unread) == ([first], 1)
    assert client.post(reverse("supervision:read_notice", args=[other.pk])).status_code == 404
    client.post(reverse("supervision:read_notice", args=[first.pk]))
    first.refresh_from_db()
    assert first.read_at == day("2022-10-20", 10)
    assert client.get(DESK).context["desk"].unread == 0


def test_all_notices_are_read_at_once(ours, people, signed_in):
    for n in range(3):
        _notice(people["liaison"], n)
    signed_in("liaison").post(reverse("supervision:read_notices"))
    assert not Notice.objects.filter(user=people["liaison"], read_at=None).exists()


def test_a_long_list_shows_its_beginning_and_opens_to_its_end(ours, assigned, people, signed_in):
    for n in range(queries.SHOWN + 4):
        actions.sign(
            matter=assigned(f"更多{n}", due=date(2022, 10, 17)), by=people["liaison"], at=day("2022-10-15")
        )
    desk = queries.desk_of(people["liaison"], day("2022-10-20"))
    assert (len(desk.late.rows), desk.late.count, desk.late.more) == (queries.SHOWN, queries.SHOWN + 5, 5)
    whole = signed_in("liaison").get(f"{DESK}?list=late").context["desk"]
    assert (len(whole.late.rows), whole.late.more) == (queries.SHOWN + 5, 0)


def test_many_matters_take_no_more_queries_than_few(
    ours, assigned, people, signed_in, today_is, django_assert_max_num_queries
):
    for n in range(30):
        assigned(f"更多{n}", due=date(2022, 10, 21))
    client = signed_in("head")
    with django_assert_max_num_queries(50):  # with campaigns and the views of the list
        assert client.get(DESK).status_code == 200
