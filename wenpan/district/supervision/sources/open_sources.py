"""What holds of a source before anything is written: is it still open to decisions?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Source


def subject(source: Source) -> str:
    """The subject of a journal entry."""
    return f"source:{source.pk}"


def require_unsettled(source: Source | None) -> None:
    if source is not None and Source.objects.filter(pk=source.pk, settled_at__isnull=False).exists():
        raise Refused("state", _("这份来源已确认完毕，不能再改。"))
