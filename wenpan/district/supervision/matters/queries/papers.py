"""What a matter looks like on paper: the unit's own words, laid out as an official report."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from wenpan.district.supervision.models import Feedback, Matter
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.letters.handling_report import Account, Handled, compose

# the paper is Chinese whatever the page speaks
CLAIMS = {"progress": "正在推进", "done": "已完成", "blocked": "推进受阻"}


def report_of(matter: Matter, feedback: Sequence[Feedback]) -> bytes | None:
    """The .docx of these feedbacks, oldest first; None without any. The same rows give the same bytes."""
    if not feedback:
        return None
    last = feedback[-1]
    accounts = [
        Account(
            day=timezone.localdate(f.at),
            unit=f.unit.name,
            claim=CLAIMS.get(f.claim, f.claim),
            process=f.process,
            situation=f.situation,
            advice=f.advice,
            files=tuple(f.attachments.values_list("filename", flat=True)),
        )
        for f in feedback
    ]
    signed = next((f for f in reversed(feedback) if f.signed_by_id), None)
    dated = timezone.localdate(last.at)
    handled = Handled(
        number=matter.number,
        title=matter.title,
        unit=last.unit.name,
        original_due=matter.original_due,
        due=matter.due,
        source=matter.source.title if matter.source else "",
        signed_by=str(signed.signed_by) if signed else "",
        dated=dated,
    )
    return gbt9704.render(compose(handled, accounts), created=dated)
