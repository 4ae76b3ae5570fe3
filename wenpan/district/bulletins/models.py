"""Documents out, archived with the numbers they were made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    class Kind(models.TextChoices):
        BRIEFING = "briefing", _("经济运行分析")

    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(_("标题"), max_length=200)
    as_of = models.CharField(_("数据截至"), max_length=7)
    edition = models.PositiveSmallIntegerField(_("稿次"), default=1)
    facts = models.JSONField()  # all numbers and sentences, as generated
    journal_head = models.CharField(max_length=64)  # the paper witnesses the journal
    sha256 = models.CharField(max_length=64)  # of the .docx, kept in the store
    size = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "as_of", "edition"], name="one_edition")]

    def __str__(self) -> str:
        return self.title
