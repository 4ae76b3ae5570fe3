"""Logs on standard error: plain lines, or (`WENPAN_LOG_FORMAT=json`) one JSON object a line.

With JSON every request leaves one line: its id, who asked (the number of the user, never a name), method,
path without the query, status, milliseconds. Whatever else is logged while it runs carries the same id, and
so does the answer's header X-Request-ID; an id that a proxy gave is kept. Standard library only.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FORMS = ("line", "json")
_PLAIN = {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
_GIVEN = re.compile(r"^[\w.:-]{6,64}$", re.ASCII)
_request: ContextVar[str] = ContextVar("request_id", default="")
requests = logging.getLogger("wenpan.requests")


def configuration(*, level: str, form: str) -> dict[str, Any]:
    """For Django's LOGGING. ImproperlyConfigured for a form that is neither line nor json."""
    if form not in FORMS:
        raise ImproperlyConfigured(f"WENPAN_LOG_FORMAT is {form!r}; it may be line or json")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _PLAIN, "json": {"()": "wenpan.district.ground.logging_setup.JsonLine"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "loggers": {
            "wenpan": {"handlers": ["stderr"], "level": level},
            # A line a request is for machines: people who watch plain lines look for what went wrong.
            "wenpan.requests": {"level": level if form == "json" else "CRITICAL"},
            "django": {"handlers": ["stderr"], "level": "WARNING"},
        },
    }


class JsonLine(logging.Formatter):
    """{"at": …, "level": …, "logger": …, "message": …, "request": …, …, "error": the traceback}."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := getattr(record, "request_id", "") or _request.get():
            said["request"] = request
        said |= getattr(record, "facts", {})
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


class RequestLog:
    """Gives each request its id and tells how it ended. Static files are answered before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN.match(given) else uuid.uuid4().hex[:16]
        token = _request.set(number)
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response, time.perf_counter() - begun)
        finally:
            _request.reset(token)
        response["X-Request-ID"] = number
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        status = response.status_code
        facts = {
            "user": _user(request),
            "method": request.method,
            "path": _shown(request),
            "status": status,
            "ms": round(1000 * seconds, 1),
        }
        level = logging.ERROR if status >= 500 else logging.INFO
        requests.log(level, "%s %s %s", request.method, _shown(request), status, extra={"facts": facts})


def _shown(request: HttpRequest) -> str:
    """The path without the secret that an address of a feed holds."""
    match = request.resolver_match
    secret = match.kwargs.get("secret", "") if match else ""
    return request.path.replace(str(secret), "…") if secret else request.path


def _user(request: HttpRequest) -> int | None:
    """The number of the signed-in user, also of one who has just signed in; None for a stranger. Never asks
    the database for it."""
    held = vars(request).get("user")
    user = getattr(request, "_cached_user", None) if type(held) is SimpleLazyObject else held
    return user.pk if user is not None and user.is_authenticated else None
