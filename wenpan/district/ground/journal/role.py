"""SQL of a PostgreSQL role for the running program: it may read all, add rows, and change only what may
change.

The owner of the tables (who migrates) can lift any trigger; a program that signs in as this role cannot: it
owns nothing, has no TRUNCATE, no DELETE where rows may not go, and UPDATE only of the columns that may
change.
"""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from wenpan.district.ground.journal.cover import Cover, kept_models


def sql(role: str) -> str:
    """Statements for psql, to be run by the owner after every migration. ValueError for what is no name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise ValueError(f"a role's name is small letters, digits and _; found {role!r}")
    kept = dict(kept_models())
    lines = [
        "-- run by the owner of the tables after every `migrate`; give the role a password of its own",
        "DO $$ BEGIN",
        f"  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}')",  # noqa: S608  (checked above)
        f"  THEN CREATE ROLE {role} LOGIN; END IF;",
        "END $$;",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};",
        f"GRANT USAGE ON SCHEMA public TO {role};",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};",
        f"GRANT SELECT ON django_migrations TO {role};",
    ]
    for model in apps.get_models(include_auto_created=True):
        lines += _grants(role, model, kept.get(model))
    return "\n".join(lines)


def _grants(role: str, model: type[models.Model], cover: Cover | None) -> list[str]:
    table = f'"{model._meta.db_table}"'
    if cover is None:  # sessions, jobs, the guard against guessing: records of nothing
        return [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role};"]
    rights = "SELECT, INSERT" + (", DELETE" if cover.may_go else "")
    lines = [f"GRANT {rights} ON {table} TO {role};"]
    key = model._meta.pk.column
    if cover.may_change is None:
        free = [field.column for field in model._meta.concrete_fields if field.column != key]
    else:
        free = [*cover.may_change, *cover.without]
    if free:
        columns = ", ".join(f'"{column}"' for column in free)
        lines.append(f"GRANT UPDATE ({columns}) ON {table} TO {role};")
    return lines
