"""Every public action has a case with a broken journal, every form one in which it is sent twice.

The cases are tests that exist (cases.py, tests/again.py); a new action or form without one fails here.
"""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import again
from tests.house.cases import ACTIONS, ACTIONS_WITHOUT, FORMS, FORMS_WITHOUT
from wenpan.district.accounts.actions import create_user
from wenpan.district.accounts.models import User
from wenpan.district.ground.idempotency.middleware import EXEMPT, OneFormOneDeed

ROOT = Path(__file__).parents[2]


def forms() -> set[str]:
    """Every address whose page looks at a sent form."""
    return {name for name, page in _pages(get_resolver().url_patterns) if "POST" in inspect.getsource(page)}


def _pages(patterns, namespace=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _pages(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            page = inspect.unwrap(entry.callback)
            yield f"{namespace}{entry.name}", getattr(page, "view_class", page)


def named(cases) -> Counter[str]:
    return Counter(name for names in cases.values() for name in names)


def test_every_public_action_has_one_case_with_a_broken_journal():
    cases = named(ACTIONS)
    assert sorted(set(again.public_actions()) - set(cases) - set(ACTIONS_WITHOUT)) == []
    assert sorted((set(cases) | set(ACTIONS_WITHOUT)) - set(again.public_actions())) == [], "no such action"
    assert [name for name, times in cases.items() if times > 1] == []


def test_every_form_has_one_case_in_which_it_is_sent_twice():
    cases = named(FORMS)
    assert len(forms()) > 80
    assert sorted(forms() - set(cases) - set(FORMS_WITHOUT)) == []
    assert [name for name, times in cases.items() if times > 1] == []


def test_what_is_exempt_of_the_key_has_its_reason_here_too():
    assert set(EXEMPT) <= set(FORMS_WITHOUT)


@pytest.mark.parametrize("test", sorted({*ACTIONS, *FORMS}))
def test_a_case_is_a_test_that_exists(test):
    path, *names = test.split("::")
    body: list[ast.stmt] = ast.parse((ROOT / path).read_text()).body
    for name in names:
        found = [x for x in body if isinstance(x, ast.ClassDef | ast.FunctionDef) and x.name == name]
        assert found, f"{path} has no {name}"
        body = found[0].body


# The controls: careless code is seen.


@pytest.mark.django_db
def test_an_action_that_leaves_something_behind_is_seen(make_user):
    rehearsal = again.Rehearsal()

    def careless():
        User.objects.create(username="zhao", name="赵新")
        create_user(username="qian", name="钱", unit=None, password="Stable-district-2022", by=None)

    again._try("careless", careless, (), {}, rehearsal)
    assert rehearsal.wrong == ["careless left something behind: accounts.User: 0 rows before, 1 after"]
    assert not User.objects.exists() and not connection.needs_rollback
    again._try("swallowing", lambda: _swallowed(careless), (), {}, rehearsal)
    assert "swallowing went on without a journal" in rehearsal.wrong


def _swallowed(act):
    with suppress(again.JournalBrokenError):
        act()


@pytest.mark.django_db
def test_a_form_that_is_done_twice_is_seen(make_user, client, monkeypatch):
    monkeypatch.setattr(OneFormOneDeed, "process_view", lambda *_arguments: None)
    client.force_login(make_user("supervisor"))
    with again.sent_twice(["supervision:matter_draft"]) as rehearsal:
        client.post(reverse("supervision:matter_draft"), {"title": "桐溪大道供地", "kind": "meeting"})
    assert any("supervision.Matter: 1 rows before, 2 after" in wrong for wrong in rehearsal.wrong)
