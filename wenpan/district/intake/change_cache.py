"""The changes that the last check found, kept beside the database so that pages need not read the file again.

A derived copy: it may be lost without loss. The name carries the submission's version, so that a page
never shows the changes of an older check.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from django.conf import settings

from wenpan.district.intake.handlers import SCHEMA
from wenpan.district.intake.models import Submission


def _path(submission: Submission) -> Path:
    return Path(settings.WENPAN_HOME) / "previews" / f"{submission.pk}-{submission.digest[:16]}.parquet"


def keep(submission: Submission, changes: pl.DataFrame) -> None:
    """`changes`: a `handlers.changes_frame`."""
    path = _path(submission)
    path.parent.mkdir(parents=True, exist_ok=True)
    changes.write_parquet(path)


def fetch(submission: Submission) -> pl.DataFrame:
    """subject, place, old, new, kind, row, column; empty if there is none (a re-check makes it anew)."""
    path = _path(submission)
    return pl.read_parquet(path) if submission.digest and path.exists() else pl.DataFrame(schema=SCHEMA)
