"""A district with a service office, a department that handles, a town, firms, and a Friday morning."""

from __future__ import annotations

from itertools import count

import pytest

from tests.district.supervision.conftest import day, today_is, units  # noqa: F401  (fixtures)

FRIDAY = day("2022-10-14")


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def people(units, make_user):  # noqa: F811
    """office and second of the service office, handler and colleague of 住建局, town, leader, supervisor."""
    who = {
        "office": ("service", "jfj"),
        "second": ("service", "jfj"),
        "handler": ("liaison", "zjj"),
        "colleague": ("unit_head", "zjj"),
        "town": ("liaison", "tongxi"),
        "other": ("liaison", "liuwan"),
        "leader": ("leader", None),
        "supervisor": ("supervisor", "dcb"),
        "analyst": ("analyst", "jfj"),
    }
    return {
        name: make_user(role, username=name, unit=units.get(unit) if unit else None)
        for name, (role, unit) in who.items()
    }


@pytest.fixture
def firm(people, units):  # noqa: F811
    """安禾精工, in 桐溪镇."""
    from wenpan.district.firms.ledger.actions import add_firm

    values = {
        "name": "安禾精工有限公司",
        "uscc": "91350100M000100Y43",
        "trade": "机械",
        "size": "small",
        "town": units["tongxi"],
        "lists": ["四上", "规上工业"],
        "honours": ["专精特新"],
    }
    return add_firm(values=values, by=people["office"], at=FRIDAY)


@pytest.fixture
def asked(firm, people):
    """asked("title"): a request of the firm, registered on Friday 14 October 2022 at nine."""
    from wenpan.district.firms.requests.actions import register_request

    def make(title="供电容量不足", at=FRIDAY, **more):
        values = {
            "firm": firm,
            "title": title,
            "channel": "window",
            "category": "factors",
            "by": people["office"],
            "at": at,
        }
        return register_request(**(values | more))

    return make


@pytest.fixture
def step(people, units):  # noqa: F811
    """step(request, "accepted"): taken by whose step it is, at that day or Friday at ten, eleven …"""
    from datetime import timedelta

    from wenpan.district.firms.requests.actions import take_step
    from wenpan.district.firms.requests.steps import UNIT
    from wenpan.economy.requests.events import RequestEventKind

    def take(request, kind, *, by="", at=None, **more):
        kind = RequestEventKind(kind)
        who = by or ("handler" if kind in UNIT else "office")
        request.refresh_from_db()
        last = request.entries.order_by("-sequence").first().at
        if kind is RequestEventKind.ASSIGNED:
            more.setdefault("unit", units["zjj"])
        take_step(request=request, kind=kind, by=people[who], at=at or last + timedelta(minutes=30), **more)
        request.refresh_from_db()
        return request

    return take


@pytest.fixture
def replied(asked, step):
    """A request that 住建局 has answered."""
    request = asked()
    for kind in ("accepted", "assigned", "signed_for", "replied"):
        step(request, kind, text="已协调增容" if kind == "replied" else "")
    return request


@pytest.fixture
def signed_in(people):
    from django.test import Client

    def sign(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return sign


@pytest.fixture
def reader_place(people, monkeypatch):
    from wenpan.district.intake import handlers

    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    known = {"桐溪镇": "tongxi", "住建局": "zjj"}
    monkeypatch.setattr(
        handlers, "place", lambda: handlers.ReaderPlace({"安禾区": "anhe"}, known, "anhe", "n")
    )


@pytest.fixture
def checked(people):
    from wenpan.district.intake import actions

    numbers = count(1)

    def send(data, name="", at=FRIDAY):
        name = name or f"表{next(numbers)}.xlsx"
        submission = actions.submit(data=data, filename=name, by=people["analyst"], at=at)
        return actions.check(submission=submission, at=at)

    return send


@pytest.fixture
def accepted(checked, people):
    from wenpan.district.intake import actions

    def send(data, name="", at=FRIDAY):
        submission = checked(data, name, at)
        told = list(submission.findings.values_list("severity", "cell", "check_code", "found"))
        assert submission.state == "ready", told
        keys = list(submission.findings.filter(severity="soft").values_list("key", flat=True))
        if keys:
            actions.explain(
                submission=submission, reasons=dict.fromkeys(keys, "已核实"), by=people["analyst"], at=at
            )
        return actions.accept(submission=submission, by=people["analyst"], at=at)

    return send


@pytest.fixture
def undone(people):
    from wenpan.district.intake import actions

    def take_back(submission):
        return actions.undo(submission=submission, reason="传错了", by=people["analyst"])

    return take_back
