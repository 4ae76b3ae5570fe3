"""What a form asks for, done, and the person told: by words of success, or by why not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused


def do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Another's record is not there (NotYours is raised on); whatever else is refused is told in words."""
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    except NotYours:
        raise
    except PermissionDenied as denied:
        messages.error(request, str(denied))
