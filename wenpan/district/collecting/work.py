"""The round of sources by the clock: each at its own pace, looked at every five minutes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wenpan.district.collecting import actions
from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed

COLLECT = "collecting.collect"


@job(COLLECT, label=_("自动收取文件"), heavy=True)
def collect(_args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again."""
    progress(5, "")
    asked = actions.ask_all()
    return {"taken": sum(one.taken for one in asked.values()), "sources": len(asked)}


timed(COLLECT, minutes=5)
