"""Offices that we know by their key, and the letters that went and came."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User


class NeighbourOffice(models.Model):
    """Another place. Its key was compared with the fingerprint that it printed; a key that is no longer to be
    trusted is revoked, and its letters stay readable."""

    class Standing(models.TextChoices):
        UPPER = "upper", _("上级")
        LOWER = "lower", _("下级")
        PEER = "peer", _("平级")

    name = models.CharField(_("名称"), max_length=60)
    standing = models.CharField(_("关系"), max_length=5, choices=Standing)
    key = models.CharField(max_length=64)  # Ed25519, base64
    fingerprint = models.CharField(_("指纹"), max_length=64, unique=True)
    trusted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField(_("确认时间"))
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    reason = models.CharField(_("停用理由"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~models.Q(reason=""),
                name="a_revoked_office_says_why_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One file, as it was signed. `judged`: what our own rules say of the figures in a letter that came."""

    class Way(models.TextChoices):
        SENT = "sent", _("发出")
        CAME = "came", _("收到")

    way = models.CharField(_("方向"), max_length=4, choices=Way)
    office = models.ForeignKey(NeighbourOffice, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField(_("号"))  # the sender's count for this receiver
    title = models.CharField(_("标题"), max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    signature = models.CharField(max_length=88)
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answered_by")
    judged = models.JSONField(default=list)
    rules = models.CharField(max_length=60, blank=True)  # the set of lights that `judged` was made by
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "way", "number"], name="one_letter_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.number} {self.title}"
