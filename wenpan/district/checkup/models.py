"""The check-up of a month as it stood when the month's bulletin was issued. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CheckupMonth(models.Model):
    """`cells`: {"v": 1, "cells": {"matter.fresh": [concerned, lacking]}} over the whole district."""

    month = models.CharField(max_length=7)
    cells = models.JSONField()
    rules_version = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-at"]
