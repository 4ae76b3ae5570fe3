"""Reading single returns leaves its trace: a page with figures of one firm or project journals who read it.

    @requires("project.view")
    @shows_single_returns("项目库")
    def pool(request): …

One entry for each page that was shown or file that went out, in bulk too: what was opened and with which
filters; also where a form comes back with the page, and where only the head of the answer was asked for
(HEAD). If the entry cannot be written the page is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.journal.queries import READING

ACTION = READING
Page = Callable[..., HttpResponseBase]


def shows_single_returns(
    what: str, *, when: Callable[[HttpRequest, Mapping[str, Any]], bool] | None = None
) -> Callable[[Page], Page]:
    """`what` the page is called in the journal; `when`: of the page's arguments, whether this one does."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def journalled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = page(request, *args, **kwargs)
            shown = (200, 409, 422) if request.method == "POST" else (200,)
            if response.status_code in shown and (when is None or when(request, kwargs)):
                _note(request, what)
            return response

        journalled.single_returns = what  # type: ignore[attr-defined]  # read by a test over all addresses
        return journalled

    return decorate


@transaction.atomic
def _note(request: HttpRequest, what: str) -> None:
    record(
        by=request.user,
        action=ACTION,
        subject=f"page:{request.path}"[:120],
        summary=f"查看{what}",
        detail={"filters": request.GET.urlencode()[:400]},
    )
