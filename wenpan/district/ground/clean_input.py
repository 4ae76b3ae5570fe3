"""Typed input without what no database can hold: NUL, lone halves of surrogate pairs, endless words.

PostgreSQL refuses NUL in a text, UTF-8 refuses a lone surrogate; both would end in an error page. An address
with either in its path is of no page (404).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

MOST = 2_000  # characters of one value of an address


def clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def cleaned(given: QueryDict, most: int | None = None) -> QueryDict:
    """The same fields with clean names and values; the given one itself where nothing is to be taken out."""
    if all(
        _fine(name, most) and all(_fine(value, most) for value in values) for name, values in given.lists()
    ):
        return given
    found = QueryDict(mutable=True)
    for name, values in given.lists():
        found.setlistdefault(clean(name)[:most]).extend(clean(value)[:most] for value in values)
    found._mutable = False
    return found


def _fine(text: str, most: int | None) -> bool:
    return "\0" not in text and (most is None or len(text) <= most) and clean(text) == text


class CleanInput:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _fine(request.path_info, MOST):
            raise Http404
        request.GET = cleaned(request.GET, MOST)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """By now the form was read for its token."""
        if request.method == "POST":
            request.POST = cleaned(request.POST)  # type: ignore[assignment]
