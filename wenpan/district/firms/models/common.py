"""共性问题: one cause behind the requests of several firms, and who settles it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.models.requests import ServiceRequest

_USER = settings.AUTH_USER_MODEL


class CommonProblem(models.Model):
    number = models.CharField(_("编号"), max_length=20, unique=True)  # 2022-G003
    title = models.CharField(_("共性问题"), max_length=200)
    why = models.CharField(_("成因"), max_length=500, blank=True)
    category = models.CharField(_("类别"), max_length=10, choices=ServiceRequest.Category)
    lead = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("提出时间"))
    asked_on = models.DateField(_("提请督办"), null=True)  # from then on it is a cause of a matter
    closed_on = models.DateField(_("解决日期"), null=True)
    resolution = models.CharField(_("解决办法"), max_length=500, blank=True)
    requests = models.ManyToManyField(ServiceRequest, verbose_name=_("诉求"), related_name="common_problems")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_settled_problem_says_how", condition=Q(closed_on__isnull=True) | ~Q(resolution="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
