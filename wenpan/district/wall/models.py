"""Keys of screens without a person: only their hashes are kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class ScreenKey(models.Model):
    """It opens the wall and nothing else, until its last day or until it is revoked."""

    name = models.CharField(_("哪块屏"), max_length=60)
    sha256 = models.CharField(max_length=64, unique=True)
    until = models.DateField(_("有效期至"))
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("开通人"))
    made_at = models.DateTimeField(_("开通时间"))
    revoked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_screen_is_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
