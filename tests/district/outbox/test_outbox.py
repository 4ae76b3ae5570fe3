"""The outbox: once a key, one digest a person and half-day, at least once and never twice, failures shown."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.conf import settings

SHANGHAI = timezone(timedelta(hours=8))
FRIDAY = datetime(2022, 10, 14, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def unit(db):
    from wenpan.district.accounts.actions import sync_units
    from wenpan.district.accounts.models import Unit

    sync_units(
        units=[{"code": "zjj", "name": "住建局", "short_name": "住建局", "kind": "department"}], by=None
    )
    return Unit.objects.get(code="zjj")


@pytest.fixture
def person(unit, make_user):
    return make_user("liaison", username="liaison", unit=unit)


@pytest.fixture
def folder_on():
    """The place has switched the folder on."""
    path = Path(settings.WENPAN_HOME) / "rules" / "outbox.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "version: t\neffective_from: 2022-01-01\nsource: 测试\nnoon: 12\noldest_days: 3\n"
        "retry_minutes: [5, 30]\nlease_minutes: 10\n"
        "channels: {folder: {enabled: true, folder: relay}}\n",
        encoding="utf-8",
    )
    yield Path(settings.WENPAN_HOME) / "relay"
    path.unlink()
    for file in (Path(settings.WENPAN_HOME) / "relay").glob("*"):
        file.unlink()


def post(person, key="a", text="一件事项将到期", **more):
    from wenpan.district.outbox.actions import post as posted

    return posted(users=[person], kind="notice", key=key, text=text, at=more.pop("at", FRIDAY), **more)


def files(folder: Path) -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def test_a_line_is_posted_once_a_key_and_person(person):
    from wenpan.district.outbox.models import Message

    assert [post(person), post(person), post(person, "b")] == [1, 0, 1]
    assert Message.objects.count() == 2


def test_nothing_leaves_while_no_channel_is_on(person):
    from wenpan.district.outbox.actions import Dispatched, dispatch

    post(person)
    assert dispatch(at=FRIDAY) == Dispatched(0, 0)


def test_one_digest_a_person_and_half_day_later_lines_wait_for_the_next(person, folder_on):
    from wenpan.district.outbox.actions import Dispatched, dispatch

    post(person, "a")
    post(person, "b")
    assert dispatch(at=FRIDAY) == Dispatched(1, 0)
    post(person, "c", at=FRIDAY + timedelta(minutes=5))
    assert dispatch(at=FRIDAY + timedelta(hours=2, minutes=59)) == Dispatched(0, 0)  # 11:59
    assert dispatch(at=FRIDAY + timedelta(hours=3)) == Dispatched(1, 0)  # 12:00
    assert sorted(one["count"] for one in files(folder_on)) == [1, 2]
    assert {one["unit"] for one in files(folder_on)} == {"住建局"}


def test_quiet_hours_hold_a_line_until_their_minute(person, folder_on):
    from wenpan.district.outbox.actions import dispatch

    morning = FRIDAY + timedelta(days=3)
    post(person, not_before=morning)
    assert dispatch(at=morning - timedelta(minutes=1)).sent == 0
    assert dispatch(at=morning).sent == 1


def test_old_lines_are_not_sent_when_a_channel_is_switched_on_later(person, folder_on):
    from wenpan.district.outbox.actions import dispatch

    post(person)
    assert dispatch(at=FRIDAY + timedelta(days=3)).sent == 0
    assert dispatch(at=FRIDAY + timedelta(days=3) - timedelta(seconds=1)).sent == 1


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_key(person, folder_on, monkeypatch):
    from wenpan.district.outbox import actions, channels
    from wenpan.district.outbox.models import Envelope

    post(person)
    real = channels.send_to_folder

    def sends_and_dies(digest, folder):
        real(digest, folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(channels, "send_to_folder", sends_and_dies)
    with pytest.raises(KeyboardInterrupt):
        actions.dispatch(at=FRIDAY)
    monkeypatch.setattr(channels, "send_to_folder", real)
    assert actions.dispatch(at=FRIDAY + timedelta(minutes=9)).sent == 0  # still the dead one's
    assert actions.dispatch(at=FRIDAY + timedelta(minutes=10)).sent == 1
    assert len(files(folder_on)) == 1
    assert Envelope.objects.get().state == "sent"


def test_a_failed_digest_is_tried_again_later_then_given_up_then_sent_by_hand(
    person, folder_on, monkeypatch, make_user
):
    from wenpan.district.ground.refused import Refused
    from wenpan.district.outbox import actions, channels
    from wenpan.district.outbox.models import Envelope

    post(person)
    real = channels.send_to_folder

    def full(_digest, _folder):
        raise OSError(28, "磁盘空间不足")

    monkeypatch.setattr(channels, "send_to_folder", full)
    at = FRIDAY
    for minutes in (5, 30):
        assert actions.dispatch(at=at).failed == 1
        assert actions.dispatch(at=at + timedelta(minutes=minutes - 1)).failed == 0
        at += timedelta(minutes=minutes)
    assert actions.dispatch(at=at).failed == 1
    envelope = Envelope.objects.get()
    assert (envelope.state, envelope.attempts, envelope.error) == ("failed", 3, "磁盘空间不足")
    chief = make_user("supervision_head", username="chief")
    monkeypatch.setattr(channels, "send_to_folder", real)
    assert actions.try_again(by=chief, at=at) == 1
    assert actions.dispatch(at=at).sent == 1
    with pytest.raises(Refused):
        actions.try_again(by=chief, at=at)


def test_the_log_says_what_to_whom_and_its_state(person, make_user, client):
    post(person, text="=1+1 事项将到期")
    clerk = make_user("supervisor", username="clerk")
    client.force_login(clerk)
    page = client.get("/outbox/").content.decode()
    assert "事项将到期" in page and "住建局" in page and "未经渠道发出" in page
    assert "没有开通对外渠道" in page
    assert client.get("/outbox/", {"state": "sent"}).content.decode().count("事项将到期") == 0
    assert client.get("/outbox/", {"export": "xlsx"}).status_code == 200
    assert client.post("/outbox/again/").status_code == 403  # the head of the office only
    client.force_login(person)
    assert client.get("/outbox/").status_code == 403


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("noon: 12", "noon: 24", "noon"),
        ("retry_minutes: [5, 30, 120, 720]", "retry_minutes: []", "retry_minutes"),
        ("folder: outbox", "folder: ../elsewhere", "channels.folder.folder"),
        ("enabled: false", "enabled: 'yes'", "channels.folder.enabled"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named_with_its_key(old, new, key):
    from wenpan.district.outbox.policy import outbox_policy
    from wenpan.rules.loading import OURS, RuleError

    path = Path(settings.WENPAN_HOME) / "rules" / "outbox.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (OURS / "outbox.yaml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        with pytest.raises(RuleError) as error:
            outbox_policy()
        assert error.value.key == key
    finally:
        path.unlink()


def test_notices_of_supervision_go_through_the_outbox(person):
    from wenpan.district.outbox.models import Message
    from wenpan.district.supervision.log.notifications import notify

    evening = FRIDAY.replace(hour=20)
    notify(users=[person], key="k", text="事项逾期", matter=None, at=evening, url="/supervision/")
    message = Message.objects.get()
    assert (message.text, message.url) == ("事项逾期", "/supervision/")
    assert message.not_before > evening  # not in the evening


def test_what_was_given_up_is_sent_again_from_the_page(person, folder_on, monkeypatch, make_user, client):
    from wenpan.district.outbox import actions
    from wenpan.district.outbox.models import Envelope

    post(person)
    actions.dispatch(at=FRIDAY)
    Envelope.objects.update(state="failed", sent_at=None)
    client.force_login(make_user("supervision_head", username="chief"))
    assert client.post("/outbox/again/").status_code == 302
    assert not Envelope.objects.filter(state="failed").exists()
