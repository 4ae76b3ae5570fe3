"""What the commands with a database share: start Django, and end with one clear line when it cannot be."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import wenpan

CODE = Path(wenpan.__file__).resolve().parents[1]


def home() -> Path:
    """The folder of this place; not made here."""
    return Path(os.environ.get("WENPAN_HOME", CODE / "var")).resolve()


def stop(sentence: str) -> NoReturn:
    """End with one clear line and exit code 1."""
    print(f"× {sentence}", file=sys.stderr)
    raise SystemExit(1)


def check_journal() -> None:
    """End with one Chinese sentence when the database is not the one that was last seen in this place: older,
    cut short, or another. Before anything is served or done; SQLite is asked without starting Django."""
    if fault := _journal_fault():
        from wenpan.district.ground.journal.head import TODO

        stop(fault + TODO)


def _journal_fault() -> str:
    from wenpan.district.ground.journal import head

    if os.environ.get("DATABASE_URL"):
        start_django()
        from django.db import DatabaseError

        from wenpan.district.ground.journal.keeping import head_fault

        try:
            return head_fault()
        except DatabaseError:
            return ""  # not migrated yet: there is no journal
    place = home()
    key_file = place / "keys" / "wenpan_journal_key"
    key = os.environ.get("WENPAN_JOURNAL_KEY") or (key_file.read_text().strip() if key_file.exists() else "")
    database = place / "wenpan.sqlite3"
    if not database.exists():
        return ""
    import wenpan.district  # noqa: F401  (brings the fixed SQLite)

    import sqlite3  # isort: skip

    with closing(sqlite3.connect(database, timeout=20)) as link:

        def ask(sql: str, *params: int) -> Any:
            row = link.execute(sql, params).fetchone()
            return row[0] if row else None

        try:
            sealed = ask("SELECT 1 FROM journal_seal LIMIT 1")
            newest = ask("SELECT max(sequence) FROM journal_entry") or 0
            return head.fault(
                head.read(place, key),
                lambda number: ask("SELECT hash FROM journal_entry WHERE sequence = ?", number),
                newest,
                begun=bool(sealed),
            )
        except sqlite3.OperationalError:
            return ""  # of before the seals, or not migrated yet
        except sqlite3.DatabaseError as error:
            stop(f"数据库无法读取（{error}），请恢复最近的备份。")


DJANGO_SETTINGS = "wenpan.district.settings"
DEMO, SHIFT = "demo.json", "WENPAN_DAY_SHIFT"


def set_day(place: Path) -> None:
    """For a demonstration the program's clock stands in its own year (district/shifted.py)."""
    mark = place / DEMO
    if SHIFT in os.environ or not mark.exists():
        return
    if told := json.loads(mark.read_text(encoding="utf-8")).get("day"):
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
        os.environ[SHIFT] = str((date.fromisoformat(told) - today).days)


def start_django() -> None:
    """Bring the fixed SQLite, then Django; call it before importing anything of `wenpan.district`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenpan.district.settings")
    set_day(home())
    import wenpan.district  # noqa: F401  (brings the fixed SQLite before Django loads)

    try:
        import django
        from django.core.exceptions import ImproperlyConfigured

        django.setup()
        from wenpan.district.ground.collector import collect_less

        collect_less()
    except ImportError as error:
        stop(f"the environment is incomplete ({error}); run script/setup.")
    except ImproperlyConfigured as error:
        stop(str(error))
    except PermissionError as error:
        stop(f"WENPAN_HOME {home()} cannot be written: {error}")
