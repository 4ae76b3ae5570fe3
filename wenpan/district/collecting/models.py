"""What became of each source and of each file that it offered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission


class SourceState(models.Model):
    """When a source was last asked, and what it said. `mark`: how far it was read (its fetcher's own)."""

    code = models.CharField(max_length=20, unique=True)
    tried_at = models.DateTimeField(_("最近收取"), null=True)
    asking = models.BooleanField(default=False)  # a process asks it now; `next_at` is then its lease
    next_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(_("最近正常"), null=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    error = models.CharField(_("原因"), max_length=300, blank=True)
    mark = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.code


class SourceFile(models.Model):
    """One file that was offered, once: taken in (`submission`), or refused in words. `key` is keyed with the
    place's secret; of a refused file nothing else is kept, neither its name nor its hash."""

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    name = models.CharField(_("文件名"), max_length=255, blank=True)
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    refused = models.CharField(_("没有收的原因"), max_length=300, blank=True)
    at = models.DateTimeField(_("收取时间"))

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="one_offer_a_file"),
            models.CheckConstraint(
                name="taken_in_or_refused",
                condition=Q(submission__isnull=False, refused="")
                | (Q(submission__isnull=True, name="") & ~Q(refused="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.name}"
