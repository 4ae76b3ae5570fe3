"""Versions of the year's revenue budget, each with the decision that made it: 年初预算, 第一次调整 …

A lawful lowering is a new version; the old one stays, and progress is told against each.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BudgetVersion(models.Model):
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("第几次调整"))  # 0: the budget at the year's beginning
    revenue = models.DecimalField(_("一般公共预算收入"), max_digits=15, decimal_places=4)  # 万元
    tax = models.DecimalField(_("税收收入"), max_digits=15, decimal_places=4, null=True)
    non_tax = models.DecimalField(_("非税收入"), max_digits=15, decimal_places=4, null=True)
    body = models.CharField(_("决定机关"), max_length=80)
    document = models.CharField(_("决定文件"), max_length=200)
    decided_on = models.DateField(_("决定日期"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_budget_of_a_number",
            ),
            models.CheckConstraint(
                name="a_budget_names_its_decision",
                condition=~Q(document="") & ~Q(body=""),
                violation_error_message=_("预算版本要有决定机关和决定文件。"),
            ),
            models.CheckConstraint(name="a_budget_is_positive", condition=Q(revenue__gt=0)),
            models.CheckConstraint(
                name="a_budgets_parts_are_its_whole",
                condition=Q(tax__isnull=True) | Q(non_tax__isnull=True) | Q(revenue=F("tax") + F("non_tax")),
                violation_error_message=_("税收与非税之和应等于一般公共预算收入。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"
