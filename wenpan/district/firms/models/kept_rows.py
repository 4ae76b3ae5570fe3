"""Rows that a file brought and that were taken back with it are kept and no longer counted."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class KeptManager(models.Manager[M]):
    """What stands: without what was taken back (`retracted`)."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(retracted=False)
