"""双随机: a draw that anyone can repeat, and what the checkers found on paper. Append-only.

`actual` is written by a checker from documents (依据) and stays here: no return is ever changed by it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.projects.models.lists import amount

_USER = settings.AUTH_USER_MODEL


class FieldDraw(models.Model):
    """`population`: [[code, name], …] as drawn from; `drawn`: codes in the order of the draw."""

    title = models.CharField(_("抽查"), max_length=120)
    seed = models.CharField(_("随机号码"), max_length=60)
    population = models.JSONField(_("总体"))
    population_hash = models.CharField(_("总体摘要"), max_length=64)
    asked = models.PositiveSmallIntegerField(_("抽取数"))
    drawn = models.JSONField(_("抽中"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_draw_has_a_seed", condition=~Q(seed="") & Q(asked__gte=1))
        ]


class FieldCheckResult(models.Model):
    draw = models.ForeignKey(FieldDraw, on_delete=models.PROTECT, related_name="results")
    code = models.CharField(_("单位代码"), max_length=60)
    item = models.CharField(_("指标"), max_length=60)
    in_money = models.BooleanField(_("价值量指标"), default=True)
    period = models.CharField(_("报告期"), max_length=7)
    reported = amount(_("上报数"), null=True)  # null: not reported
    actual = amount(_("核实数"))
    evidence = models.CharField(_("依据"), max_length=300)
    checkers = models.CharField(_("检查人"), max_length=80)
    checked_on = models.DateField(_("检查日期"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["draw", "code", "item", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "code", "item", "period"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_field_result",
            ),
            models.CheckConstraint(name="field_result_has_evidence", condition=~Q(evidence="")),
        ]
