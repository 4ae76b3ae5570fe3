"""SQLite that notes what each transaction writes, and can still be read where nothing can be written."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.operations import DatabaseOperations as DjangoOperations

from wenpan.district.ground import conditions
from wenpan.district.ground.databases.written import NotesWrites

SQLITE_ERROR = base.Database.OperationalError  # type: ignore[attr-defined]


class DatabaseOperations(DjangoOperations):
    compiler_module = "wenpan.district.ground.databases.sqlite3.compiler"


class DatabaseWrapper(NotesWrites, base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """On a full or read-only disk SQLite cannot make the -shm file that WAL needs; with nothing waiting
        in the -wal the database file is whole and is opened as it stands, for one request. Raises else."""
        try:
            return super().get_new_connection(conn_params)
        except (SQLITE_ERROR, OperationalError) as error:
            path = Path(str(conn_params["database"]))
            if not conditions.of_error(error) or not _whole(path):
                raise
        self.close_at = time.monotonic()
        address = f"file:{quote(str(path))}?immutable=1"
        return super().get_new_connection({**conn_params, "database": address, "uri": True})


def _whole(path: Path) -> bool:
    """Whether all that was committed stands in the database file itself."""
    wal = path.with_name(path.name + "-wal")
    return path.is_file() and not (wal.exists() and wal.stat().st_size)
