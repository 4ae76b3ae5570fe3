"""The journal: who did what, when; append-only and tamper-evident.

Each entry carries a keyed hash over itself and the entry before it. The database refuses to
change or delete an entry (triggers, see the migration). Written by `journal.actions.record` only.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    sequence = models.PositiveBigIntegerField(_("序号"), unique=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(_("操作人"), max_length=80)
    action = models.CharField(_("动作"), max_length=60, db_index=True)  # room.verb, e.g. intake.accept
    subject = models.CharField(_("对象"), max_length=120, db_index=True)  # model:pk
    summary = models.CharField(_("摘要"), max_length=400)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
