"""Another's record: it answers as one that does not exist, so that nobody learns that it does."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404


class NotYours(Http404, PermissionDenied):
    """Raised by queries and actions where the role may, but not with this record. The page is 404.

    A page that turns PermissionDenied into a message lets this one pass. What a role may do at all is no
    secret (the menu shows it): that stays PermissionDenied and 403.
    """
