"""A proposal to change one setting of the place: by whom, since when, why, and what was decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Adjustment(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("待审定")
        IN_FORCE = "in_force", _("已施行")
        REFUSED = "refused", _("不同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    item = models.CharField(_("项目"), max_length=60)
    before = models.CharField(_("现值"), max_length=200)
    value = models.CharField(_("改为"), max_length=200)
    changes = models.JSONField(default=list, blank=True)  # of a list: each line as it was and would be
    since = models.DateField(_("自何日起"))
    reason = models.CharField(_("理由或文号"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="open"), name="one_open_adjustment_an_item"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, state="open")
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="open"),
                name="adjustment_decided_whole_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("in_force", "refused")) | ~Q(decided_by=F("proposed_by")),
                name="adjustment_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.value}"
