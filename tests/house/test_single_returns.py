"""Who reads single returns is journalled, list, page and export alike: every address of the rooms that hold
them says so, or why it shows none."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
from wenpan.district.accounts.single_returns import ACTION
from wenpan.district.ground.journal.models import Entry

ROOMS = ("projects", "intake", "quality", "entries")
BY_ITSELF = {  # the page writes an entry of its own, with the record's name
    "projects:project": "projects.read",
    "projects:key_project": "projects.read",
    "projects:return_form": "projects.export",
    "quality:letter": "projects.read",
    "quality:new_letter": "projects.read",
}
SHOWS_NONE = {
    "projects:own_returns": "who has handed in, without figures",
    "projects:collection": "who has handed in, without figures",
    "projects:speech": "sums of groups",
    "projects:outlook": "sums of the pool",
    "projects:curves": "fitted curves",
    "projects:my_sites": "names of sites, days and problems, without figures",
    "projects:site_plan": "names of sites and days, without figures",
    "projects:photo": "part of the project's page, whose reading is journalled",
    "quality:letters": "questions and their states, without figures",
    "quality:reporters": "days and counts, without figures",
    "quality:reporter": "days and counts, without figures",
    "quality:sources": "published growths of the district",
    "quality:relations": "rules",
    "quality:estimates": "what units expect of the district's indicators",
    "quality:trainings": "what was taught",
    "quality:training": "counts of errors",
    "quality:draws": "seeds and counts",
    "quality:population": "codes",
    "entries:progress": "counts of steps",
    "entries:batches": "days and names of papers",
    "intake:list": "names and states of files",
    "intake:upload": "a form",
    "intake:layouts": "headers",
    "intake:taught": "headers",
    "intake:alias": "a form of names",
    "intake:samples": "invented tables",
    "intake:sample": "invented tables",
}


def addresses(patterns, namespace=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(
                entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


SHOWN = {name: page for name, page in addresses(get_resolver().url_patterns) if name.split(":")[0] in ROOMS}


@pytest.mark.django_db
def test_every_address_of_these_rooms_journals_its_reading_or_shows_no_single_return(client, make_user):
    from tests.house.test_permission_matrix import ADDRESSES
    from wenpan.district.accounts.permissions import can
    from wenpan.district.accounts.roles import ROLES

    users = {role: make_user(role) for role in ROLES}
    open_ = set()
    for address in ADDRESSES:
        if address.name in SHOWN:
            user = next(user for user in users.values() if can(user, *address.permissions))
            client.force_login(user)
            if client.get(address.path).status_code != 405:  # the others only take forms
                open_.add(address.name)
    marked = {name for name, page in SHOWN.items() if hasattr(page, "single_returns")}
    assert open_ - marked - set(BY_ITSELF) - set(SHOWS_NONE) == set()
    assert set(BY_ITSELF) | set(SHOWS_NONE) <= set(SHOWN)
    assert marked & (set(BY_ITSELF) | set(SHOWS_NONE)) == set()


@pytest.mark.parametrize(
    "who, name, query",
    [
        ("analyst", "projects:keys", {"level": "district"}),
        ("analyst", "projects:map", {}),
        ("analyst", "projects:problems", {"show": "open"}),
        ("analyst", "projects:problems", {"export": "xlsx"}),
        ("analyst", "projects:links", {}),
        ("analyst", "projects:successions", {}),
        ("town", "projects:own_return", {}),
        ("town", "projects:own_original", {}),
        ("analyst", "intake:submission", {}),
        ("analyst", "intake:original", {}),
    ],
)
def test_who_read_what_with_which_filters_is_in_the_journal(theirs, people, signed_in, who, name, query):  # noqa: F811
    args = theirs["projects:own_return"] if name.startswith("intake") or "own" in name else ()
    path = reverse(name, args=args)
    browser = signed_in(who)
    for _twice in range(2):
        answer = browser.get(path, query)
        assert answer.status_code == 200
        b"".join(answer)
    entries = Entry.objects.filter(action=ACTION, actor_id=people[who].pk)
    assert [(e.subject, e.detail["filters"]) for e in entries] == [
        (f"page:{path}", "&".join(f"{k}={v}" for k, v in query.items()))
    ] * 2


def test_what_was_not_shown_was_not_read(theirs, people, signed_in):  # noqa: F811
    assert signed_in("analyst").get(reverse("intake:submission", args=[987_654])).status_code == 404
    foreign = reverse("projects:own_return", args=theirs["projects:own_return"])
    assert signed_in("liaison").get(foreign).status_code == 404
    assert not Entry.objects.filter(action=ACTION).exists()
