"""The words of a light in the reader's language, long (红灯) and short (红)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from wenpan.economy.judging import light_words

LABELS: dict[str, Any] = {name: gettext_lazy(word) for name, word in light_words.LIGHTS.items()}
SHORT: dict[str, Any] = {name: gettext_lazy(word) for name, word in light_words.SHORT.items()}


def label(name: str) -> str:
    """红灯; what is no light is 未知."""
    return str(LABELS.get(name, LABELS["UNKNOWN"]))


def short(name: str) -> str:
    """红; what is no light is 未知."""
    return str(SHORT.get(name, SHORT["UNKNOWN"]))
