"""A contact with a higher department: who, when, with whom, what was learned. Append-only.

What is learned are words: a release day, what the city expects of itself, a method, a change of basis. There
is no column for a figure of this district, asked for or offered.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit

_USER = settings.AUTH_USER_MODEL


class UpwardContact(models.Model):
    class Way(models.TextChoices):
        VISIT = "visit", _("上门")
        MEETING = "meeting", _("会议")
        PHONE = "phone", _("电话")
        LETTER = "letter", _("来文")

    indicator = models.CharField(_("指标"), max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    on = models.DateField(_("日期"))
    way = models.CharField(_("方式"), max_length=8, choices=Way)
    department = models.CharField(_("上级部门"), max_length=60)
    counterpart = models.CharField(_("对方"), max_length=60, blank=True)
    person = models.CharField(_("衔接人"), max_length=40)
    release_day = models.DateField(_("发布日期"), null=True)
    city_expected = models.CharField(_("全市预计"), max_length=120, blank=True)
    method = models.CharField(_("方法"), max_length=300, blank=True)
    basis_change = models.CharField(_("口径变化"), max_length=300, blank=True)
    other = models.CharField(_("其他情况"), max_length=300, blank=True)
    next_on = models.DateField(_("下次衔接"))
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    with_sheet = models.BooleanField(default=False)  # said on the sheet of the week, the rest as last time

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["indicator", "on"], name="upward_indicator_on")]
        constraints = [
            models.CheckConstraint(
                name="upward_learned_something",
                condition=Q(release_day__isnull=False)
                | ~Q(city_expected="", method="", basis_change="", other=""),
            ),
            models.CheckConstraint(name="upward_next_comes_later", condition=Q(next_on__gt=F("on"))),
        ]
