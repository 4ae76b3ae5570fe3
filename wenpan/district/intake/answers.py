"""A question that was answered once for a figure is not asked again in another table.

The same check, the same indicator, region, period, measure, basis and value (`Finding.about`), explained in
a file that is accepted or waits: its reason stands in the new file too, with where it comes from. Only
`check_result` calls this.
"""

from __future__ import annotations

from wenpan.district.intake.models import Finding, Submission

State = Submission.State
COUNTS = (State.ACCEPTED, State.READY)  # what was taken back, returned or withdrawn answers nothing
_IN = 500


def carry_over(submission: Submission) -> None:
    """Gives earlier reasons to the file's soft findings that have none of their own."""
    asked = list(submission.findings.filter(severity=Finding.Severity.SOFT).exclude(about=""))
    asked = [finding for finding in asked if not submission.reasons.get(finding.key)]
    known = _answers(submission, sorted({finding.about for finding in asked}))
    reasons = {}
    for finding in asked:
        earlier = known.get((finding.check_code, finding.about))
        if earlier is not None:
            finding.answered_in = earlier.submission
            reasons[finding.key] = earlier.submission.reasons[earlier.key]
    if not reasons:
        return
    Finding.objects.bulk_update([f for f in asked if f.key in reasons], ["answered_in"], batch_size=_IN)
    Submission.objects.filter(pk=submission.pk).update(reasons={**submission.reasons, **reasons})
    submission.refresh_from_db(fields=["reasons"])


def _answers(submission: Submission, abouts: list[str]) -> dict[tuple[str, str], Finding]:
    """The latest explained finding of each check and figure, of other files."""
    found: dict[tuple[str, str], Finding] = {}
    for start in range(0, len(abouts), _IN):
        rows = Finding.objects.filter(
            about__in=abouts[start : start + _IN],
            severity=Finding.Severity.SOFT,
            submission__state__in=COUNTS,
        ).exclude(submission=submission)
        for row in rows.select_related("submission").order_by("submission__uploaded_at", "submission_id"):
            if row.submission.reasons.get(row.key):
                found[row.check_code, row.about] = row
    return found
