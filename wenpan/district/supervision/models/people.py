"""Foreign keys to people, as every record of this room writes them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


def person(**more: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", **more)  # type: ignore[arg-type]
