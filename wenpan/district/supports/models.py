"""What the higher office gives back of the quarterly accounts by industry, and who answers for which.

Official figures as printed: a later file of the quarter holds, the earlier one stays. Nothing that is worked
out from them is kept.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission


class AccountsReport(models.Model):
    period = models.CharField(_("期间"), max_length=7)  # 2022-Q3: cumulative
    title = models.CharField(_("标题"), max_length=200)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("入账时间"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        indexes = [models.Index(fields=["period"], name="accounts_report_period")]
        constraints = [
            models.CheckConstraint(
                name="an_accounts_report_undone_whole",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.period


class AccountsRow(models.Model):
    """`industry`: a code of `rules/supports.yaml`, "" for a row that it lacks; `whole`: GDP itself."""

    report = models.ForeignKey(AccountsReport, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=80)
    name = models.CharField(_("行业"), max_length=80)
    industry = models.CharField(max_length=20, blank=True)
    whole = models.BooleanField(default=False)
    value = models.DecimalField(_("增加值"), max_digits=15, decimal_places=4, null=True)  # 亿元
    growth = models.DecimalField(_("增速"), max_digits=9, decimal_places=2, null=True)  # percent

    class Meta:
        ordering = ["report", "number"]

    def __str__(self) -> str:
        return self.name


class SupportDuty(models.Model):
    """核算指标责任清单: unit, leader in charge and the person named for an industry, since when."""

    industry = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    leader = models.CharField(_("责任领导"), max_length=40)
    person = models.CharField(_("责任人"), max_length=40)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["industry"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_duty_of_an_industry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.industry} {self.unit_id}"
