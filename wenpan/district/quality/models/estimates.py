"""预计 of earlier months that a unit brings in from its own papers, with the day on which each was made.

Apart from what was entered in the program at the time (observations.Estimate): the program has not seen it
made. Append-only; never among official figures.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit


class EarlierEstimate(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    indicator = models.CharField(_("指标"), max_length=40)
    period = models.CharField(_("期间"), max_length=7)
    measure = models.CharField(_("计量"), max_length=16)
    basis = models.CharField(_("口径"), max_length=20)
    value = models.DecimalField(_("预计值"), max_digits=15, decimal_places=4)
    made_on = models.DateField(_("作出日期"))
    source = models.CharField(_("出处"), max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "measure", "basis", "made_on"],
                name="one_earlier_estimate_a_day",
            ),
            models.CheckConstraint(name="earlier_estimate_has_a_source", condition=~Q(source="")),
        ]
