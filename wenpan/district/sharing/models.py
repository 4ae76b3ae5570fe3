"""What opens a part of the program without a sign-in: links of calendars and personal tokens.

Only the SHA-256 of a secret is kept: it has 256 bits of chance, so nothing is gained by a slow hash. A
secret does what its owner may do at that moment, and nothing once the owner's account is closed.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit


class CalendarLink(models.Model):
    """The address of one feed: of what is its owner's, or of one unit's part of it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_links"
    )
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("建立时间"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.pk}"


class AccessToken(models.Model):
    """A personal token (个人口令) for tables and the read API. `scopes`: codes of sharing/scopes.py."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_tokens"
    )
    name = models.CharField(_("用途"), max_length=40)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=8)  # its first letters, to know it by
    made_at = models.DateTimeField(_("建立时间"))
    expires_on = models.DateField(_("有效至"))  # the last day
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(revoked_at__isnull=True),
                name="one_token_in_use_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.name}"
