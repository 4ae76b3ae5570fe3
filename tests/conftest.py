"""What every test stands on: a home of its own, no network, jobs at once, strict templates.

A commit inside a test is the end of the outermost block that the code under test opened, so that
`transaction.on_commit` works in ordinary (rolled back) tests as it does in life (tests/databases).
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HOME = Path(tempfile.mkdtemp(prefix="wenpan-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["WENPAN_HOME"] = str(HOME)
os.environ["WENPAN_JOBS"] = "inline"
os.environ["FAIL_INVALID_TEMPLATE_VARS"] = "true"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests

if not os.environ.get("CI"):  # there Hypothesis takes a profile of its own, as patient as this one
    settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings
    from django.db import connections

    settings.WENPAN_HOME = HOME
    settings.STATIC_ROOT = HOME / "static"
    settings.JOBS_INLINE = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True  # straight from the sources
    database = settings.DATABASES["default"]
    # Our engines, with commits inside tests (tests/databases). What was opened at the start is opened anew.
    database["ENGINE"] = database["ENGINE"].replace("wenpan.district.ground.databases", "tests.databases")
    del connections["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["CONN_MAX_AGE"] = 0
        database.setdefault("TEST", {})["NAME"] = str(
            HOME / "test.sqlite3"
        )  # a file: live servers have threads
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def _counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write rows past the journal, by which numbers are kept; the test of that keeps them."""
    if "django.apps" in sys.modules:
        from django.apps import apps

        if apps.ready:
            monkeypatch.setattr("wenpan.district.ui.journal_cache.KEPT_SECONDS", 0)


DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def _asks_the_database(item: pytest.Item) -> bool:
    return bool(DATABASE & set(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("django_db")
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The run on PostgreSQL leaves out what was tried on SQLite and asks the database nothing else there:
    tests without a database, tests of a browser, those marked `one_database`, and of a test with many cases
    all but the first, the middle and the last. With TESTS_EVERY_CASE=1 all of it runs (bar `databases`)."""
    from tests.sampled import sampled

    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    kept = [item for item in items if _asks_the_database(item)]
    if not os.environ.get("TESTS_EVERY_CASE"):
        left_out = ("browser", "one_database")
        kept = sampled([item for item in kept if not any(map(item.get_closest_marker, left_out))])
    chosen = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = kept


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item):
    """After the test and all that it undoes (tests/planned.py)."""
    try:
        return (yield)
    finally:
        if os.environ.get("DATABASE_URL", "").startswith("postgres") and _asks_the_database(item):
            from django.db import connection
            from pytest_django.plugin import blocking_manager_key

            from tests import planned

            with item.config.stash[blocking_manager_key].unblock():
                planned.sweep(connection)


def _is_a_file() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def _migrated_as_in_life():
    """Until the database stands: migrations as `wenpan init` makes them."""
    from contextlib import ExitStack

    from wenpan.district.ground.databases.whole_migrations import whole_migrations

    with ExitStack() as stack:
        stack.enter_context(whole_migrations())
        yield stack


@pytest.fixture(scope="session")
def django_db_keepdb(_migrated_as_in_life, django_db_modify_db_settings, django_db_keepdb: bool) -> bool:
    """An SQLite database that an earlier run migrated is copied, not made again (tests/migrated.py)."""
    from django.conf import settings

    from tests import migrated

    return _is_a_file() and migrated.bring(settings.DATABASES["default"]["TEST"]["NAME"]) or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(_migrated_as_in_life, django_db_setup, django_db_blocker):
    from django.db import connection

    from tests import migrated, planned

    _migrated_as_in_life.close()
    with django_db_blocker.unblock():
        if _is_a_file():
            migrated.keep(connection)
        else:
            planned.keep_autovacuum_out(connection)
    yield
    if _is_a_file():
        return
    # A thread of a test's own server may still hold a session, and the database could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """A socket to any other host is an error. Unix sockets and the loop stay open."""
    original = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        return original(self, address)

    socket.socket.connect = connect
    yield
    socket.socket.connect = original


@pytest.fixture(autouse=True)
def _empty_home():
    """Files that one test stored are not seen by the next."""
    yield
    shutil.rmtree(HOME / "originals", ignore_errors=True)
    (HOME / "journal-head").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _chinese():
    """A page that one test read in English leaves the next test in Chinese."""
    from django.utils import translation

    translation.activate("zh-hans")
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _cases(request):
    """A test named in tests/house/cases shows what it is named for while it runs (tests/again.py)."""
    from contextlib import ExitStack

    from tests.house.cases import actions_of, forms_of

    test = request.node.nodeid.partition("[")[0]
    actions, forms = actions_of(test), forms_of(test)
    if not (actions or forms):
        yield
        return
    from tests import again

    with ExitStack() as stack:
        shown = [
            (names, stack.enter_context(kind(names)))
            for names, kind in ((actions, again.broken_journal), (forms, again.sent_twice))
            if names
        ]
        yield
    for names, rehearsal in shown:
        assert rehearsal.wrong == []
        assert set(names) <= set(rehearsal.done), "named in tests/house/cases, and not done here"


@pytest.fixture
def behind_the_back():
    """with behind_the_back(): what somebody does in the database, whose refusals he has lifted."""
    from contextlib import contextmanager

    from django.db import connection

    from wenpan.district.ground.journal import triggers

    @contextmanager
    def lifted():
        triggers.drop(connection)
        try:
            yield
        finally:
            triggers.create(connection)

    return lifted


@pytest.fixture
def make_user(db):
    """make_user("analyst"), make_user("liaison", unit=unit): a user with that role."""
    from wenpan.district.accounts.actions import create_user

    def make(role: str, *, username: str = "", unit=None, password: str = "Stable-district-2022"):
        name = username or role or "nobody"
        return create_user(username=name, name=name, role=role, unit=unit, password=password, by=None)

    return make


@pytest.fixture
def bell_once(monkeypatch):
    """What awaits a person is counted once, not on every page: for tests that open hundreds of pages to see
    who may open them. It is half of their time."""
    from functools import cache

    from django.utils import timezone

    from wenpan.district.ui import awaited

    of = awaited.awaited_of

    @cache
    def asked(user, shown, whole):
        return of(user, timezone.now(), shown=shown, whole=whole)

    monkeypatch.setattr(awaited, "awaited_of", lambda user, at, *, shown, whole="": asked(user, shown, whole))


@pytest.fixture
def sealed_anew(behind_the_back):
    """sealed_anew(change): whoever holds database and journal key changes something and seals all again."""

    def seal(change):
        from wenpan.district.ground.journal import agreement, keeping
        from wenpan.district.ground.journal.models import Entry, Seal

        with behind_the_back():
            change()
            Seal.objects.all().delete()
            Entry.objects.all().delete()
            (HOME / "journal-head").unlink(missing_ok=True)
            keeping.seal_what_stands(why="篡改者重新封存")
        assert [str(one) for one in agreement.disagreements()] == []

    return seal


@pytest.fixture
def head_is_kept():
    """head_is_kept(): the journal's newest entry is remembered beside the database, as a real commit does.

    The transaction of a test never commits.
    """
    from django.conf import settings

    from wenpan.district.ground.journal import head
    from wenpan.district.ground.journal.models import Entry

    home = Path(settings.WENPAN_HOME)

    def keep():
        newest = Entry.objects.order_by("-sequence").first()
        known = head.Head(newest.sequence, newest.hash)
        head.write(home, settings.JOURNAL_KEY, known, back=True)

    (home / head.FILE).unlink(missing_ok=True)
    yield keep
    (home / head.FILE).unlink(missing_ok=True)
