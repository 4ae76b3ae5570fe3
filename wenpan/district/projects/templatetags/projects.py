"""Filters of the room's pages."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def yi(wan: Any) -> float | None:
    """万元 as 亿元; None stays None."""
    return None if wan is None else float(wan) / 10_000


@register.filter
def short(unit: Any) -> str:
    """A unit by its short name, "—" for none."""
    return "—" if unit is None else str(unit.short_name)
