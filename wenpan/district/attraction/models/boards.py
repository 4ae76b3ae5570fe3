"""Tables of deals that somebody else published (a city's board, a bulletin), kept as printed.

A table of the same title and month that comes again is a new version; the newest that was not taken back
holds.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission


class DealBoard(models.Model):
    title = models.CharField(_("标题"), max_length=200)
    month = models.CharField(_("月份"), max_length=7, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "month", "version"], name="a_published_table_has_each_version_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DealBoardLine(models.Model):
    """One row. `counts`: column → number as text; `rates`: column → as it was printed."""

    board = models.ForeignKey(DealBoard, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(_("地区或单位"), max_length=120)
    counts = models.JSONField(default=dict)
    rates = models.JSONField(default=dict)
    sheet = models.CharField(max_length=80)
    row = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
