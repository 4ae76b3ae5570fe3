"""A soft finding that was accepted with its reason, and a reminder that was served on a reporter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.models import Project

_USER = settings.AUTH_USER_MODEL


class AcceptedFinding(models.Model):
    """Append-only. It holds for what was reported then (`evidence`): a corrected return is looked at anew."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目"))
    period = models.CharField(_("报告期"), max_length=7)
    rule = models.CharField(_("规则"), max_length=60)
    evidence = models.CharField(_("依据"), max_length=400)
    reason = models.CharField(_("理由"), max_length=400)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period", "rule", "evidence"], name="a_finding_is_accepted_once"
            ),
            models.CheckConstraint(name="accepted_with_a_reason", condition=~Q(reason="")),
        ]


class ReminderServed(models.Model):
    """催报: served on a unit whose return is due; `until` is the day by which it asks for it. Append-only."""

    class Way(models.TextChoices):
        LETTER = "letter", _("催报通知书")
        PHONE = "phone", _("电话")
        MESSAGE = "message", _("消息")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    period = models.CharField(_("报告期"), max_length=7)
    number = models.PositiveSmallIntegerField(_("第几次"))
    way = models.CharField(_("方式"), max_length=8, choices=Way)
    served_on = models.DateField(_("送达日期"))
    until = models.DateField(_("补报期限"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["unit", "period", "number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "period", "number"], name="one_reminder_a_number"),
            models.CheckConstraint(
                name="reminder_leaves_time", condition=Q(until__gte=F("served_on"), number__gte=1)
            ),
        ]
