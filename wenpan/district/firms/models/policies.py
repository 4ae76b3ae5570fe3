"""The policy library: one row a clause, with conditions as data that `economy.policies` reads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit

_USER = settings.AUTH_USER_MODEL


class SupportClause(models.Model):
    """A new wording is a new version of the same code; the older stays readable (`superseded_at`)."""

    class Budget(models.TextChoices):
        UNKNOWN = "unknown", _("未说明")
        PLANNED = "planned", _("已列预算")
        SHORT = "short", _("资金不足")
        SPENT = "spent", _("额度已用完")

    code = models.SlugField(_("代码"), max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(_("条款"), max_length=200)
    source = models.CharField(_("文件"), max_length=300)
    text = models.TextField(_("原文"), blank=True)
    conditions = models.JSONField(_("条件"))  # as `economy.policies.clauses.clause_from_data` reads them
    valid_from = models.DateField(_("施行"))
    valid_to = models.DateField(_("有效期至"), null=True)
    claim_from = models.DateField(_("申报开始"), null=True)
    claim_to = models.DateField(_("申报截止"), null=True)
    office = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.CharField(_("咨询电话"), max_length=60, blank=True)
    papers = models.CharField(_("申报材料"), max_length=500, blank=True)
    budget = models.CharField(_("资金"), max_length=8, choices=Budget, default=Budget.UNKNOWN)
    paid = models.DecimalField(_("已兑付（万元）"), max_digits=12, decimal_places=2, null=True)
    paid_on = models.DateField(_("兑付截至"), null=True)
    submission = models.ForeignKey(
        "intake.Submission", null=True, on_delete=models.PROTECT, related_name="support_clauses"
    )
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["claim_to", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_clause_a_code_and_version"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_current_clause_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WindowNotice(models.Model):
    """People were told of a claim window: once a clause, closing day and stage. Append-only.

    `met`, `unknown`: firms of the district that had all conditions, or something still to be asked, then."""

    code = models.SlugField(max_length=60)
    clause = models.ForeignKey(SupportClause, on_delete=models.PROTECT, related_name="notices")
    claim_to = models.DateField(_("申报截止"))
    stage = models.CharField(max_length=20)
    stage_name = models.CharField(_("阶段"), max_length=20)
    met = models.PositiveIntegerField(_("条件已具备"))
    unknown = models.PositiveIntegerField(_("还要先问"))
    towns = models.JSONField(default=list)  # codes of units that have candidates and were told
    people = models.PositiveIntegerField(_("提醒人数"))
    at = models.DateTimeField(_("提醒时间"))

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "claim_to", "stage"], name="one_notice_a_window_and_stage"
            )
        ]
