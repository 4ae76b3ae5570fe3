"""What the columns of a table mean, as people explain it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import outcome
from wenpan.district.intake.models import Layout, Submission
from wenpan.district.intake.transitions import OPEN, State, move


@transaction.atomic
def map_layout(
    *, submission: Submission, mapping: Mapping[str, Any], by: Any, at: datetime | None = None
) -> Layout:
    """Remembers what the columns of an unknown table mean, for every file like it; `check` must follow."""
    require(by, "layout.map")
    question = outcome.layout_question(submission)
    if question is None:
        raise Refused("state", _("这份文件不需要认表。"))
    outcome.must_make_sense(mapping, question)
    layout, _created = Layout.objects.update_or_create(
        signature=question["signature"],
        defaults={
            "kind": mapping["kind"],
            "title": submission.title or submission.filename[:200],
            "mapping": {**mapping, "asked": question},
            "created_by": by,
            "created_at": at or timezone.now(),
        },
    )
    move(submission, OPEN, state=State.CHECKING, layout=layout, kind=mapping["kind"], question={})
    record(
        by=by,
        action="intake.map_layout",
        subject=f"layout:{layout.pk}",
        at=at,
        summary=_("认表：%(title)s") % {"title": layout.title},
        detail={"mapping": dict(mapping)},
    )
    return layout
