"""Filters of the pages of deals."""

from __future__ import annotations

from typing import Any

from django import template

from wenpan.economy.figures.quantities import MISSING, number

register = template.Library()


@register.filter
def ratio(value: Any) -> str:
    """0.688 → 68.8%; "—" where a rate was refused."""
    return MISSING if value is None else f"{number(float(value) * 100)}%"


@register.filter
def yi(wan: Any) -> float | None:
    """万元 as 亿元; None stays None."""
    return None if wan is None else float(wan) / 10_000


@register.filter
def at(words: Any, key: Any) -> Any:
    """The value of a mapping; the key itself where it has none."""
    return words.get(key, key)
