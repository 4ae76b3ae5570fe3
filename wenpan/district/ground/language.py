"""Chinese first: English is a switch away, never chosen by the browser's own language."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class ChineseFirst(LocaleMiddleware):
    """Django's own middleware, deaf to Accept-Language: only the person's cookie counts."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)
