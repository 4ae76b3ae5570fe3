"""No typed word ends in an error: every parameter of every GET address, found in the sources and tried.

The cheap half of the bar `addresses`, which tries every word in every parameter on the demonstration.
"""

from __future__ import annotations

from datetime import date

import pytest

from bars import _typed_addresses as typed
from tests.house.foreign_records import (  # noqa: F401  (fixtures)
    assigned,
    drafted,
    people,
    regions,
    signed_in,
    theirs,
    today_is,
    units,
)
from wenpan.district.accounts.roles import ROLES
from wenpan.district.bulletins.models import Document


@pytest.mark.parametrize(
    "module, names",
    [
        ("wenpan.district.ui.tables", {"page", "sort"}),
        ("wenpan.district.audit.pages", {"since", "until", "attention"}),
        ("wenpan.district.observations.forms", {"known_on", "batch", "file"}),
        ("templates", {"q", "month"}),
    ],
)
def test_parameters_are_found_in_the_sources(module, names):
    assert names <= typed.static_names()[module]


@pytest.mark.usefixtures("bell_once")
def test_no_typed_word_ends_in_an_error(theirs, make_user, client, behind_the_back):  # noqa: F811
    from django.test import Client

    with behind_the_back():
        Document.objects.all().delete()  # only the shell of one: the bar has whole ones
    clients = {"": client}
    for role in ROLES:
        clients[role] = Client()
        clients[role].force_login(make_user(role, username=f"all-{role}"))
    for one in clients.values():
        one.raise_request_exception = False
    walked = typed.walk(clients, typed.candidates(date(2022, 10, 18)), full=False)
    assert walked.faults == []
    assert walked.unfound == set()  # a parameter that the search in the sources has missed
    assert walked.addresses > 60
    assert walked.parameters > 150


MANY = "9" * 5_000  # more digits than Python reads into a number
FORMS = [
    ("clerk", "supervision:matter_draft", {"title": "x", "parent": MANY, "source": MANY}),
    (
        "clerk",
        "supervision:matter_draft",
        {"title": "x", "every": "weekly", "every_day": MANY, "lead": "zjj"},
    ),
    ("town", "supervision:deed", {"seen": MANY, "claim": "progress", "process": "正在清表"}),
    ("service", "firms:add_problem", {"title": "", "from": MANY, "requests": MANY}),
    ("clerk", "personal:star", {"subject": f"matter:{MANY}"}),
]


@pytest.mark.parametrize(("who", "name", "data"), FORMS)
def test_no_number_of_a_form_ends_in_an_error(theirs, people, make_user, who, name, data):  # noqa: F811
    """Five thousand digits where the form says which version was seen were an error page."""
    from django.test import Client
    from django.urls import reverse

    from wenpan.district.supervision.models import Matter

    people["service"] = make_user("service", username="service")
    args = {"supervision:deed": (Matter.objects.get().pk, "feed_back")}.get(name, theirs.get(name, ()))
    browser = Client(raise_request_exception=False)
    browser.force_login(people[who])
    assert browser.post(reverse(name, args=args), data).status_code < 500


@pytest.mark.django_db
def test_a_page_that_breaks_is_seen(client, make_user, monkeypatch):
    """The control."""
    from wenpan.district.ui import asked

    monkeypatch.setattr(asked, "day", lambda get, name: date.fromisoformat(get.get(name, "2022-01-01")))
    client.force_login(make_user("auditor"))
    client.raise_request_exception = False
    walked = typed.Walked()
    with typed.Recorder() as recorder:
        typed._try(client, "/journal/", {"until": "²"}, recorder, walked)
    assert len(walked.faults) == 1
