"""What a register that another authority keeps said of projects, report by report. Versions.

Amounts are in the register's own unit and carry it (百万英镑 is never 万元). A rated project is a key project
here where its code is on the key list too; the register may hold others.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission
from wenpan.district.ui.lights import LABELS


class Rating(models.Model):
    """`word`: the register's own colour, "" where it gave none; `light`: what it means here."""

    class Light(models.TextChoices):
        GREEN = "GREEN", LABELS["GREEN"]
        YELLOW = "YELLOW", LABELS["YELLOW"]
        RED = "RED", LABELS["RED"]

    register = models.CharField(_("登记册"), max_length=80)
    code = models.CharField(_("项目代码"), max_length=40, db_index=True)
    name = models.CharField(_("项目名称"), max_length=200)
    department = models.CharField(_("主管部门"), max_length=120, blank=True)
    category = models.CharField(_("类别"), max_length=80, blank=True)
    on = models.DateField(_("报告日期"))
    word = models.CharField(_("评级"), max_length=20, blank=True)
    light = models.CharField(max_length=8, choices=Light, blank=True)
    rated_by = models.CharField(_("评级方"), max_length=40, blank=True)
    start = models.DateField(_("开工"), null=True)
    finish = models.DateField(_("计划完工"), null=True)
    cost = models.FloatField(_("总费用"), null=True)
    unit = models.CharField(_("金额单位"), max_length=20, blank=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["register", "code", "on", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "code", "on"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_rating_a_report",
            ),
            models.CheckConstraint(
                name="an_amount_says_its_unit", condition=Q(cost__isnull=True) | ~Q(unit="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"
