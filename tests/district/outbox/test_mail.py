"""Mail over a real SMTP server: one a person and half-day, a key that stays, only to the office's domains."""

from __future__ import annotations

import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from wenpan.district.outbox.channels.digest import ChannelRefusedError


class Mailboxes:
    """What an SMTP server took: a mail of a known Message-ID is kept once, as mail stores do."""

    def __init__(self) -> None:
        self.taken = []
        self.refuse = ""

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        if self.refuse:
            return self.refuse
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 ok"


@pytest.fixture
def mailboxes():
    return Mailboxes()


@pytest.fixture
def smtp(mailboxes, place_rules):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(mailboxes, hostname="127.0.0.1", port=port)
    server.start()
    part = {
        "enabled": True, "host": "127.0.0.1", "port": port,
        "security": "none", "sender": "wenpan@qu.example", "domains": ["qu.example"],
    }  # fmt: skip
    place_rules({"mail": part})
    yield server
    if server._thread is not None:
        server.stop()


@pytest.fixture
def person(office, make_user):
    from wenpan.district.outbox.actions import choose

    user = make_user("liaison", username="liaison", unit=office["zjj"])
    choose(by=user, mailbox="Wang@qu.example", wanted=["due", "return", "notice"])
    return user


def post(person, key, friday, kind="notice", **more):
    from wenpan.district.outbox.actions import post as posted

    return posted(users=[person], kind=kind, key=key, text=f"事项{key}将到期", url="/x/", at=friday, **more)


def test_one_mail_carries_the_half_days_lines_with_links(smtp, mailboxes, person, friday):
    from wenpan.district.outbox.actions import dispatch

    post(person, "甲", friday)
    post(person, "乙", friday)
    assert dispatch(at=friday).sent == 1
    (to, mail) = mailboxes.taken[0]
    assert to == ["wang@qu.example"] and mail["Subject"] == "稳盘提醒：2条"
    text = mail.get_content()
    assert "1. 事项甲将到期" in text and "https://wenpan.example/x/" in text


def test_a_mail_sent_again_after_a_crash_is_the_same_mail(smtp, mailboxes, person, friday, monkeypatch):
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.channels.mail import MailDoor

    real = MailDoor.send

    def sends_and_dies(self, *args):
        real(self, *args)
        raise KeyboardInterrupt

    post(person, "甲", friday)
    monkeypatch.setattr(MailDoor, "send", sends_and_dies)
    with pytest.raises(KeyboardInterrupt):
        dispatch(at=friday)
    monkeypatch.setattr(MailDoor, "send", real)
    assert dispatch(at=friday + timedelta(minutes=10)).sent == 1
    assert len(mailboxes.taken) == 2
    assert len({mail["Message-ID"] for _to, mail in mailboxes.taken}) == 1


def test_a_refusal_is_kept_in_words_and_tried_again(smtp, mailboxes, person, friday):
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.models import Envelope

    mailboxes.refuse = "452 mailbox full"
    post(person, "甲", friday)
    assert dispatch(at=friday).failed == 1
    assert Envelope.objects.get().error == "邮件服务器拒绝（452）"
    mailboxes.refuse = ""
    assert dispatch(at=friday + timedelta(minutes=5)).sent == 1


def test_a_server_that_is_not_there_is_said(smtp, person, friday):
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.models import Envelope

    smtp.stop()
    post(person, "甲", friday)
    assert dispatch(at=friday).failed == 1
    assert Envelope.objects.get().error.startswith("连不上邮件服务器")


class TestWhatAPersonChooses:
    def test_unwanted_kinds_stay_inside_and_musts_come_all_the_same(self, smtp, mailboxes, person, friday):
        from wenpan.district.outbox.actions import choose, dispatch

        choose(by=person, mailbox="wang@qu.example", wanted=[])
        post(person, "甲", friday, kind="due")
        assert dispatch(at=friday).sent == 0
        post(person, "乙", friday, kind="slip")
        assert dispatch(at=friday).sent == 1
        assert "甲" not in mailboxes.taken[0][1].get_content()

    def test_without_a_mailbox_nothing_is_made(self, smtp, mailboxes, person, friday):
        from wenpan.district.outbox.actions import choose, dispatch
        from wenpan.district.outbox.models import Envelope

        choose(by=person, mailbox="", wanted=["notice"])
        post(person, "甲", friday)
        assert dispatch(at=friday).sent == 0 and not Envelope.objects.exists()

    @pytest.mark.parametrize("box", ["wang@else.example", "wang", "a@b@qu.example", "wang@qu.example.cn"])
    def test_other_mailboxes_are_refused(self, smtp, person, box):
        from wenpan.district.ground.refused import Refused
        from wenpan.district.outbox.actions import choose

        with pytest.raises(Refused):
            choose(by=person, mailbox=box, wanted=[])

    def test_a_closed_account_is_not_written_to(self, smtp, mailboxes, person, friday):
        from wenpan.district.outbox.actions import dispatch

        post(person, "甲", friday)
        type(person).objects.filter(pk=person.pk).update(is_active=False)
        assert dispatch(at=friday).sent == 0 and not mailboxes.taken

    def test_the_page_keeps_what_was_ticked(self, smtp, person, client):
        from wenpan.district.outbox.models import ReminderChoice

        client.force_login(person)
        assert "必须送达" in client.get("/outbox/mine/").content.decode()
        client.post("/outbox/mine/", {"mailbox": "li@qu.example", "kind": ["due"]})
        kept = ReminderChoice.objects.get(user=person)
        assert (kept.mailbox, kept.unwanted) == ("li@qu.example", ["notice", "return"])
        client.post("/outbox/mine/", {"mailbox": "li@private.example"})
        assert ReminderChoice.objects.get(user=person).mailbox == "li@qu.example"

    def test_a_choice_is_ones_own(self, smtp, person, make_user, client):
        from wenpan.district.outbox.models import ReminderChoice

        client.force_login(make_user("leader", username="other"))
        client.post("/outbox/mine/", {"mailbox": "other@qu.example"})
        assert ReminderChoice.objects.get(user=person).mailbox == "wang@qu.example"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "sent"),
    [
        (14, 8, 29, 0),  # Friday, before work
        (14, 8, 30, 1),
        (14, 13, 0, 1),  # a lunch is no quiet hour
        (14, 17, 29, 1),
        (14, 17, 30, 0),
        (15, 10, 0, 0),  # Saturday
        (8, 10, 0, 1),  # a Saturday that is worked (调休)
        (7, 10, 0, 0),  # a Friday of the National Day holidays
    ],
)
def test_nothing_leaves_in_quiet_hours(smtp, person, friday, day, hour, minute, sent):
    from wenpan.district.outbox.actions import dispatch

    at = friday.replace(day=day, hour=hour, minute=minute)
    post(person, "甲", at)
    assert dispatch(at=at).sent == sent


def test_a_line_break_in_an_address_sends_nothing(friday):
    from wenpan.district.outbox.channels import Digest, DigestLine, MailDoor
    from wenpan.district.outbox.channels.mail import MailServer

    server = MailServer("127.0.0.1", 9, "none", "", None, "a@qu.example", "https://wenpan.example")
    digest = Digest("k", "u", "王", "", (DigestLine("文", "", ""),))
    with MailDoor(server) as door, pytest.raises(ChannelRefusedError):
        door.send(digest, "x@qu.example\nBcc: y@else.example", friday)
