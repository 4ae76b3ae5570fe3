"""One list as CSV under a personal token: the list's own page, asked by the token's owner."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from wenpan.district.accounts.addresses import address_of
from wenpan.district.sharing import throttle
from wenpan.district.sharing.answer_tags import with_etag
from wenpan.district.sharing.tables import TABLES
from wenpan.district.sharing.tokens.access import NoAccess, granted, refusal
from wenpan.district.sharing.tokens.actions import note_token_read
from wenpan.district.ui.exports import CSV


@login_not_required
@require_GET
def table(request: HttpRequest, name: str) -> HttpResponse:
    """401 without a token; 403 where token or role may not; 404 for a name that is none. Parameters are those
    of the page: filters, order, words, a kept view; the columns are those that the owner chose for
    the page."""
    served = TABLES.get(name)
    token = granted(request, served.scope if served else "")
    if isinstance(token, NoAccess):
        return refusal(token)
    if served is None:
        raise Http404
    if throttle.first_today("table", f"{token.pk}:{name}", str(timezone.localdate())):
        note_token_read(token=token, what=str(served.label), address=address_of(request))
    request.user = token.owner
    request.list_code = served.page  # type: ignore[attr-defined]  # whose chosen columns and views hold
    asked = request.GET.copy()
    asked["export"] = "csv"
    request.GET = asked  # type: ignore[assignment]  # read only, like the one it replaces
    page = resolve(reverse(served.page)).func
    try:
        answer = page(request)
    except PermissionDenied:
        return refusal(NoAccess.NOT_THIS)
    if answer.headers.get("Content-Type") != CSV:
        raise Http404  # nothing to list yet
    return with_etag(request, answer)
