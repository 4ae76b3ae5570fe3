"""Where nothing can be written a new process still reads, and a write says why it cannot."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError, connections
from django.db.backends.sqlite3 import base

from wenpan.district.ground import conditions
from wenpan.district.ground.databases.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database in WAL mode, closed: it has neither -wal nor -shm."""
    path = tmp_path / "wenpan.sqlite3"
    made = sqlite3.connect(path)
    made.execute("pragma journal_mode=wal")
    made.execute("create table a (b)")
    made.execute("insert into a values (7)")
    made.commit()
    made.close()
    return path


def without_shm(self, conn_params, opened=base.DatabaseWrapper.get_new_connection):
    """As SQLite on such a disk: only a database that is said never to change can be opened."""
    if "immutable=1" not in str(conn_params["database"]):
        raise base.Database.OperationalError("disk I/O error")
    return opened(self, conn_params)


@pytest.fixture
def wrapper(place: Path, monkeypatch):
    def of(*found: str) -> DatabaseWrapper:
        monkeypatch.setattr(conditions, "_of_disk", lambda _home: list(found))
        monkeypatch.setattr(base.DatabaseWrapper, "get_new_connection", without_shm)
        defaults = connections["default"].settings_dict | {"NAME": place, "ENGINE": "sqlite3", "OPTIONS": {}}
        made = DatabaseWrapper(defaults, "a")
        made.inc_thread_sharing()
        return made

    return of


@pytest.mark.parametrize("condition", ["read_only", "disk_full"])
def test_it_is_read_as_it_stands_and_a_write_is_told(wrapper, condition: str) -> None:
    database = wrapper(condition)
    with database.cursor() as cursor:
        cursor.execute("select b from a")
        assert cursor.fetchone() == (7,)
        with pytest.raises(OperationalError) as refused:
            cursor.execute("insert into a values (8)")
    assert conditions.of_error(refused.value) == condition
    database.close_if_unusable_or_obsolete()
    assert database.connection is None  # the next request tries again


def test_what_waits_in_the_wal_is_never_passed_over(wrapper, place: Path) -> None:
    place.with_name(place.name + "-wal").write_bytes(b"x" * 4096)
    with pytest.raises(OperationalError):
        wrapper("read_only").ensure_connection()


def test_with_a_healthy_disk_the_error_is_not_hidden(wrapper) -> None:
    with pytest.raises(OperationalError):
        wrapper().ensure_connection()
