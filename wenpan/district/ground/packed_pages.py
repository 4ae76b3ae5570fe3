"""Pages are sent packed: on a phone the board is a tenth of its size. Downloads are packed files already.

Django's middleware adds random bytes to each answer, so that its length does not give a secret away (BREACH).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/", "application/json", "application/vnd.oai.openapi")


class PackedPages(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if not response.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)
