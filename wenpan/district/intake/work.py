"""The check as long work: it shows its progress and can be left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User
from wenpan.district.ground.jobs.registry import job
from wenpan.district.intake import actions
from wenpan.district.intake.models import Submission


@job("intake.check", label=_("核对报表"))
def check(args: dict[str, Any], progress: Callable[[int, str], None]) -> dict[str, Any]:
    submission = Submission.objects.get(pk=args["submission"])
    by = User.objects.filter(pk=args.get("by") or 0).first()
    if submission.state in actions.OPEN:
        actions.check(submission=submission, by=by, progress=progress)
    page = args.get("page") or reverse("intake:submission", args=[submission.pk])
    return {"state": submission.state, "next_url": page}
