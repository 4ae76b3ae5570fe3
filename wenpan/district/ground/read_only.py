"""GET cannot write: during a safe method every statement that changes data is refused.

Allowed are the session and the journal (reads of confidential
records leave their trace).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
ALLOWED = ("django_session", "journal_entry", "journal_seal")
WRITE = re.compile(
    r"^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|MERGE\s+INTO)\s+\"?(\w+)", re.I
)


class ReadOnlyError(RuntimeError):
    """A page that only shows tried to change data: use POST and an action."""


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    found = WRITE.match(sql)
    if found and not found.group(1).startswith(ALLOWED):
        raise ReadOnlyError(f"a GET tried to write to {found.group(1)}")
    return execute(sql, params, many, context)


class ReadOnlyGet:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)
