"""The request of a page for signed-in people: its user is one of ours, and htmx has read its headers.

Which pages that are is decided by the middleware (all but those marked `login_not_required`), not here."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from wenpan.district.accounts.models import User


class SignedInRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
