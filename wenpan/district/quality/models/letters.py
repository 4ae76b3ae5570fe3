"""A query letter (核实单): one question about one return to the unit that reported it.

It holds a question and what was reported; there is no column for a right value, and none is ever written
into a return: a corrected return comes from the unit, through the intake, like every other.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.models import Project


class QueryLetter(models.Model):
    class Severity(models.TextChoices):
        HARD = "hard", _("硬性")
        SOFT = "soft", _("软性")

    class AnswerKind(models.TextChoices):
        RIGHT = "right", _("经核实无误")
        CORRECTED = "corrected", _("有误, 已另报更正的报表")

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("说明成立")
        CORRECTED = "corrected", _("已由单位更正")
        UNFOUNDED = "unfounded", _("核实无问题")

    year = models.PositiveSmallIntegerField(_("年"))
    sequence = models.PositiveIntegerField(_("序号"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目"))
    period = models.CharField(_("报告期"), max_length=7)
    rule = models.CharField(_("规则"), max_length=60)
    severity = models.CharField(_("级别"), max_length=4, choices=Severity)
    question = models.CharField(_("请核实"), max_length=400)
    evidence = models.CharField(_("依据"), max_length=400)
    due = models.DateField(_("答复期限"))
    issued_at = models.DateTimeField(_("发出"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer_kind = models.CharField(_("答复"), max_length=12, choices=AnswerKind, blank=True)
    answer = models.CharField(_("答复说明"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome, blank=True)
    reason = models.CharField(_("结论理由"), max_length=400, blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="query_letter_number"),
            models.UniqueConstraint(
                fields=["project", "period", "rule"],
                condition=Q(closed_at__isnull=True),
                name="one_open_query_letter",
            ),
            models.CheckConstraint(
                name="query_letter_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="", answer_kind="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                    & ~Q(answer_kind="")
                ),
            ),
            models.CheckConstraint(
                name="query_letter_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, reason="", outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(reason="") & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"核{self.year}-{self.sequence:04d}"
