"""The check of a file as long work: its progress is shown, and `page` is where the person goes then."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from wenpan.district.accounts.models import User
from wenpan.district.ground.jobs.actions import start
from wenpan.district.intake import door
from wenpan.district.intake.models import Submission


def start_check(submission: Submission, *, by: User, page: str) -> HttpResponse:
    job = start(
        kind="intake.check",
        args={"submission": submission.pk, "by": by.pk, "page": page},
        key=f"intake.check:{submission.pk}:{submission.version}",
        by=by,
        next_url=page,
        heavy=door.is_heavy(submission.original.sha256),
    )
    job.refresh_from_db()
    return redirect(page) if job.state == job.State.DONE else redirect("jobs:progress", pk=job.pk)
