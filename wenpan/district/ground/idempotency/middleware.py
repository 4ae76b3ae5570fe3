"""A form is done once: sent again, it is answered by the first answer.

The key's row, the deed and its answer stand in one transaction. Of two that come at once the second waits
for the first (SQLite: for the write lock; PostgreSQL: at the unique row) and gets its answer; if the first
fails, it is undone with its row, and the second is done. A refused form (status 400 and above) did nothing
and may be sent again. See docs/adr.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from wenpan.district.ground.idempotency.keys import content_of, key_of
from wenpan.district.ground.idempotency.models import SentForm
from wenpan.district.ground.read_only import SAFE

KEPT = timedelta(days=7)
REPEATED = timedelta(minutes=10)  # a form without a key: the same content within it is the same form
KEPT_HEADERS = ("Location", "Content-Type", "Content-Disposition", "HX-Redirect", "HX-Location", "HX-Trigger",
                "HX-Push-Url", "HX-Retarget", "HX-Reswap", "HX-Refresh")  # fmt: skip
EXEMPT = {
    "accounts:sign_in": "its sender is a stranger: nobody whose form it could be; it makes nothing",
    "set_language": "changes a cookie of the browser and nothing in the database",
}
SHOWN_ONCE = "shown_once"  # set on an answer that shows a secret: it is not kept, and not said again
_PURGED = "idempotency.purged"


class OneFormOneDeed:
    """Stands last in the list: whatever refuses a request has done so before the key is taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if request.method in SAFE or (match and match.view_name in EXEMPT):
            return None
        if not request.user.is_authenticated:
            return None
        return _once(request, lambda: view(request, *args, **kwargs))


def _once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    content = content_of(request)
    key, named = key_of(request, content)
    now, user = timezone.now(), int(request.user.pk or 0)
    with transaction.atomic():
        if not named:
            stale = SentForm.objects.filter(user_id=user, key=key, at__lt=now - REPEATED)
            stale.delete()
        if not _take(user, key, content, named, now):
            return _first_answer(request, SentForm.objects.get(user_id=user, key=key), content)
        answer = act()
        if hasattr(answer, "render") and not getattr(answer, "is_rendered", True):
            answer = answer.render()
        mine = SentForm.objects.filter(user_id=user, key=key)
        if answer.status_code >= 400:
            mine.delete()
            return answer
        body = b"" if getattr(answer, SHOWN_ONCE, False) else _body(answer)
        mine.update(status=answer.status_code, headers=_headers(answer), body=body)
        SentForm.objects.filter(user_id=user, named=False).exclude(key=key).delete()
        _purge(now)
    return answer


def _take(user: int, key: str, content: str, named: bool, now: datetime) -> bool:
    """True for the first; a second one waits here until the first has ended."""
    table = connection.ops.quote_name(SentForm._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (user_id, key, named, content, status, headers, body, at) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, 0, %s, %s, %s) ON CONFLICT DO NOTHING",
            [user, key, named, content, "{}", b"", connection.ops.adapt_datetimefield_value(now)],
        )
        return bool(cursor.rowcount == 1)


def _first_answer(request: HttpRequest, sent: SentForm, content: str) -> HttpResponse:
    """What was answered then. A form that was changed after it had been sent is told so, and not done."""
    if sent.content != content:
        return render(
            request,
            "components/sent_already.html",
            {"next": sent.headers.get("Location", ""), "secret": False},
            status=409,
        )
    to = sent.headers.get("Location")
    if not to and sent.status == 200 and not bytes(sent.body):
        return render(request, "components/sent_already.html", {"next": "", "secret": True}, status=409)
    if to and sent.status in (301, 302):
        answer: HttpResponse = redirect(to)
    else:
        answer = HttpResponse(bytes(sent.body), status=sent.status)
    del answer["Content-Type"]
    for name, value in sent.headers.items():
        answer[name] = value
    answer["Idempotent-Replay"] = "true"
    return answer


def _headers(answer: HttpResponseBase) -> dict[str, str]:
    return {name: answer[name] for name in KEPT_HEADERS if answer.has_header(name)}


def _body(answer: HttpResponseBase) -> bytes:
    """A page made by parts is gathered: it is sent from memory then, as every other."""
    if answer.streaming:
        answer.streaming_content = [whole := b"".join(answer)]  # type: ignore[attr-defined]
        return whole
    return bytes(answer.content)  # type: ignore[attr-defined]


def _purge(now: datetime) -> None:
    """Once an hour what is older than it is kept for."""
    if cache.add(_PURGED, 1, 3600):
        SentForm.objects.filter(at__lt=now - KEPT).delete()
