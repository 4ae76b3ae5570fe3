"""`wenpan doctor`: looks for what must not be: impossible records, missing originals, a broken journal.

Also makes again what was derived: figures from their originals, judgements from the figures, score sheets
from the events, papers from their input, the tables of finance and accounts from their files, stages from
steps, draws from their seed, memos and reports from their rows (`--quick` leaves that out). Prints one line
a trouble with what to do, and ends with 0 when there is none, 1 otherwise. Reads only.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator
from functools import partial

from wenpan.commands._start import home, start_django
from wenpan.commands.settings import unlisted


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("doctor", help="look for impossible records 体检", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="do not make figures, judgements, papers again")
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    start_django()
    troubles = list(examine())
    if not arguments.quick:
        troubles += rederived(lambda words: print(f"… {words}", flush=True))
    for trouble in troubles:
        print(f"× {trouble}")
    print(_ticked())
    print(f"{home()}: " + (f"{len(troubles)} troubles found" if troubles else "nothing amiss"))
    return 1 if troubles else 0


NO_FILES = {
    "intake.FileScan": "what was seen of a file that another row keeps",
    "wall.ScreenKey": "the hash of a key",
    "sharing.AccessToken": "the first letters of a token",
}


def _ticked() -> str:
    """When the timed work last ran, trouble or not."""
    from django.db import DatabaseError

    from wenpan.district.supervision.escalation.queries import last_tick

    try:
        last = last_tick()
    except DatabaseError:
        last = None
    return f"timed work last ran: {last:%Y-%m-%d %H:%M}" if last else "timed work last ran: never"


def examine() -> Iterator[str]:
    """Every trouble as a sentence. Later checks need what earlier ones found whole."""
    yield from _environment()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "the database is older than the code: run `wenpan serve` once, or manage.py migrate."
        return
    for check in (_place, _database, _originals, _figures, _matters, _clock, _journal, _rules, _rows):
        yield from _to_the_end(check)


def _to_the_end(check: Callable[[], Iterator[str]], called: str = "") -> Iterator[str]:
    """A record that is not what it must be may stop a check half-way: that is told, and the others go on."""
    try:
        yield from check()
    except Exception as error:
        name = called or check.__name__.strip("_")
        yield f"the check of {name} stopped at a record that cannot be read: {error!r}."


def rederived(tell: Callable[[str], None] = lambda words: None, only: Collection[str] = ()) -> Iterator[str]:
    """What making everything again finds: also what an owner of the journal's key has sealed anew. `only`:
    of some rooms, by name."""
    from wenpan.district.attraction import rederived as deals
    from wenpan.district.bulletins import rederived as papers
    from wenpan.district.campaigns import rederived as campaigns
    from wenpan.district.entries import rederived as entries
    from wenpan.district.firms.requests import rederived as requests
    from wenpan.district.fiscal import rederived as fiscal
    from wenpan.district.indicators import rederived as judgements
    from wenpan.district.meetings import rederived as meetings
    from wenpan.district.observations import rederived as figures
    from wenpan.district.quality import rederived as quality
    from wenpan.district.supervision.scoring import rederived as scores
    from wenpan.district.supports import rederived as supports

    newer = (fiscal, supports, entries, campaigns, quality, meetings)
    for room in (figures, judgements, scores, papers, deals, requests, *newer):
        if not only or room.__name__.split(".")[2] in only:
            yield from _to_the_end(partial(room.troubles, tell), room.__name__)


def _environment() -> Iterator[str]:
    from wenpan.district.ground.sqlite import wal_is_safe

    for name in unlisted():
        yield f"{name} is set, but nothing reads it: is it misspelt? See `wenpan settings`."
    if not wal_is_safe():
        yield "this SQLite has the WAL-reset bug; the slower rollback journal is used. Install pysqlite3."


def _place() -> Iterator[str]:
    from wenpan.district.observations.models import Region
    from wenpan.rules import RuleError, catalogue, place

    try:
        catalogue(home())
        if place(home()) is None:
            yield "WENPAN_HOME/rules/place.yaml is missing: run `wenpan init --place FILE` or `wenpan demo`."
    except RuleError as error:
        yield str(error)
    if Region.objects.filter(home=True).count() != 1:
        yield "no district is marked as home."


def _database() -> Iterator[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for (answer,) in cursor.execute("PRAGMA integrity_check").fetchall():
                if answer != "ok":
                    yield f"database damaged: {answer}. Restore the last backup."
            for row in cursor.execute("PRAGMA foreign_key_check").fetchall():
                yield f"a row of {row[0]} points to a row that is not there (rowid {row[1]})."


def _originals() -> Iterator[str]:
    from wenpan.district.ground import originals as store

    named: dict[str, str] = {}
    for sha256, name in _kept_files():
        named.setdefault(sha256, name)
    for sha256, name in named.items():
        try:
            store.get(sha256)
        except FileNotFoundError:
            yield f"the original of “{name}” is missing: take {sha256} from a backup."
        except (ValueError, TypeError):
            yield f"the original of “{name}” is kept under {sha256!r}, which is no hash."
        except store.DamagedError:
            yield f"the original of “{name}” was changed on the disk (originals/{sha256[:2]}/{sha256})."


def _kept_files() -> Iterator[tuple[str, str]]:
    """Hash and name of every file that a row of any room keeps in the store, found by the columns."""
    from django.apps import apps

    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if not model.__module__.startswith("wenpan.") or model._meta.label in NO_FILES:
            continue
        called = next((name for name in ("first_name", "filename", "title", "number") if name in names), "pk")
        for column in sorted(names & {"sha256", "shown", "picture"}):
            rows = model._base_manager.exclude(**{column: ""}).order_by().values_list(column, called)
            for sha256, name in rows.iterator():
                yield sha256, str(name) if called != "pk" else f"{model._meta.label} {name}"


def _figures() -> Iterator[str]:
    from django.db.models import F

    from wenpan.district.intake.models import Submission
    from wenpan.district.observations.models import Observation
    from wenpan.rules import catalogue

    known = set(catalogue(home()))
    for code in Observation.objects.values_list("indicator", flat=True).distinct():
        if code not in known:
            yield f"figures of “{code}” are in the ledger, but the catalogue does not know it."
    backwards = Observation.objects.filter(superseded_at__lt=F("recorded_at")).count()
    if backwards:
        yield f"{backwards} figures were replaced before they were recorded."
    lost = Observation.objects.filter(superseded_at__isnull=True, batch__undone_at__isnull=False).count()
    if lost:
        yield f"{lost} current figures belong to a batch that was undone."
    stuck = Submission.objects.filter(state=Submission.State.ACCEPTED, decided_by__isnull=True).count()
    if stuck:
        yield f"{stuck} accepted files do not say who accepted them."


def _clock() -> Iterator[str]:
    """Timed work that stands still: nobody is reminded, no week opens. A demonstration may sleep."""
    if (home() / "demo.json").exists():
        return
    from datetime import timedelta

    from django.utils import timezone

    from wenpan.district.supervision.escalation.queries import last_tick
    from wenpan.district.supervision.models import Matter

    last = last_tick()
    if Matter.objects.exists() and (last is None or last < timezone.now() - timedelta(days=1)):
        when = f"last ran at {last:%Y-%m-%d %H:%M}" if last else "has never run"
        yield f"the timed work {when}: keep `wenpan serve` or `wenpan work` running, or cron `wenpan tick`."


def _matters() -> Iterator[str]:
    from django.utils import timezone

    from wenpan.district.supervision.log import soundness

    yield from soundness.troubles(timezone.localdate())


def _journal() -> Iterator[str]:
    from wenpan.district.ground.journal import head, keeping
    from wenpan.district.ground.journal.queries import verify

    verification = verify()
    if verification.broken is not None:
        broken, reason = verification.broken, verification.reason
        yield f"the journal is broken at entry {broken} ({reason}): compare its head with the last bulletin."
    if fault := keeping.head_fault():
        yield fault + head.TODO


def _rules() -> Iterator[str]:
    from wenpan.district.ground.journal import rule_digests

    yield from rule_digests.troubles()


def _rows() -> Iterator[str]:
    """Every covered row beside what its entry of the journal sealed; and the database's own refusals."""
    from django.db import connection

    from wenpan.district.ground.journal import agreement, triggers

    for disagreement in agreement.disagreements():
        yield str(disagreement)
    if lifted := triggers.missing(connection):
        names = ", ".join(sorted({trigger.table for trigger in lifted})[:5])
        yield f"{len(lifted)} refusals of the database are missing ({names}): run manage.py migrate."
