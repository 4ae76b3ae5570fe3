"""The round of the outbox by the clock: every five minutes, light work."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed
from wenpan.district.outbox.actions import dispatch

DISPATCH = "outbox.dispatch"


@job(DISPATCH, label=_("发出提醒汇总"))
def send_digests(_args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again."""
    progress(10, "")
    done = dispatch()
    return {"sent": done.sent, "failed": done.failed}


timed(DISPATCH, minutes=5)
