"""The ledger of the comparable basis: adjustments, each with its paper, proposed by one person and approved
by another; and the finance bureau's answer where the numbers do not say which method was used.

No column of either table is a growth: the published rate stands in the ledger of figures and nowhere else.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Region


class AdjustmentEntry(models.Model):
    class Kind(models.TextChoices):
        REFUND = "refund", _("退税")
        SCOPE = "scope", _("口径范围变化")
        REVISION = "revision", _("基数修订")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待审批")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤销")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    indicator = models.CharField(_("指标"), max_length=40)
    period = models.CharField(_("期间"), max_length=7)  # amounts are of the year up to its end
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    label = models.CharField(_("事项"), max_length=80)
    this_year = models.DecimalField(_("本年"), max_digits=15, decimal_places=4)  # in the indicator's unit
    last_year = models.DecimalField(
        _("上年"), max_digits=15, decimal_places=4, null=True
    )  # null: not published
    this_digits = models.PositiveSmallIntegerField(default=4)  # decimals as printed in the paper
    last_digits = models.PositiveSmallIntegerField(default=4)
    paper = models.CharField(_("依据文件"), max_length=200)
    paper_on = models.DateField(_("文件日期"))
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("提出"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("审批"), null=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["indicator", "region", "period"], name="adjustment_series")]
        constraints = [
            models.CheckConstraint(
                name="an_adjustment_names_its_paper",
                condition=~Q(paper="") & ~Q(label=""),
                violation_error_message=_("调整要有依据文件和事项。"),
            ),
            models.CheckConstraint(
                name="nobody_approves_his_own_adjustment",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("提出人不能审批自己提出的调整。"),
            ),
            models.CheckConstraint(
                name="an_adjustment_decided_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_adjustment_approved_by_somebody",
                condition=~Q(state__in=["approved", "declined"]) | Q(decided_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["region", "indicator", "period", "kind", "label"],
                condition=Q(state__in=["proposed", "approved"]),
                name="one_adjustment_of_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.period}"


class MethodAnswer(models.Model):
    """By which method a published rate was worked out, as the finance bureau said."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    method = models.CharField(_("算法"), max_length=8)  # of economy.fiscal.BasisMethod
    paper = models.CharField(_("依据"), max_length=200)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "indicator", "period"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_answer_of_a_method",
            ),
            models.CheckConstraint(
                name="an_answered_method_is_one_of_three",
                condition=Q(method__in=["A", "A1", "B"]) & ~Q(paper=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.method}"
