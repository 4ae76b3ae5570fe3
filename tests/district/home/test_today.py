"""今日: the number is the length of the list, for bell, menu and page; acts for many are done from it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone as clock

from tests.district.supervision.conftest import *  # noqa: F403  (units, people, matters)
from tests.district.supervision.conftest import day
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.queries import READING
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import Matter, Proposal, Source
from wenpan.district.ui import awaited, journal_cache

pytestmark = pytest.mark.django_db


def page(client):
    return client.get("/today/").content.decode()


def numbers(text: str) -> tuple[int, int, int, int]:
    """Headline, bell, menu, and the chips of the groups added up."""

    def one(pattern: str) -> int:
        found = re.search(pattern, text)
        return int(found[1]) if found else 0

    chips = re.findall(r'</h2><span class="wp-chip is-accent">(\d+)</span>', text)
    return (
        one(r"待办 (\d+) 件"),
        one(r'wp-bell-count">(\d+)'),
        one(r'wp-nav-count">(\d+)'),
        sum(map(int, chips)),
    )


@pytest.fixture
def eleven(drafted, today_is):
    today_is("2022-10-17")
    return [drafted(f"讲话第{n}项") for n in range(11)]


def test_the_number_is_the_length_of_the_list_for_everybody(eleven, assigned, people, signed_in):
    assigned("已逾期的", due=day("2022-10-16").date())
    seen = {name: numbers(page(signed_in(name))) for name in people}
    for name, (headline, bell, menu, listed) in seen.items():
        assert headline == bell == menu == listed, name
    assert seen["chief"][0] >= 11
    assert seen["liaison"][0] >= 1


def test_bell_and_menu_of_another_page_say_the_same(eleven, people, signed_in):
    chief = signed_in("chief")
    on_today, bell, menu, _listed = numbers(page(chief))
    other = chief.get("/supervision/matters/").content.decode()
    assert re.search(r'wp-bell-count">(\d+)', other)[1] == str(on_today) == str(bell)
    assert re.search(r'wp-nav-count">(\d+)', other)[1] == str(menu)


def test_the_chief_approves_eleven_at_once_and_is_told_what_was_not(eleven, people, signed_in):
    own = actions.draft(title="没有牵头单位的", kind="meeting", by=people["clerk"], at=day("2022-10-17"))
    Proposal.objects.create(text="没有牵头单位的", state="confirmed", matter=own)
    keys = [f"{m.pk}@{m.version}" for m in [*eleven, own]]
    chief = signed_in("chief")
    answer = chief.post("/today/register/do/", {"pick": keys, "back": "/today/"}, follow=True)
    text = answer.content.decode()
    assert Matter.objects.filter(state="registered").count() == 11
    assert "已立项11件" in text
    assert own.number in text and "还没有定牵头单位，不能立项" in text
    assert 'id="g-register"' not in text


def test_what_was_done_meanwhile_is_refused_alone(eleven, people, signed_in):
    keys = [f"{m.pk}@{m.version}" for m in eleven]
    actions.register(matter=eleven[0], by=people["chief"], at=day("2022-10-17"))
    text = signed_in("chief").post("/today/register/do/", {"pick": keys}, follow=True).content.decode()
    assert "已立项10件" in text and "这个事项刚被别人办过" in text


def test_dropping_many_needs_a_reason(eleven, signed_in):
    chief = signed_in("chief")
    keys = [f"{m.pk}@{m.version}" for m in eleven[:2]]
    assert "请写明理由" in chief.post("/today/drop/do/", {"pick": keys}, follow=True).content.decode()
    assert Matter.objects.filter(state="dropped").count() == 0
    chief.post("/today/drop/do/", {"pick": keys, "words": "不属督办范围"})
    assert Matter.objects.filter(state="dropped").count() == 2


def test_nothing_ticked_does_nothing(eleven, signed_in):
    assert "请先勾选" in signed_in("chief").post("/today/register/do/", follow=True).content.decode()


def test_who_may_not_is_refused_line_by_line(eleven, signed_in):
    keys = [f"{m.pk}@{m.version}" for m in eleven]
    for name in ("clerk", "liaison", "leader", "analyst"):
        signed_in(name).post("/today/register/do/", {"pick": keys})
    assert Matter.objects.filter(state="draft").count() == 11


def test_an_unknown_act_is_not_there_and_none_is_taken_back_that_cannot_be(signed_in):
    chief = signed_in("chief")
    assert chief.post("/today/nonsense/do/").status_code == 404
    assert chief.post("/today/close/undo/").status_code == 404


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:1", ""])
def test_one_goes_back_only_to_a_page_of_ours(eleven, signed_in, back):
    answer = signed_in("chief").post("/today/register/do/", {"pick": "x", "back": back})
    assert answer.url == "/today/"


def test_a_group_of_many_is_folded_and_unfolds_to_its_end(drafted, today_is, signed_in):
    today_is("2022-10-17")
    for n in range(14):
        drafted(f"事项{n}")
    chief = signed_in("chief")
    folded = chief.get("/today/").content.decode()
    assert folded.count('name="pick"') == 12 and "展开全部 14 件" in folded
    assert chief.get("/today/?whole=register").content.decode().count('name="pick"') == 14


def test_the_page_asks_the_same_for_many_as_for_few(
    drafted, today_is, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    today_is("2022-10-17")
    chief = signed_in("chief")
    for n in range(3):
        drafted(f"事项{n}")
    chief.get("/today/")
    with django_assert_max_num_queries(40) as few:
        chief.get("/today/")
    for n in range(30):
        drafted(f"更多{n}")
    with django_assert_num_queries(len(few)):
        chief.get("/today/")


def test_a_person_without_a_role_awaits_nothing(make_user, today_is):
    user = make_user("")
    assert awaited.awaited_of(user, day("2022-10-17"), shown=5).count == 0


def test_liaison_signs_all_and_reports_nothing_new_for_all(assigned, people, signed_in, today_is):
    matters = [assigned(f"事项{n}", due=day("2022-10-21").date()) for n in range(3)]
    today_is("2022-10-17")
    liaison = signed_in("liaison")
    keys = [f"{m.pk}@{m.version}" for m in matters]
    assert "已签收3件" in liaison.post("/today/sign/do/", {"pick": keys}, follow=True).content.decode()
    keys = [f"{m.pk}@{m.version}" for m in Matter.objects.all()]
    first = liaison.post("/today/nothing_new/do/", {"pick": keys}, follow=True).content.decode()
    assert "没有办成3件" in first and "请先写一次进展" in first
    for m in Matter.objects.all():
        actions.feed_back(
            matter=m, claim="progress", process="正在推进", by=people["liaison"], at=day("2022-10-17")
        )
    today_is("2022-10-20")
    liaison = signed_in("liaison")
    assert 'id="g-week"' in page(liaison)
    keys = [f"{m.pk}@{m.version}" for m in Matter.objects.all()]
    assert (
        "已报无变化3件"
        in liaison.post("/today/nothing_new/do/", {"pick": keys}, follow=True).content.decode()
    )
    assert 'id="g-week"' not in page(liaison), "what was reported today does not wait today"


def test_what_was_confirmed_together_is_taken_back_together(people, units, signed_in, today_is):
    today_is("2022-10-17")
    for n in range(3):
        Proposal.objects.create(
            text=f"红灯{n}", lead=units["zjj"], cause=f"project:{n}", origin="light", confidence=1.0
        )
    clerk = signed_in("clerk")
    keys = [f"{p.pk}@{p.version}" for p in Proposal.objects.all()]
    text = clerk.post("/today/confirm/do/", {"pick": keys}, follow=True).content.decode()
    assert "已拟办3件" in text and "/today/confirm/undo/" in text
    shown = clerk.get("/supervision/matters/").content.decode()
    assert "已拟办3件" not in shown, "it is told where it was done"
    undone = clerk.post("/today/confirm/undo/", {"pick": [k.partition("@")[0] for k in keys]}, follow=True)
    assert "已撤销3件" in undone.content.decode()
    assert Proposal.objects.filter(state="open").count() == 3


def test_the_head_signs_all_that_was_reported_and_no_other_units(assigned, people, signed_in, today_is):
    today_is("2022-10-17")
    for n in range(3):
        matter = assigned(f"事项{n}", due=day("2022-10-21").date())
        actions.feed_back(
            matter=matter, claim="progress", process="在办", by=people["liaison"], at=day("2022-10-17")
        )
    foreign = actions.feed_back(
        matter=matter, claim="progress", process="配合", by=people["town"], at=day("2022-10-17", 11)
    )
    head = signed_in("head")
    group = page(head).split('id="g-unsigned"')[1].split("</section>")[0]
    keys = re.findall(r'name="pick" value="(\d+)"', group)
    assert len(keys) == 3
    text = head.post("/today/sign_off/do/", {"pick": [*keys, str(foreign.pk)]}, follow=True).content.decode()
    assert "已签发3份" in text and "没有办成1件" in text
    foreign.refresh_from_db()
    assert foreign.signed_at is None
    assert 'id="g-unsigned"' not in page(head)


def test_papers_are_confirmed_from_the_list_where_they_are_certain(people, units, signed_in, today_is):
    today_is("2022-10-17")
    paper = Source.objects.create(
        kind="speech", title="讲话", dated=day("2022-10-14").date(), paragraphs=["x"],
        created_by=people["clerk"], created_at=day("2022-10-17"),
    )  # fmt: skip
    for n in range(11):
        Proposal.objects.create(
            source=paper, text=f"部署第{n}项工作", lead=units["zjj"], confidence=0.9 if n else 0.5
        )
    clerk = signed_in("clerk")
    assert "待确认11条，其中把握较大10条" in page(clerk)
    clerk.post("/today/confirm_sure/do/", {"pick": str(paper.pk)})
    assert Matter.objects.count() == 10


def test_the_bells_number_is_kept_until_anybody_writes(
    eleven, people, signed_in, monkeypatch, django_assert_max_num_queries
):
    """The key is the head of the journal: what one person does is counted on the next page of another."""
    monkeypatch.setattr(journal_cache, "KEPT_SECONDS", 300)
    chief = people["chief"]
    at = clock.now()
    first = awaited.count_of(chief, at)
    with django_assert_max_num_queries(1):  # the head of the journal
        assert awaited.count_of(chief, at) == first
    assert first == awaited.awaited_of(chief, at, shown=0).count
    actions.drop(matter=eleven[0], reason="不立", by=chief, at=at)
    assert awaited.count_of(chief, at) == awaited.awaited_of(chief, at, shown=0).count != first
    assert awaited.count_of(people["clerk"], at) == awaited.awaited_of(people["clerk"], at, shown=0).count


def test_that_somebody_looked_at_single_returns_does_not_count_the_bell_of_everybody_anew(
    eleven, people, monkeypatch, django_assert_num_queries
):
    """Each page of projects that anybody opened did: 88 ms became 291 in benchmarks/journalled_reads.py."""
    monkeypatch.setattr(journal_cache, "KEPT_SECONDS", 300)
    cache.delete(journal_cache._LAST_DEED)
    chief, at = people["chief"], clock.now()

    def reads(times):
        with transaction.atomic():
            for _one in range(times):
                record(by=people["clerk"], action=READING, subject="page:/projects/", summary="查看项目库")

    first = awaited.count_of(chief, at)
    for times in (1, 3):
        reads(times)
        with django_assert_num_queries(1):
            assert awaited.count_of(chief, at) == first
    for times in (journal_cache._MOST_READINGS + 5, 0):
        deed = journal_cache.last_deed()
        reads(times)
        assert journal_cache.last_deed() == deed
        actions.drop(matter=eleven[times == 0], reason="不立", by=chief, at=at)
        reads(2)
        assert journal_cache.last_deed() != deed
        assert awaited.count_of(chief, at) == awaited.awaited_of(chief, at, shown=0).count


def test_an_entry_that_was_undone_is_not_taken_for_the_last_deed(people):
    def deed(words):
        record(by=people["clerk"], action="matter.note", subject="matter:1", summary=words)
        return journal_cache.last_deed()

    with transaction.atomic():
        before = deed("一")
    with transaction.atomic():
        undone = deed("二")
        transaction.set_rollback(True)
    assert journal_cache.last_deed() == before != undone
    with transaction.atomic():
        after = deed("三")
    assert after not in {before, undone} and journal_cache.last_deed() == after


def test_what_today_counted_is_what_the_bell_of_the_next_page_says(eleven, people, signed_in, monkeypatch):
    """What only the clock makes due is on 今日 at once; the bell of the next page does not fall behind it."""
    monkeypatch.setattr(journal_cache, "KEPT_SECONDS", 300)
    chief, at = people["chief"], clock.now()
    journal_cache.renew("awaited", chief, at, 3)  # as it was counted before something came due
    assert awaited.count_of(chief, at) == 3
    client = signed_in("chief")
    headline, bell, menu, _listed = numbers(page(client))
    assert headline == bell == menu != 3
    other = client.get("/supervision/matters/").content.decode()
    assert f'wp-bell-count">{headline}<' in other
