"""`wenpan move`: a place goes to PostgreSQL and back, with equal digests, and goes on there.

In the run on PostgreSQL only: it makes databases of its own beside the one of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.migrated import begin
from tests.packaging.conftest import CODE, environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="needs PostgreSQL"
    ),
]


@contextmanager
def database(template: str = "template1") -> Iterator[str]:
    """The name of a database of a test's own."""
    import psycopg

    name = f"moved_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(dbname="postgres", autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database():
    """The URL of a database in which nothing is."""
    with database() as name:
        yield f"postgresql:///{name}"


@pytest.fixture(scope="session")
def tables(django_db_setup, django_db_blocker):
    """A copy of the tests' own database, which nobody may have open while it is copied."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
    with database(connection.settings_dict["NAME"]) as name:
        yield name


@pytest.fixture
def database_of_tables(tables):
    """The URL of a database whose tables are made and empty: `wenpan move` has less to do."""
    with database(tables) as name:
        yield f"postgresql:///{name}"


def wenpan(home, *command, url="", code=0):
    more = {"WENPAN_HOME": str(home), "PYTHONPATH": str(CODE)} | ({"DATABASE_URL": url} if url else {})
    done = subprocess.run(
        [sys.executable, "-m", "wenpan", *command], env=environment(**more), cwd=CODE, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(
    scope="module", params=["standard"]
)  # named for all, so that one place serves all who ask none
def new_place(tmp_path_factory, request):
    """A place of the profile that a test asks for (indirectly); standard."""
    home = begin(tmp_path_factory.mktemp("made") / "home")
    wenpan(home, "init", "--place", str(CODE / "wenpan/demo/play/place.yaml"), "--profile", request.param)
    return home


@pytest.fixture
def place(new_place, tmp_path):
    return shutil.copytree(new_place, tmp_path / "home")


def table_digests(told: str) -> dict[str, str]:
    rows = [line.split() for line in told.splitlines() if line.count(".") == 1 and len(line.split()) == 3]
    return {name: f"{count} {digest}" for name, count, digest in rows if not name.startswith("journal.")}


@pytest.mark.parametrize(
    ("new_place", "target"),
    [("standard", "empty_database"), ("sm", "database_of_tables")],
    indirect=["new_place"],
)
def test_there_and_back_with_equal_digests_and_a_whole_journal(place, target, request):
    url = request.getfixturevalue(target)
    there = table_digests(wenpan(place, "move", "--to", url))
    assert {"accounts.User", "accounts.Unit", "observations.Region"} <= set(there)
    wenpan(place, "doctor", "--quick", url=url)
    wenpan(place, "init", "--place", str(CODE / "wenpan/demo/play/place.yaml"), url=url)
    (place / "wenpan.sqlite3").rename(place / "former.sqlite3")
    back = table_digests(wenpan(place, "move", "--to", "sqlite", url=url))
    assert back == there
    wenpan(place, "doctor", "--quick")


def test_a_row_that_nobody_journalled_stops_the_move(place, empty_database):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(place / "wenpan.sqlite3")) as database:
        database.execute("UPDATE accounts_unit SET name = 'x' WHERE id = 1")
        database.commit()
    assert "须先处理" in wenpan(place, "move", "--to", empty_database, code=1)


def test_a_database_that_is_not_empty_is_left_alone(place, new_place, database_of_tables, tmp_path):
    wenpan(place, "move", "--to", database_of_tables)
    other = shutil.copytree(new_place, tmp_path / "other")
    assert "目标库不是空的" in wenpan(other, "move", "--to", database_of_tables, code=1)


@pytest.mark.parametrize("to", ["", "mysql://x/y", "sqlite"])
def test_where_it_cannot_go_is_said(place, to):
    wenpan(place, "move", "--to", to, code=1)
