"""Every write of the room: a paper that was checked, or the trace of one that could not be read."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.proofs.models import PaperCheck
from wenpan.documents.proof.proof import STATES
from wenpan.documents.proof.proof_json import VERSION, ProvenPaper
from wenpan.economy.time.periods import Month


@transaction.atomic
def keep_check(
    *,
    proven: ProvenPaper,
    filename: str,
    sha256: str,
    period: Month,
    known_at: datetime,
    by: User,
    at: datetime | None = None,
) -> PaperCheck:
    """The verdicts as they were at `known_at`; checking the paper again later is another row."""
    require(by, "proof.check")
    at = at or timezone.now()
    counts = Counter(row["state"] for row in proven.rows)
    kept = PaperCheck.objects.create(
        filename=filename[:200],
        sha256=sha256,
        kind=proven.kind,
        period=str(period),
        paragraphs=list(proven.paragraphs),
        places=list(proven.places),
        rows=list(proven.rows),
        version=VERSION,
        known_at=known_at,
        checked_at=at,
        checked_by=by,
        **{state: counts[state] for state in STATES},
    )
    record(
        by=by,
        action="proof.check",
        subject=f"proof:{kept.pk}",
        at=at,
        summary=_("核数《%(name)s》：不符%(wrong)d处，矛盾%(contradictory)d处")
        % {"name": kept.filename, "wrong": kept.wrong, "contradictory": kept.contradictory},
        detail={"sha256": sha256, "period": str(period), **{state: counts[state] for state in STATES}},
    )
    return kept


@transaction.atomic
def note_unreadable(*, filename: str, sha256: str, code: str, by: User, at: datetime | None = None) -> None:
    """A paper that could not be read leaves its trace in the journal, and nowhere else."""
    require(by, "proof.check")
    record(
        by=by,
        action="proof.refused",
        subject=f"file:{sha256[:16]}",
        at=at,
        summary=_("《%(name)s》未能读取（%(code)s）") % {"name": filename, "code": code},
        detail={"sha256": sha256, "code": code},
    )
