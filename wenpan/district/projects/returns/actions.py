"""Monthly returns into the room and out again: versions, never overwritten, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.databases.written import appended
from wenpan.district.ground.refused import Difference, Refused
from wenpan.district.intake.models import Submission
from wenpan.district.projects.models import Return
from wenpan.district.projects.pool.derive import refresh
from wenpan.district.projects.returns import ReturnLine
from wenpan.economy.figures.quantities import as_given

_COLUMNS = (
    "project_id",
    "period",
    "cumulative",
    "this_year",
    "build_status",
    "progress",
    "evidence",
    "submission_id",
    "sheet",
    "cell",
    "version",
    "recorded_at",
    "superseded_at",
)
_CHUNK = 20_000
_ROWS = 50  # of one statement; divides _CHUNK, and their values stay below SQLite's old limit of 999
_IN = 500


@transaction.atomic
def store_returns(*, submission: Submission, lines: Sequence[ReturnLine], by: User, at: datetime) -> None:
    """New returns, and new versions of those that changed; then the derived standings."""
    require(by, "intake.accept")
    changed = [line for line in lines if line.kind != "unchanged"]
    _supersede([line.current.pk for line in changed if line.current], at)
    rows = [
        (
            line.project,
            line.period,
            *line.values,
            submission.pk,
            line.sheet[:80],
            line.cell[:12],
            line.current.version + 1 if line.current else 1,
        )
        for line in changed
    ]
    rows.sort(key=itemgetter(0, 1))  # in the order of the indexes: the database fills page after page
    _insert(rows, at)
    months = {line.period for line in changed}
    if months:
        refresh(by=by, at=at, since=min(months))


def _insert(rows: Sequence[tuple[Any, ...]], at: datetime) -> None:
    """By plain SQL, many rows a statement: half a million returns of five years come in one file."""
    moment = connection.ops.adapt_datetimefield_value(at)
    table = connection.ops.quote_name(Return._meta.db_table)
    whole = len(rows) - len(rows) % _ROWS
    marks = ", ".join(["%s"] * (len(_COLUMNS) - 1))
    into = f"INSERT INTO {table} ({', '.join(_COLUMNS)}) VALUES "  # noqa: S608  (own names)
    with appended(Return), connection.cursor() as cursor:
        for size, part in ((_ROWS, rows[:whole]), (1, rows[whole:])):
            statement = into + ", ".join([f"({marks}, NULL)"] * size)
            for start in range(0, len(part), _CHUNK):
                chunk = part[start : start + _CHUNK]
                flat = [
                    [v for row in chunk[k : k + size] for v in (*row, moment)]
                    for k in range(0, len(chunk), size)
                ]
                cursor.executemany(statement, flat)


def _supersede(pks: Sequence[int], at: datetime) -> None:
    """Raises Refused "clash" if one of the versions does not hold any more."""
    for start in range(0, len(pks), _IN):
        part = pks[start : start + _IN]
        held = Return.objects.filter(pk__in=part, superseded_at__isnull=True).update(superseded_at=at)
        if held != len(part):
            raise Refused("clash", _("核对之后又有新的月报入账，请重新核对。"))


@transaction.atomic
def undo_returns(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """What the file brought does not hold any more; the versions before it hold again, as new versions.

    Raises Refused "later_batch" where a later file revised the same returns.
    """
    require(by, "intake.undo")
    mine = Return.objects.filter(submission=submission)
    later = mine.filter(superseded_at__isnull=False).select_related("project")[:20]
    if later:
        raise Refused(
            "later_batch",
            _("这份月报里的数后来又改过，不能整批撤回；请先撤回后来的文件。"),
            [
                Difference(f"{r.project.name} {r.period}", _number(r.cumulative), _("已有更新的版本"))
                for r in later
            ],
        )
    first = mine.aggregate(first=Max("period"))["first"]
    months = sorted(set(mine.values_list("period", flat=True)))
    again = _versions_before(mine)
    mine.filter(superseded_at__isnull=True).update(superseded_at=at)
    _insert(again, at)
    if first:
        refresh(by=by, at=at, since=months[0])


def _number(value: Any) -> str:
    return "未报" if value is None else as_given(value)


def _versions_before(mine: Any) -> list[tuple[Any, ...]]:
    """Rows that hold again: of each (project, month) the newest version before this file's."""
    revised = {
        (r.project_id, r.period): r.version
        for r in mine.filter(version__gt=1).only("project_id", "period", "version")
    }
    if not revised:
        return []
    names = _COLUMNS[:11]
    found: dict[tuple[int, str], tuple[Any, ...]] = {}
    periods = {period for _project, period in revised}
    rows = Return.objects.filter(period__in=periods, superseded_at__isnull=False).order_by("version")
    for row in rows.values_list(*names).iterator(5000):
        if row[10] < revised.get((row[0], row[1]), 0):
            found[row[0], row[1]] = row
    return [
        (*row[:2], *(None if v is None else float(v) for v in row[2:4]), *row[4:10], revised[key] + 1)
        for key, row in found.items()
        if row[2] is not None or row[3] is not None
    ]
