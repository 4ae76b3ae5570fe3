"""A table of clauses into the library and out again, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies.clause_plan import PAID, ClauseLine
from wenpan.district.firms.policies.clause_records import write_clause, write_paid
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission


@transaction.atomic
def store_clauses(*, submission: Submission, lines: Sequence[ClauseLine], by: User, at: datetime) -> None:
    """Raises Refused "clash" where a clause was revised since the plan."""
    require(by, "intake.accept")
    hold()
    for line in lines:
        held, values = line.current, line.values
        row = held
        if line.data is not None:
            row = write_clause(
                data=line.data, revises=held, office=values["office"], text=values["text"] or "",
                contact=values["contact"] or "", papers=values["papers"] or "", budget=values["budget"],
                submission=submission, by=by, at=at,
            )  # fmt: skip
        assert row is not None
        if any(key in line.changed for key in (*PAID, "budget")) and values["paid"] is not None:
            write_paid(
                clause=row, paid=values["paid"], on=values["paid_on"], budget=values["budget"], by=by, at=at
            )


@transaction.atomic
def undo_clauses(*, submission: Submission, by: User, reason: str, at: datetime) -> None:
    """The wordings that the file brought are no longer in force, those before them are again; sums paid stay
    as noted. Refused "later_batch" where one was revised since."""
    require(by, "intake.undo")
    hold()
    for row in SupportClause.objects.filter(submission=submission).order_by("-version"):
        if SupportClause.objects.filter(pk=row.pk, superseded_at=None).update(superseded_at=at) != 1:
            raise Refused("later_batch", _("“%(name)s”后来又改过，不能整批撤回。") % {"name": row.name})
        before = SupportClause.objects.filter(code=row.code, version__lt=row.version)
        if (older := before.exclude(submission=submission).order_by("-version").first()) is not None:
            SupportClause.objects.filter(pk=older.pk).update(superseded_at=None)
