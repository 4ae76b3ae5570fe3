"""The journal for the city's log collector: every line is a message of RFC 5424."""

from __future__ import annotations

import re

import pytest
from django.db import transaction

from wenpan.cli import main
from wenpan.district.ground.journal import syslog
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
GRAMMAR = re.compile(  # RFC 5424, section 6
    r"<(?P<pri>\d{1,3})>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z [\x21-\x7e]{1,255} [\x21-\x7e]{1,48} "
    r"[\x21-\x7e]{1,128} (?P<id>[\x21-\x7e]{1,32}) "
    r'\[wenpan@32473(?: [\x21\x23-\x3c\x3e-\x5c\x5e-\x7e]{1,32}="(?:[^"\\\]]|\\["\\\]])*")+\] '
    r"\ufeff(?P<text>.*)"
)


def write(**more) -> Entry:
    told = {"by": None, "action": "a.b", "subject": "c:1", "summary": "登录"} | more
    with transaction.atomic():
        return record(**told)


def test_every_line_is_a_message_of_the_rfc(capsys):
    write()
    write(summary='引号 " 反斜线 \\ 方括号 ] 换\n行', subject='x:"]\\')
    write(action="supervision." + "x" * 40)
    assert main(["journal", "syslog"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert GRAMMAR.fullmatch(line), line
    assert GRAMMAR.fullmatch(lines[1])["text"].endswith("换 行")


def test_what_the_auditor_should_see_is_a_warning_the_rest_a_notice():
    assert syslog.message(write(), "h").startswith("<109>1 ")
    assert syslog.message(write(detail={"attention": True}), "h").startswith("<108>1 ")


def test_a_collector_goes_on_where_it_stood(capsys):
    numbers = [write().sequence for _n in range(3)]
    main(["journal", "syslog", "--after", str(numbers[1])])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 and f'seq="{numbers[2]}"' in lines[0]


def test_the_hash_of_the_chain_goes_along():
    entry = write()
    assert f'hash="{entry.hash}"' in syslog.message(entry, "h")
