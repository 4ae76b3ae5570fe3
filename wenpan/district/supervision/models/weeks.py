"""The weekly inspection: what must be looked at, and the proof that it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models.people import person


class WeeklyInspection(models.Model):
    """One week's inspection (每周一督查): what must be looked at, and the proof that it was."""

    week = models.DateField(_("周（周一）"), unique=True)
    opened_by = person(null=True)
    opened_at = models.DateTimeField()
    closed_by = person(null=True)
    closed_at = models.DateTimeField(null=True)
    summary = models.TextField(_("小结"), blank=True)

    class Meta:
        ordering = ["-week"]


class InspectionItem(models.Model):
    """One red or yellow matter, project or indicator of a week: looked at by whom, with what result."""

    class Result(models.TextChoices):
        MOVING = "moving", _("有实质进展")
        STILL = "still", _("无实质进展")
        PROBLEM = "problem", _("存在问题")
        SOLVED = "solved", _("已解决")

    cycle = models.ForeignKey(WeeklyInspection, on_delete=models.PROTECT, related_name="looks")
    subject = models.CharField(max_length=80)  # matter:pk, project:pk, key_project:pk, indicator:code
    title = models.CharField(_("对象"), max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    light = models.CharField(_("灯"), max_length=8)
    why = models.CharField(_("原因"), max_length=300, blank=True)
    url = models.CharField(max_length=120, blank=True)
    weeks_left = models.PositiveSmallIntegerField(
        _("顺延周数"), default=0
    )  # carried from so many weeks before
    result = models.CharField(_("结果"), max_length=8, choices=Result, blank=True)
    way = models.CharField(_("方式"), max_length=20, blank=True)
    note = models.CharField(_("情况"), max_length=300, blank=True)
    by = person(null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "light", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "subject"], name="a_subject_once_a_week"),
            models.CheckConstraint(
                name="looked_at_all_or_nothing",
                condition=Q(result="", at__isnull=True, by__isnull=True)
                | (~Q(result="") & Q(at__isnull=False, by__isnull=False)),
            ),
        ]
