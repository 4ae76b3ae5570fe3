"""Filters and parts of the room's pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from wenpan.district.projects.base.subjects import address

register = template.Library()


@register.filter
def yi(wan: Any) -> float | None:
    """万元 as 亿元; None stays None."""
    return None if wan is None else float(wan) / 10_000


@register.filter
def words_in(project: Any, words: dict[str, str]) -> str:
    """What `words` have under the address of a project (project:12, key_project:3); "" for nothing."""
    return words.get(address(project), "")


@register.filter
def short(unit: Any) -> str:
    """A unit by its short name, "—" for none."""
    return "—" if unit is None else str(unit.short_name)


@register.inclusion_tag("projects/parts/hand_in_part.html", takes_context=True)
def hand_in(context: template.Context) -> dict[str, Any]:
    """交回本单位报表, for a unit with projects to report; nothing for everybody else."""
    from wenpan.district.projects.returns.collection import own_return

    user = context["user"]
    own = own_return(user, timezone.localdate()) if user.may("return.hand_in") else None
    return {
        "own": own if own and own.projects else None,
        "months": (),
        "csrf_token": context.get("csrf_token"),
    }
