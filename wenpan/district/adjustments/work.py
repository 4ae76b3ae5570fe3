"""What holds from a day on begins on its day: names of units, leaders in charge."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.ground.jobs.timed import timed
from wenpan.district.observations.place import sync_place
from wenpan.district.supervision.escalation.supervising_leader import follow_the_list

BEGIN = "settings.begin"


@job(BEGIN, label=_("到期的设置生效"))
def begin(_args: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Safe to run at any time, and again: what is as the files say stays."""
    described = sync_place(settings.WENPAN_HOME)
    return {"described": described, "leaders": follow_the_list(by=None)}


timed(BEGIN, minutes=60)
