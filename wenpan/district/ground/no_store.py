"""Nothing that this program answers stays in a browser or a proxy: on a shared machine the next person's
back button shows none of it. Static files are answered before (whitenoise) and may be kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

MAY_BE_KEPT = "may_be_kept"  # set on an answer to a program that may ask again whether it has changed


class NoStore:
    """Pages, parts, exports, originals, pictures, redirects and errors alike; only what a token fetches may
    be kept by the program that fetched it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(response, MAY_BE_KEPT, False):
            response["Cache-Control"] = "private, no-cache"
            return response
        response["Cache-Control"] = "no-store"
        for name in ("ETag", "Last-Modified", "Expires"):
            del response[name]
        return response
