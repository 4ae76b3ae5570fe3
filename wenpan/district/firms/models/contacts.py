"""领导包联: who looks after which firm, how often, and what every visit found.

A visit's result is one of four: only 见面 is a visit made; a firm that is gone or refused is no failure of
the visitor and is told apart. What is due follows from plan and visits and is not kept.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.firms.models.firms import Firm

_USER = settings.AUTH_USER_MODEL


class ContactAssignment(models.Model):
    firm = models.ForeignKey(Firm, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="contacts")
    person = models.ForeignKey(
        _USER, verbose_name=_("包联人"), on_delete=models.PROTECT, related_name="firms_in_care"
    )
    every = models.PositiveSmallIntegerField(_("每几个月走访一次"))
    starts_on = models.DateField(_("开始"))
    ends_on = models.DateField(_("结束"), null=True)  # the last day; None: goes on
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["firm", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "person"],
                condition=Q(ends_on__isnull=True),
                name="one_plan_a_firm_and_person",
            ),
            models.CheckConstraint(
                name="visited_every_1_to_12_months", condition=Q(every__gte=1, every__lte=12)
            ),
            models.CheckConstraint(
                name="contact_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def holds_on(self, on: date) -> bool:
        """Its first and its last day counted; `contacts.queries.current` asks the database the same."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class FirmVisit(models.Model):
    """Append-only."""

    class Result(models.TextChoices):
        MET = "met", _("见面")
        PHONE = "phone", _("仅电话")
        GONE = "gone", _("已搬离或停业")
        REFUSED = "refused", _("企业谢绝")

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="visits")
    person = models.ForeignKey(_USER, verbose_name=_("走访人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    result = models.CharField(_("结果"), max_length=8, choices=Result)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    asked = models.CharField(_("企业提出"), max_length=500, blank=True)
    promised = models.CharField(_("当场答应"), max_length=500, blank=True)
    note = models.CharField(_("记录"), max_length=500, blank=True)
    photo = models.CharField(max_length=64, blank=True)  # the original's hash: evidence, not served
    picture = models.CharField(max_length=64, blank=True)  # what is shown: small, without its metadata
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["firm", "on"], name="visit_firm_on")]
