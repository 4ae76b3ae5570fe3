"""Long work of the lights: what they ask for is proposed, on a person's click and after judging."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.ground.jobs.actions import start
from wenpan.district.ground.jobs.registry import Progress, job
from wenpan.district.supervision.lights import actions as lighting

PAST = timedelta(days=2)


@job("supervision.lights", label=gettext_lazy("核对红黄灯"))
def lights(args: dict[str, Any], progress: Progress) -> dict[str, Any]:
    progress(20, _("正在核对红黄灯"))
    by = User.objects.filter(pk=args.get("by") or 0).first()
    done = lighting.propose_from_lights(on=timezone.localdate(), by=by)
    return {"next_url": reverse("supervision:lights"), "changed": done.total}


def follow_lights(by: User | None, at: datetime | None) -> None:
    """After judging: the lights are looked at once what was judged is safely stored. History that is loaded
    (a demonstration, an old workbook's own day) proposes nothing: its lights are not today's."""
    now = timezone.now()
    if at is not None and now - at > PAST:
        return
    key = f"supervision.lights:{now.isoformat()}"
    transaction.on_commit(lambda: start(kind="supervision.lights", args={}, key=key, by=None))
