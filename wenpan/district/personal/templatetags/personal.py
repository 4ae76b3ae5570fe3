"""The star on an object's page, and favourites with what was seen last."""

from __future__ import annotations

from typing import Any

from django import template

from wenpan.district.accounts.models import User
from wenpan.district.personal import queries
from wenpan.district.search.named import subject_of

register = template.Library()


@register.inclusion_tag("personal/star.html", takes_context=True)
def star(context: template.Context) -> dict[str, Any]:
    """Nothing on a page that is no object's, on a refused one, or for who has no role."""
    request = context.get("request")
    user: User | None = getattr(request, "user", None)
    has_role = bool(getattr(user, "role", "")) and "refused" not in context
    subject = subject_of(request) if request is not None and has_role else ""
    on = user is not None and subject != "" and queries.is_favourite(user, subject)
    return {"subject": subject, "on": on, "request": request, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("personal/mine_part.html", takes_context=True)
def own_objects(context: template.Context) -> dict[str, Any]:
    request = context["request"]
    return {"own": queries.own_objects(request, request.user)}
