"""The addresses of the read API, and its description."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.http import require_GET

from wenpan.district.sharing.answer_tags import with_etag
from wenpan.district.sharing.api import figures, judgements, matters
from wenpan.district.sharing.api.entry import api, served
from wenpan.district.sharing.tokens.access import NoAccess, granted, refusal

for router in (figures.router, judgements.router, matters.router):
    api.add_router("", router)


@login_not_required
@require_GET
def schema(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 as JSON: for who is signed in or holds a token."""
    answer = JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))
    if request.user.is_authenticated:
        return answer  # a person's browser keeps nothing
    token = granted(request, "")
    return refusal(token) if isinstance(token, NoAccess) else with_etag(request, answer)


def addresses() -> list[URLPattern]:
    """Of the operations; the framework's own root page is left out."""
    found: list[URLPattern] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = served(pattern.callback)
            found.append(pattern)
    return found
