"""One open matter a cause."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.models import Matter


def another_open(matter: Matter) -> Refused | None:
    """Why a matter that is over is not opened again: another of its cause is open."""
    same = Matter.objects.filter(cause=matter.cause, state__in=lifecycle.OPEN).exclude(pk=matter.pk)
    if not matter.cause or (other := same.first()) is None:
        return None
    words = _("同一起因已有未办结的%(number)s，请在该事项中办理。")
    return Refused("state", words % {"number": other.number})
