"""What a form asks for, done, and the person told: by words of success, or by why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused


@contextmanager
def telling(request: HttpRequest) -> Iterator[None]:
    """What is refused within is told in words, and the page goes on. Another's record is not there: NotYours
    is raised on."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, refusal.message)
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    except NotYours:
        raise
    except PermissionDenied as denied:
        messages.error(request, str(denied))


def do(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """An act and the words of its success; `telling` says what happens where it is refused."""
    with telling(request):
        act()
        messages.success(request, done)
