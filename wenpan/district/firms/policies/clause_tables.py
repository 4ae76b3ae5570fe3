"""Tables of clauses through the intake, and out again under the same headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.firms.imports.exports import form_response
from wenpan.district.firms.imports.handlers import examined
from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies.clause_plan import ClauseLine, clause_plan, held_values
from wenpan.district.firms.policies.clause_store import store_clauses, undo_clauses
from wenpan.district.intake.handlers import Examination
from wenpan.district.intake.models import Submission
from wenpan.documents.tables.reading import Reading

KIND = "support_clauses"


class SupportClauseHandler:
    needs_period = False

    def examine(self, reading: Reading, submission: Submission) -> Examination:
        lines, findings = clause_plan(reading, timezone.localdate(submission.uploaded_at))
        return examined(reading, lines, findings)

    def store(self, submission: Submission, plan: Sequence[ClauseLine], *, by: User, at: datetime) -> None:
        store_clauses(submission=submission, lines=plan, by=by, at=at)

    def undo(self, submission: Submission, *, by: User, reason: str, at: datetime) -> None:
        undo_clauses(submission=submission, by=by, reason=reason, at=at)


def clauses_response(clauses: Iterable[SupportClause]) -> HttpResponse:
    return form_response(KIND, "惠企政策条款表", (_row(row) for row in clauses))


def _row(row: SupportClause) -> dict[str, Any]:
    held = held_values(row)
    return {
        **held, "code": row.code, "document": row.source, "unit": row.office.name if row.office else "",
        "budget": row.get_budget_display(), "support": "",
    }  # fmt: skip
