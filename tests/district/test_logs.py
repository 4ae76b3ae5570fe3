"""One JSON object a line: what happened, to whom, how long it took, and nothing that is secret."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from wenpan.district.ground import logging_setup

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the program logs, as the JSON form writes it."""
    kept: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            kept.append(self.format(record))

    handler = Keep()
    handler.setFormatter(logging_setup.JsonLine())
    watched = [logging.getLogger(name) for name in ("wenpan.requests", "wenpan.jobs", "django.request")]
    before = [logger.level for logger in watched]
    for logger in watched:
        logger.addHandler(handler)
        logger.setLevel("INFO")
    yield lambda: [json.loads(line) for line in kept]
    for logger, level in zip(watched, before, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_a_request_leaves_one_line_with_who_what_and_how_long(client, make_user, lines):
    leader = make_user("leader")
    client.force_login(leader)
    answer = client.get("/help/?q=保密")
    (line,) = lines()
    assert line["request"] == answer["X-Request-ID"]
    assert (line["user"], line["method"], line["path"], line["status"]) == (leader.pk, "GET", "/help/", 200)
    assert line["ms"] > 0
    assert "保密" not in json.dumps(line, ensure_ascii=False)
    assert leader.username not in json.dumps(line)


def test_a_stranger_has_no_number(client, lines):
    client.get("/board/")
    assert [(line["user"], line["status"]) for line in lines()] == [(None, 302)]


def test_who_signs_in_is_known_at_once(client, make_user, lines):
    leader = make_user("leader")
    client.post("/accounts/sign-in/", {"username": "leader", "password": "Stable-district-2022"})
    assert [(line["user"], line["status"]) for line in lines()] == [(leader.pk, 302)]


def test_the_guard_against_guessing_speaks_the_same_form():
    said = logging_setup.configuration(level="INFO", form="json")
    assert said["handlers"]["stderr"]["formatter"] == "json"
    assert {"wenpan", "django"} <= {name for name, logger in said["loggers"].items() if "handlers" in logger}


def test_two_requests_have_two_ids(client):
    assert client.get("/board/")["X-Request-ID"] != client.get("/board/")["X-Request-ID"]


GIVEN = [
    ("an id from the proxy is kept", "a1b2c3-d4", True),
    ("one that could break a line is not", 'x"}\\nINFO', False),
    ("an endless one is not", "a" * 65, False),
]


@pytest.mark.parametrize(("given", "kept"), [c[1:] for c in GIVEN], ids=[c[0] for c in GIVEN])
def test_the_id_of_a_proxy(client, given, kept):
    assert (client.get("/board/", headers={"X-Request-ID": given})["X-Request-ID"] == given) is kept


def test_an_error_carries_the_id_and_the_traceback(client, make_user, lines, monkeypatch):
    client.force_login(make_user("leader"))
    monkeypatch.setattr("wenpan.district.home.pages.render", lambda *_a, **_k: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/help/")
    assert answer.status_code == 500
    told = {line["logger"]: line for line in lines()}
    assert "ZeroDivisionError" in told["django.request"]["error"]
    assert told["django.request"]["request"] == answer["X-Request-ID"]
    assert (told["wenpan.requests"]["level"], told["wenpan.requests"]["status"]) == ("ERROR", 500)


def test_what_is_logged_outside_a_request_has_no_id(lines):
    logging.getLogger("wenpan.jobs").warning("任务 %s 失败", 7)
    (line,) = lines()
    assert line["message"] == "任务 7 失败"
    assert "request" not in line


def test_a_line_break_in_a_message_stays_in_its_line():
    record = logging.LogRecord("wenpan", 20, "", 0, "一\n二", None, None)
    assert "\n" not in logging_setup.JsonLine().format(record)


def test_an_exception_is_one_line_too():
    try:
        raise KeyError("fai")
    except KeyError:
        record = logging.LogRecord("wenpan", 40, "", 0, "坏了", None, sys.exc_info())
    line = logging_setup.JsonLine().format(record)
    assert "\n" not in line
    assert "KeyError" in json.loads(line)["error"]


def test_plain_lines_do_not_tell_every_request():
    assert (
        logging_setup.configuration(level="DEBUG", form="line")["loggers"]["wenpan.requests"]["level"]
        == "CRITICAL"
    )
    assert (
        logging_setup.configuration(level="INFO", form="json")["loggers"]["wenpan.requests"]["level"]
        == "INFO"
    )


def test_another_form_is_refused_by_name():
    with pytest.raises(ImproperlyConfigured, match=r"WENPAN_LOG_FORMAT is 'xml'.*line or json"):
        logging_setup.configuration(level="INFO", form="xml")
