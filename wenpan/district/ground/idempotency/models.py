"""Forms that were sent and what was answered: the same form again gets the same answer and does nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """Written in the transaction of the deed itself: both stand, or neither.

    `key` is a hash over the address and the form's own key; of a form without one, over its content
    (`named` is False then, and the row holds only until the same person sends anything else).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    named = models.BooleanField()
    content = models.CharField(max_length=64)  # SHA-256 over the fields and files
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_is_done_once")]

    def __str__(self) -> str:
        return f"{self.key[:12]} {self.status}"
