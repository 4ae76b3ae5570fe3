"""Typed addresses: what cannot be read is not asked for, and never an error page."""

import re
from pathlib import Path

import pytest

import wenpan
from wenpan.district.ui import asked

HARD = [
    "²",
    "①",
    "١٢",
    "-1",
    "1e3",
    "10" * 13,
    "9" * 5000,
    "\0",
    "9999-12-31",
    "0001-01-01",
    "2022-02-30",
    "\ud800",
    "x" * 9000,
]
PLACES = [
    ("analyst", "/plan/", ("target", "indicator", "as_of")),
    ("analyst", "/targets/", ("year", "indicator", "set_by", "q", "sort", "page")),
    ("analyst", "/targets/set/", ("of", "indicator")),
    ("analyst", "/ledger/", ("known_on", "batch", "file", "page", "indicator", "since", "q")),
    ("analyst", "/board/", ("as_of", "light", "group", "owner", "q", "sort")),
    ("analyst", "/data/", ("state", "kind", "q", "page")),
    ("analyst", "/projects/", ("month", "flag", "unit", "page", "q", "others")),
    ("analyst", "/projects/key/", ("month", "level", "show", "light", "rules")),
    ("supervisor", "/supervision/matters/", ("state", "source", "unit", "due", "flag", "page", "q")),
    ("supervisor", "/supervision/slips/", ("show", "colour", "unit", "page")),
    ("supervisor", "/supervision/scores/", ("month",)),
    ("supervisor", "/supervision/sources/", ("kind", "state", "page")),
    ("supervisor", "/supervision/matters/new/", ("parent", "source")),
    ("liaison", "/supervision/desk/", ("feed", "list")),
    ("auditor", "/journal/", ("actor", "action", "since", "until", "page", "q")),
    ("system_admin", "/accounts/people/", ("q", "sort", "page")),
]  # fmt: skip


def turn(name: str) -> int:
    return sum(map(ord, name)) % 4


@pytest.mark.parametrize("word", HARD)
def test_an_integer_is_plain_digits_of_a_size(word):
    assert asked.integer({"n": word}, "n") is None


def test_days_are_kept_within_the_calendar():
    assert asked.day({"d": "9999-12-31"}, "d") == asked.LAST
    assert asked.day({"d": "0001-01-01"}, "d") == asked.FIRST
    assert asked.day({"d": "2022-02-30"}, "d") is None


@pytest.mark.django_db
@pytest.mark.usefixtures("bell_once")
@pytest.mark.parametrize("role, path, names", PLACES, ids=[p for _r, p, _n in PLACES])
def test_no_typed_word_breaks_a_page(role, path, names, client, make_user):
    """Each word in all parameters at once, and in one alone, three of them; the bar `addresses` tries
    every word in every parameter alone."""
    client.force_login(make_user(role))
    client.raise_request_exception = False
    words = [word for word in HARD if word != "\ud800"]
    alone = [{name: word} for name in names for word in words[turn(name) :: 4]]
    asked_for = [dict.fromkeys(names, word) for word in words] + alone
    wrong = [typed for typed in asked_for if client.get(path, typed).status_code >= 500]
    assert wrong == []


def test_pages_read_no_number_by_hand():
    rooms = Path(wenpan.__file__).parent / "district"
    pages = [p for p in rooms.rglob("*.py") if "pages" in str(p.relative_to(rooms))]
    wrong = [
        p.name
        for p in pages
        if re.search(r"int\(request\.GET|GET[^\n]*\.isdigit|GET[^\n]*isdecimal", p.read_text())
    ]
    assert wrong == []
