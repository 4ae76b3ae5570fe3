"""The office, two units, and a paper of the city."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.district.supervision.conftest import day, people, today_is, units  # noqa: F401  (fixtures)
from wenpan.district.library.actions import add_paper, send_paper
from wenpan.district.library.reading import pasted

FRIDAY = day("2022-10-14")
TEXT = """宁澜市关于培育商贸经营主体的意见
鼓励各县区建立商贸企业培育库，按季更新。
各县区要于2022年12月20日前制定商贸企业入库培育办法。
本意见自印发之日起施行。"""


@pytest.fixture(autouse=True)
def inline(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    settings.WENPAN_HOME = tmp_path


@pytest.fixture
def added(people):  # noqa: F811
    def make(text=TEXT, **more):
        values = {
            "level": "city", "title": "关于培育商贸经营主体的意见", "issuer": "宁澜市政府", "topic": "消费",
            "dated": date(2022, 9, 20), "number": "宁政发〔2022〕8号", "text": pasted(text),
            "by": people["analyst"], "at": FRIDAY,
        }  # fmt: skip
        return add_paper(**(values | more))

    return make


@pytest.fixture
def sent(added, people, units):  # noqa: F811
    def make(*codes, **more):
        paper = added(**more)
        send_paper(paper=paper, units=[units[c] for c in codes or ("zjj",)], by=people["analyst"], at=FRIDAY)
        return paper

    return make


@pytest.fixture
def signed_in(people):  # noqa: F811
    def sign(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return sign
