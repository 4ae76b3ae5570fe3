"""The changes that the last check found, kept beside the database so that pages need not read the file again.

A derived copy: it may be lost without loss. The name carries the submission's version, so that a page
never shows the changes of an older check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import polars as pl
from django.conf import settings

from wenpan.district.intake.handlers import Change
from wenpan.district.intake.models import Submission

_FIELDS = tuple(f.name for f in fields(Change))
SCHEMA = dict.fromkeys(_FIELDS, pl.String)


def _path(submission: Submission) -> Path:
    return Path(settings.WENPAN_HOME) / "previews" / f"{submission.pk}-{submission.digest[:16]}.parquet"


def keep(submission: Submission, changes: Sequence[Change]) -> None:
    path = _path(submission)
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: pl.Series(name, [getattr(c, name) for c in changes], pl.String) for name in _FIELDS}
    pl.DataFrame(columns).write_parquet(path)


def kept(submission: Submission) -> pl.DataFrame:
    """subject, place, old, new, kind, row, column; empty if there is none (a re-check makes it anew)."""
    path = _path(submission)
    return pl.read_parquet(path) if submission.digest and path.exists() else pl.DataFrame(schema=SCHEMA)
