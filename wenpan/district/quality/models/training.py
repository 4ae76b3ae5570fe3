"""Training of those who report: what was taught, when, by whom, and which units came. Append-only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit

_USER = settings.AUTH_USER_MODEL


class TrainingSession(models.Model):
    title = models.CharField(_("培训"), max_length=120)
    held_on = models.DateField(_("日期"))
    teacher = models.CharField(_("讲课人"), max_length=60)
    content = models.CharField(_("内容"), max_length=400)
    rules = models.JSONField(_("讲到的规则"), default=list)  # codes; their errors are followed afterwards
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]


class TrainingAttendance(models.Model):
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    people = models.CharField(_("参加人"), max_length=200, blank=True)

    class Meta:
        ordering = ["unit__order", "unit__pinyin"]
        constraints = [
            models.UniqueConstraint(fields=["session", "unit"], name="a_unit_attends_a_session_once")
        ]
