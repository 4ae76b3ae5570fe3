"""No code path writes a firm's value: every address is sent figures by every role, and the only code
that makes or changes a return or an official figure is the intake's.

Files that are handed in and accepted are the one way in; their addresses have tests of their own.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import timezone as clock

import wenpan
from tests.district.quality.conftest import AT
from tests.house.test_permission_matrix import ADDRESSES
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.journal.models import Entry
from wenpan.district.observations.models import Observation
from wenpan.district.projects.models import Project, Return, Standing
from wenpan.district.quality import actions
from wenpan.district.quality.models import QueryLetter

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ROOMS = Path(wenpan.__file__).parent / "district"
HELD = (Return, Observation)
# The files that may make a row of these tables, each a part of accepting a file that somebody handed in.
WRITERS = {
    "projects/returns/actions.py",
    "observations/versions.py",
    "observations/actions.py",
}
FIGURES = {
    "value": "1", "cumulative": "1", "this_year": "1", "planned_total": "1", "actual": "1", "reported": "1",
    "amount": "1", "evidence": "1", "kind": "right", "text": "改为1", "outcome": "unfounded",
    "reason": "改为1",
    "project": "1", "month": "2022-09", "rule": "total_since_start", "question": "请改为1", "title": "x",
    "due": "2099-01-01", "seed": "7", "asked": "1", "list": "", "code": "P1", "item": "本年累计投资（万元）",
    "period": "2022-09", "checkers": "赵、钱", "checked_on": "2022-10-18", "held_on": "2022-10-18",
    "teacher": "赵", "content": "x", "unit": "tongxi", "way": "letter", "served_on": "2022-10-18",
    "until": "2099-01-01", "state": "completed", "note": "1", "person": "1", "on": "2022-10-18",
}  # fmt: skip


def held():
    return [list(model._base_manager.order_by("pk").values()) for model in HELD]


@pytest.mark.usefixtures("bell_once")
def test_no_address_changes_a_return_or_a_figure_whoever_sends_it_whatever(letter, people, make_user, client):
    client.raise_request_exception = False
    before = held()
    users = {role: make_user(role, username=f"r-{role}") for role in ROLES}
    users["liaison"] = people["town"]
    entries = Entry.objects.count()
    for role, user in users.items():
        client.force_login(user)
        for address in ADDRESSES:
            if address.permissions and not set(address.permissions) & set(ROLES[role].permissions):
                continue
            if address.name == "accounts:sign_out":
                continue
            answer = client.post(address.path, FIGURES)
            if "/accounts/" in answer.get("Location", ""):  # it may have ended the session
                client.force_login(user)
    assert held() == before
    assert Entry.objects.count() > entries + 5, "forms did arrive"


def test_the_flow_of_a_letter_to_its_end_changes_no_return_and_no_derived_standing(letter, people):
    before, standings = held(), list(Standing.objects.order_by("pk").values())
    actions.answer_letter(letter=letter, kind="corrected", text="本年数应为600", by=people["town"], at=AT)
    actions.close_letter(letter=letter, outcome="unfounded", reason="x", by=people["office"], at=AT)
    assert (held(), list(Standing.objects.order_by("pk").values())) == (before, standings)


def test_only_the_intake_makes_or_changes_rows_of_returns_and_figures():
    """Every call of the code that creates, updates or saves a return or an observation stands in a file of
    the intake's parts; a room of checks that did would be seen here."""
    found = {
        path.relative_to(ROOMS).as_posix()
        for path in ROOMS.rglob("*.py")
        if "migrations" not in path.parts and _writes(ast.parse(path.read_text()))
    }
    assert found <= WRITERS, found - WRITERS
    assert "projects/returns/actions.py" in found, "the search does find what writes"


WRITING = {"create", "bulk_create", "update", "bulk_update", "update_or_create", "get_or_create", "delete"}


def _writes(tree: ast.AST) -> bool:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        if name in {"Return", "Observation"}:
            return True
        if getattr(node.func, "attr", "") in WRITING and _starts_at_held(node.func):
            return True
    return False


def _starts_at_held(node: ast.AST) -> bool:
    """Return.objects.filter(…).update: the chain begins at one of the tables."""
    while True:
        if isinstance(node, ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        else:
            return getattr(node, "id", "") in {"Return", "Observation"}


def test_the_rooms_tables_of_questions_have_no_column_for_a_right_value():
    """核实数 of a field check is the one amount here: written by checkers from documents, beside what was
    reported."""
    amounts = {
        (model.__name__, field.name)
        for model in _models()
        for field in model._meta.get_fields()
        if field.get_internal_type() in {"DecimalField", "FloatField"}
    }
    assert amounts == {
        ("FieldCheckResult", "reported"),
        ("FieldCheckResult", "actual"),
        ("EarlierEstimate", "value"),  # of the district's indicator, no firm's
    }


def _models():
    from django.apps import apps

    return list(apps.get_app_config("quality").get_models())


def test_a_letter_holds_what_was_reported_and_a_question(letter):
    assert QueryLetter.objects.get().evidence.count("2600") == 1
    assert Project.objects.get(code="P1").planned_total == 10_000
    assert clock.now() > letter.issued_at
