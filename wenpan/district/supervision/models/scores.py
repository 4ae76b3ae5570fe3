"""Appeals against points, and the month's scores as they were kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models.people import person


class Appeal(models.Model):
    """A unit says that a point was not its own doing; another decides. `line` is rule and event."""

    class State(models.TextChoices):
        OPEN = "open", _("待复核")
        UPHELD = "upheld", _("予以调整")
        REFUSED = "refused", _("维持原分")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    line = models.CharField(max_length=80)  # rule:matter:event
    reason = models.CharField(_("申诉理由"), max_length=500)
    by = person()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decision = models.CharField(_("复核意见"), max_length=300, blank=True)
    decided_by = person(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["line"], name="one_appeal_a_point")]


class ScoreSheet(models.Model):
    """A month's scores as they went into its bulletin: lines, matters by unit, the rules. Never changed."""

    month = models.CharField(_("月份"), max_length=7, unique=True)
    data = models.JSONField()
    frozen_by = person()
    frozen_at = models.DateTimeField(_("固定时间"))

    class Meta:
        ordering = ["-month"]
