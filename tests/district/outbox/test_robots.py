"""Group robots: link only, signed, never more than twenty a minute, secrets shown nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.district.outbox.robot_fakes import FakeRobot

FIRM, FIGURE = "恒远机械有限公司", "12.5亿元"


@pytest.fixture(params=["dingtalk", "wecom"])
def robot(request, friday):
    fake = FakeRobot(request.param)
    fake.clock = friday.timestamp()
    yield fake
    fake.close()


@pytest.fixture
def switched_on(robot, place_rules):
    def on(secrets=None, **part):
        group = {"code": "group", "name": "督查群", "form": robot.form, "enabled": True, "units": []} | part
        laid = {"group-url": robot.url, "group-secret": robot.secret} if secrets is None else secrets
        place_rules({"robots": [group]}, secrets=laid)

    return on


def post(person, friday, key="a"):
    from wenpan.district.outbox.actions import post as posted

    text = f"{FIRM}到位资金{FIGURE}，请核实"
    return posted(users=[person], kind="notice", key=key, text=text, at=friday)


def test_a_group_is_told_once_a_half_day_which_units_and_where_and_nothing_else(
    robot, switched_on, office, make_user, friday
):
    from wenpan.district.outbox.actions import dispatch

    switched_on()
    for code, unit in office.items():
        post(make_user("liaison", username=code, unit=unit), friday)
    assert dispatch(at=friday).sent == 1
    assert len(robot.said) == 1
    said = robot.said[0]
    assert "住建局、商务局" in said and "https://wenpan.example/today/" in said
    assert FIRM not in said and "12.5" not in said and "核实" not in said


def test_a_group_of_some_units_hears_of_no_other(robot, switched_on, office, make_user, friday):
    from wenpan.district.outbox.actions import dispatch

    switched_on(units=["zjj"])
    post(make_user("liaison", unit=office["swj"]), friday)
    assert dispatch(at=friday).sent == 0
    post(make_user("liaison", username="z", unit=office["zjj"]), friday)
    assert dispatch(at=friday).sent == 1
    assert "商务局" not in robot.said[0]


def test_a_wrong_secret_is_shown_by_its_code_and_not_by_its_text(
    robot, switched_on, office, make_user, friday, client
):
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.models import Envelope

    url = robot.url.replace("=T", "=tokenofours").replace("=K", "=tokenofours")
    switched_on(secrets={"group-url": url, "group-secret": "SECx"})
    post(make_user("liaison", unit=office["zjj"]), friday)
    assert dispatch(at=friday).failed == 1
    envelope = Envelope.objects.get()
    assert "errcode" in envelope.error and envelope.next_try_at == friday + timedelta(minutes=5)
    client.force_login(make_user("supervision_head", username="chief"))
    page = client.get("/outbox/").content.decode()
    assert "errcode" in page and "督查群" in page
    assert "tokenofours" not in page and "SECx" not in page and "access_token" not in page


def test_a_lacking_secret_is_named_on_the_log_page(robot, switched_on, office, make_user, client, friday):
    from wenpan.district.outbox.actions import dispatch

    switched_on(secrets={})
    post(make_user("liaison", unit=office["zjj"]), friday)
    assert dispatch(at=friday).failed == 1
    client.force_login(make_user("supervision_head", username="chief"))
    assert "缺 group-url" in client.get("/outbox/").content.decode()


def test_the_twenty_first_in_a_minute_waits_for_the_next(robot, switched_on, make_user, office, friday):
    """Twenty-five digests that were given up come back at once."""
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.models import Delivery, Envelope, Message

    switched_on()
    person = make_user("liaison", unit=office["zjj"])
    for number in range(25):
        post(person, friday, key=str(number))
    for number, message in enumerate(Message.objects.all()):
        envelope = Envelope.objects.create(
            key=f"group:0:{number}", channel="group", next_try_at=friday, made_at=friday
        )
        Delivery.objects.create(message=message, envelope=envelope, channel="group")
    assert dispatch(at=friday).sent == 20
    assert dispatch(at=friday + timedelta(seconds=59)).sent == 0
    robot.clock += 61
    assert dispatch(at=friday + timedelta(seconds=61)).sent == 5
    assert len(robot.said) == 25


def test_a_robot_that_was_muted_is_left_alone_for_as_long_as_it_asks(
    robot, switched_on, make_user, office, friday
):
    from wenpan.district.outbox.actions import dispatch
    from wenpan.district.outbox.models import Envelope

    switched_on()
    robot.taken = [robot.clock] * 20  # another program used it
    post(make_user("liaison", unit=office["zjj"]), friday)
    assert dispatch(at=friday).failed == 1
    minutes = 10 if robot.form == "dingtalk" else 5
    assert Envelope.objects.get().next_try_at == friday + timedelta(minutes=minutes)


def test_the_signature_is_the_one_of_the_document():
    """The document's own example key; the sum was made with openssl dgst -sha256 -hmac."""
    from wenpan.district.outbox.channels.robots import signed

    url = signed("https://robot.example/send?access_token=X", "this is secret", 1577262236757)
    assert url == (
        "https://robot.example/send?access_token=X&timestamp=1577262236757"
        "&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"
    )


def test_an_address_without_encryption_is_refused(friday):
    from wenpan.district.outbox.channels.digest import ChannelRefusedError
    from wenpan.district.outbox.channels.robots import Robot, send_by_robot

    with pytest.raises(ChannelRefusedError, match="https"):
        send_by_robot(Robot("g", "wecom", "http://robot.example/send?key=K", None), "文", friday)


@pytest.mark.parametrize("count", [0, 1, 2, 30, 400])
def test_a_text_never_outgrows_the_limit(count):
    from wenpan.district.outbox.channels.robots import TEXT_BYTES, words

    text = words([f"单位{number}局" for number in range(count)], "https://wenpan.example", "k")
    assert len(text.encode()) <= TEXT_BYTES and text.endswith("https://wenpan.example/today/")
