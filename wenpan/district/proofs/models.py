"""Every check of a paper is a row of its own and stays as it was, whatever the ledger says later."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PaperCheck(models.Model):
    """A paper, the month that it speaks of, and the verdict on each of its figures (`kept.row_of`).

    `known_at`: the moment whose ledger it was compared with. `version` of the rows' form.
    """

    filename = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=8)
    period = models.CharField(_("月份"), max_length=7)
    paragraphs = models.JSONField(default=list)
    places = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField()
    wrong = models.PositiveIntegerField(_("不符"))
    contradictory = models.PositiveIntegerField(_("矛盾"))
    unknown = models.PositiveIntegerField(_("未知"))
    right = models.PositiveIntegerField(_("相符"))
    known_at = models.DateTimeField(_("台账时点"))
    checked_at = models.DateTimeField(_("核对时间"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("核对人")
    )

    class Meta:
        ordering = ["-checked_at", "-pk"]
        indexes = [models.Index(fields=["checked_by", "-checked_at"], name="paper_check_of")]
        constraints = [
            models.CheckConstraint(
                name="a_paper_check_has_its_month",
                condition=Q(period__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$"),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
