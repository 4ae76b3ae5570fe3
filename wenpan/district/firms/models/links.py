"""The firm's own door: a link without an account, and files that came with a request.

Of a link only the hash of its token is kept: who reads the database cannot go in by it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.firms.models.firms import Firm
from wenpan.district.firms.models.requests import RequestEntry, ServiceRequest

_USER = settings.AUTH_USER_MODEL


class FirmLink(models.Model):
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    given_to = models.CharField(_("交给"), max_length=60)
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("生成时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    revoked_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_link_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="a_link_is_revoked_by_a_person",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]


class RequestFile(models.Model):
    """A file that came with one entry of a request. Append-only; the bytes are kept by hash."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="files")
    entry = models.ForeignKey(RequestEntry, on_delete=models.PROTECT, related_name="files")
    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    link = models.ForeignKey(FirmLink, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
