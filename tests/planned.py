"""What PostgreSQL believes of the tables of the tests, so that it plans as in life and not as for nothing.

The rows of a test stand in a transaction that never commits. Autovacuum comes while it is open, sees pages
and no row, and writes down that the table is empty: from then on every plan is one for no rows. A story that
takes 14 s on new tables took 76 s after thousands of tests. So autovacuum stays away from these tables, and
between two tests, when nothing is open, what rolled-back tests left is swept out. PostgreSQL then goes by the
size of a table, as in a database that was never analysed.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

EVERY = 20  # tests that asked the database, between two sweeps
DEAD = 300  # rows of a table: fewer are left for the next sweep
_since = Counter[str]()

KEEP_OUT = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT oid::regclass AS name FROM pg_class
             WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', one.name);
  END LOOP;
END $$
"""
LEFT = """
SELECT quote_ident(relname) FROM pg_stat_user_tables WHERE schemaname = 'public' AND n_dead_tup >= %s
"""


def keep_autovacuum_out(connection: Any) -> None:
    """Of every table of a database that was just made."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP_OUT)


def sweep(connection: Any) -> None:
    """After a test that asked the database; does something after every twentieth, never inside a block."""
    _since["sweep"] += 1
    if _since["sweep"] < EVERY or connection.in_atomic_block or connection.connection is None:
        return
    _since.clear()
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [DEAD])
        if names := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"VACUUM (SKIP_LOCKED) {', '.join(names)}")
