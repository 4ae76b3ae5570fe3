"""Tests that exist run as cases of a promise: their actions with a broken journal, their forms sent twice.

`tests/house/cases` names a test for every public action and for every address that takes a form. While
that test runs, its action is tried first with a journal that cannot be written (nothing may stay of it), or
each form it sends is sent a second time as it is (nothing may change). The test itself then goes on as ever.
A test that is named and does not do what it is named for fails.
"""

from __future__ import annotations

import ast
import copy
import functools
import hashlib
import importlib
import inspect
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest import mock

import wenpan

DISTRICT = Path(wenpan.__file__).parent / "district"
ENTRY = "wenpan.district.ground.journal.actions.Entry.objects.create"
# What the end of a form keeps of it is no record.
NO_RECORDS = {"idempotency.SentForm"}


class JournalBrokenError(Exception):
    """The journal of a rehearsal cannot be written."""


def public_actions() -> dict[str, str]:
    """`module.function` below wenpan.district → the file: every public function of the files of actions that
    is told who acts, and every other one that is and journals what it does."""
    found = {}
    for path in sorted(DISTRICT.rglob("*.py")):
        if (room := path.relative_to(DISTRICT)).parts[:2] == ("ground", "journal"):
            continue
        of_actions = path.stem.endswith("actions") or path.parent.name == "actions"
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            told = "by" in [argument.arg for argument in node.args.kwonlyargs]
            if told and (of_actions or _records(node)):
                found[".".join([*room.with_suffix("").parts, node.name])] = str(room)
    return found


def _records(function: ast.FunctionDef) -> bool:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any((getattr(call, "attr", "") or getattr(call, "id", "")) == "record" for call in calls)


def picture() -> dict[str, list[Any]]:
    """Every row of every table of ours, without the traces of the machinery.

    As the database holds them: to ask 151 tables by their models took twenty times as long.
    """
    from django.db import connection

    rows = {}
    with connection.cursor() as cursor:
        for label, statement in _statements(connection.ops.quote_name):
            cursor.execute(statement)
            rows[label] = cursor.fetchall()
    return rows


@functools.cache
def _statements(quoted: Callable[[str], str]) -> list[tuple[str, str]]:
    """Label of a table → the statement that reads it whole, in the order of its keys."""
    from django.apps import apps

    metas = [
        model._meta
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("wenpan.") and model._meta.label not in NO_RECORDS
    ]
    return [
        (meta.label, f"SELECT * FROM {quoted(meta.db_table)} ORDER BY {quoted(meta.pk.column)}")
        for meta in metas
    ]


def differences(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [
        f"{label}: {len(before[label])} rows before, {len(after[label])} after"
        for label in before
        if before[label] != after[label]
    ]


class Rehearsal:
    """What one test showed: which of the things it is named for it did, and what was wrong with them."""

    def __init__(self) -> None:
        self.done: dict[str, int] = {}
        self.wrong: list[str] = []

    def count(self, name: str) -> None:
        self.done[name] = self.done.get(name, 0) + 1


@contextmanager
def broken_journal(names: Collection[str]) -> Iterator[Rehearsal]:
    """The outermost call of each of these actions is tried first with a journal that cannot be written."""
    rehearsal, stack = Rehearsal(), ExitStack()
    with stack:
        for name in names:
            module, _dot, function = f"wenpan.district.{name}".rpartition(".")
            original = getattr(importlib.import_module(module), function)
            _put_in_place(stack, original, _tried_first(name, original, rehearsal))
        yield rehearsal


def _put_in_place(stack: ExitStack, original: Any, other: Any) -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith(("wenpan", "tests")):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    stack.enter_context(mock.patch.object(module, attribute, other))


def _tried_first(name: str, original: Callable[..., Any], rehearsal: Rehearsal) -> Callable[..., Any]:
    trying = False

    @functools.wraps(original)
    def tried(*args: Any, **kwargs: Any) -> Any:
        nonlocal trying
        if not trying and name not in rehearsal.done:
            trying = True
            try:
                _try(name, original, args, kwargs, rehearsal)
            finally:
                trying = False
        return original(*args, **kwargs)

    return tried


def _try(name: str, original: Any, args: Any, kwargs: Any, rehearsal: Rehearsal) -> None:
    """Inside a savepoint, so that the test goes on whatever stays; what stays is seen before it is undone."""
    from django.db import transaction

    with suppress(Exception):  # rows that the broken try changes in memory are not the test's own
        args, kwargs = copy.deepcopy((args, kwargs))
    broken = mock.Mock(side_effect=JournalBrokenError)
    before = picture()
    with transaction.atomic():
        why = ""
        try:
            with mock.patch(ENTRY, broken):
                answer = original(*args, **kwargs)
                if inspect.isgenerator(answer):
                    list(answer)
        except Exception as error:
            why = type(error).__name__
        if broken.called:  # else it was refused before it did anything: no case
            rehearsal.count(name)
            if not why:
                rehearsal.wrong.append(f"{name} went on without a journal")
            left = differences(before, picture())
            rehearsal.wrong += [f"{name} left something behind: {one}" for one in left]
        transaction.set_rollback(True)


@contextmanager
def sent_twice(names: Collection[str], times: int = 2) -> Iterator[Rehearsal]:
    """Each form that is sent to one of these addresses and taken is sent again, to the byte."""
    from django.test import Client
    from django.test.client import FakePayload

    rehearsal = Rehearsal()
    original = Client.request

    def request(self: Any, **environ: Any) -> Any:
        if environ.get("REQUEST_METHOD") != "POST":
            return original(self, **environ)
        body, before = _with_a_key(environ), picture()
        answer = original(self, **environ | {"wsgi.input": FakePayload(body)})
        match = answer.wsgi_request.resolver_match
        if match is None or match.view_name not in names or answer.status_code >= 400:
            return answer
        after_first = picture()
        for _time in range(1, times):
            again = original(self, **environ | {"wsgi.input": FakePayload(body)})
            told = (again.status_code, again.headers.get("Location"))
            if told != (first := (answer.status_code, answer.headers.get("Location"))):
                rehearsal.wrong.append(f"{match.view_name} answered {first}, then {told}")
        if after_first != before:  # a form that was answered with a refusal shows nothing
            rehearsal.count(match.view_name)
        rehearsal.wrong += [f"{match.view_name}: {x}" for x in differences(after_first, picture())]
        return answer

    with mock.patch.object(Client, "request", request):
        yield rehearsal


def _with_a_key(environ: dict[str, Any]) -> bytes:
    """The body of the form with a key, as every form of ours has one; a body of another kind as it is.

    A test that sends the same form again means the same form: the key follows from what is sent.
    """
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    kind, key = environ.get("CONTENT_TYPE", ""), hashlib.sha256(body).hexdigest().encode()
    if b"form_key" in body:
        return bytes(body)
    if kind.startswith("multipart/form-data") and (boundary := kind.partition("boundary=")[2].encode()):
        field = b'--%s\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n%s\r\n' % (boundary, key)
        body = field + (body or b"--%s--\r\n" % boundary)
    elif kind.startswith("application/x-www-form-urlencoded"):
        body = b"form_key=%s&" % key + body
    environ["CONTENT_LENGTH"] = str(len(body))
    return bytes(body)
