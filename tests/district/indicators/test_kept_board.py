"""The board kept as it was drawn: for exactly this person and this state, with tokens of its own each."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.contrib import messages
from django.core.cache import cache
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.journal.actions import record
from wenpan.district.indicators import actions
from wenpan.district.personal import actions as personal
from wenpan.district.ui import journal_cache, page_cache
from wenpan.economy.time.periods import Month

PACKED = {"Accept-Encoding": "gzip"}
TOKENS = re.compile(r'(?:csrfmiddlewaretoken" value|X-CSRFToken"|form_key" value)(?:=|: )"([\w-]+)"')


@pytest.fixture
def judged(place, figures, steady):
    actions.set_target(indicator="fai", value=6, set_by="city", year=2022, document="计划", by=place.analyst)
    place.record(figures("fai", {**{f"2021-{m:02d}": 5.0 for m in range(2, 13)}, **steady(4.0)}))
    actions.judge_month(as_of=Month(2022, 9), by=place.analyst)
    return place


@pytest.fixture
def drawn(monkeypatch):
    """How often a board was drawn."""
    from wenpan.district.indicators.pages import board

    monkeypatch.setattr(journal_cache, "KEPT_SECONDS", 300)
    cache.clear()
    times: list[str] = []
    whole = board.render

    def counted(request, *args, **kwargs):
        times.append(request.user.username)
        return whole(request, *args, **kwargs)

    monkeypatch.setattr(board, "render", counted)
    yield times
    cache.clear()


@pytest.fixture
def seen(client, judged):
    """The board as a role sees it, without what is new in each answer."""

    def of(role="leader", address="/board/", sign_in=True, **more):
        if sign_in:
            client.force_login(judged.people[role])
        answer = client.get(address, **more)
        assert answer.status_code == 200
        content = gzip.decompress(answer.content) if "Content-Encoding" in answer.headers else answer.content
        return content.decode()

    return of


def bare(page: str) -> str:
    return TOKENS.sub("", page)


def test_while_nobody_writes_it_is_drawn_once_and_the_same_packed_or_not(seen, drawn):
    first = seen()
    again = seen(sign_in=False)
    packed = seen(sign_in=False, headers=PACKED)
    assert bare(first) == bare(again) == bare(packed)
    assert len(drawn) == 1


def test_each_answer_has_tokens_of_its_own_and_they_hold(seen, drawn, client, judged):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(judged.people["leader"])
    pages = [strict.get("/board/").content.decode() for _ in range(3)]
    found = [TOKENS.findall(page) for page in pages]
    assert len(drawn) == 1 and len(found[0]) == len(found[2]) > 2
    assert not set(found[0]) & set(found[1]) and not set(found[1]) & set(found[2])
    token = re.search(r'X-CSRFToken": "(\w+)"', pages[2])
    assert token
    done = {"csrfmiddlewaretoken": token[1], "form_key": "a" * 24, "large": "1", "next": "/board/"}
    assert strict.post("/accounts/text-size/", done).status_code == 302
    assert 'class="is-large"' in strict.get("/board/").content.decode()


def test_it_is_nobody_elses(seen, drawn, judged):
    """Also of two of one role and one unit."""
    again = User.objects.create_user(
        username="leader2", password="稳盘-test-2022", name="又一位", role="leader", unit=judged.units["jfj"]
    )
    judged.people["leader2"] = again
    pages = {role: seen(role) for role in ("leader", "leader2", "analyst", "supervisor", "liaison")}
    assert drawn == ["leader", "leader2", "analyst", "supervisor", "liaison"]
    assert len(set(map(bare, pages.values()))) == 5
    assert all(bare(seen(role)) == bare(page) for role, page in pages.items()) and len(drawn) == 5


def test_any_write_by_anybody_is_seen_on_the_next_page(seen, drawn, judged):
    before = seen()
    judged.record([("jia", "fai", "2022-09", "ytd_growth", -3.7)])
    actions.judge_month(as_of=Month(2022, 9), by=judged.analyst)
    after = seen(sign_in=False)
    assert "−3.7" in after and "−3.7" not in before
    Unit.objects.filter(code="jfj").update(short_name="发展局")
    record(by=judged.analyst, action="list.change", subject="units", summary="改名", detail={})
    assert "发展局" in seen(sign_in=False) and "发展局" not in after


def test_the_persons_own_arrangements_and_the_account_count(seen, drawn, client, judged):
    leader = judged.people["leader"]
    seen()
    view = personal.keep_view(
        code="indicators:board", name="红灯", query="light=RED", columns={}, shared=False, by=leader
    )
    assert "view=" in seen(sign_in=False)
    personal.change_view(view=view, name="红灯", shared=False, default=True, by=leader)
    assert client.get("/board/").status_code == 302
    User.objects.filter(pk=leader.pk).update(role="liaison")  # past the journal
    assert client.get("/board/?as_of=2022-09").status_code == 200
    drawn_before = len(drawn)
    User.objects.filter(pk=leader.pk).update(role="auditor")
    assert client.get("/board/?as_of=2022-09").status_code == 403
    User.objects.filter(pk=leader.pk).update(role="liaison", name="换了名字")
    assert "换了名字" in client.get("/board/?as_of=2022-09").content.decode()
    assert len(drawn) == drawn_before + 1


def test_views_and_columns_stand_above_rows_that_another_had_drawn(seen, drawn):
    """The rows are kept for all who may see the same; the head of the list is each person's."""
    assert 'class="wp-list-head' in seen("leader") and 'class="wp-list-head' in seen("supervisor")


def test_another_day_another_language_another_address(seen, drawn, monkeypatch, client):
    chinese, now = seen(), timezone.now()
    assert bare(seen(sign_in=False)) == bare(chinese)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1))
    seen()
    assert len(drawn) == 2
    client.cookies["django_language"] = "en"
    english = seen(sign_in=False)
    assert '<html lang="en"' in english and len(drawn) == 3
    assert bare(seen(sign_in=False, headers=PACKED)) == bare(english) and len(drawn) == 3
    assert "fai" not in seen(sign_in=False, address="/board/?light=GREEN") and len(drawn) == 4


def test_a_message_a_part_and_an_export_are_not_kept(seen, drawn, client, judged, monkeypatch):
    seen()
    seen(sign_in=False, headers={"HX-Request": "true"})
    assert len(drawn) == 2
    monkeypatch.setattr(page_cache, "get_messages", lambda _request: [messages])
    seen(sign_in=False)
    assert len(drawn) == 3
    assert client.get("/board/?export=csv")["Content-Type"].startswith("text/csv")


def test_what_looks_like_a_token_elsewhere_keeps_the_page_from_being_kept():
    token = b"a" * 64
    assert len(page_cache._cut(b'<p><input name="csrfmiddlewaretoken" value="%s"></p>' % token)) == 2
    assert page_cache._cut(b"<p data-token='%s'></p>" % token) == ()


@pytest.mark.parametrize("length", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20])
def test_the_sum_is_carried_on_over_a_part_of_any_length(length):
    content = bytes(range(256)) * (length // 256) + bytes(length % 256)
    part = page_cache._packed(content, "")
    whole = page_cache._gzip([(page_cache._packed(b"before ", "key"), b"k-e-y"), (part, b"")])
    assert gzip.decompress(whole) == b"before k-e-y" + content
