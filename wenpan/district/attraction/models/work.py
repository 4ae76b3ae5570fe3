"""What staff do on leads and with investors: steps of a lead's clocks, visits and receptions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.models.deals import Deal, DealEvent
from wenpan.district.intake.models import Submission

_USER = settings.AUTH_USER_MODEL
STEPS = [
    ("answered", _("首次答复")), ("judged", _("研判")), ("fed_back", _("反馈线索来源")),
    ("reported", _("跟进报告")), ("experts", _("交专家论证")), ("paused", _("暂停计时")),
    ("resumed", _("恢复计时")),
]  # fmt: skip
OCCASIONS = [
    ("outing", _("外出拜访")),
    ("reception", _("来访接待")),
    ("talk", _("洽谈会商")),
    ("event", _("推介活动")),
]


class LeadStep(models.Model):
    """One step on a lead, at a moment. Append-only; what was wrong is withdrawn."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="lead_steps")
    kind = models.CharField(_("事项"), max_length=10, choices=STEPS)
    on = models.DateTimeField(_("时间"))
    note = models.CharField(_("内容"), max_length=400, blank=True)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "pk"]


class Reception(models.Model):
    """A visit, a reception, a talk: who met whom when, with which result. A promise has its day and
    person and becomes the deal's next step."""

    deal = models.ForeignKey(Deal, null=True, on_delete=models.PROTECT, related_name="receptions")
    unit = models.ForeignKey(Unit, verbose_name=_("承办单位"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=10, choices=OCCASIONS)
    on = models.DateField(_("日期"))
    host = models.CharField(_("我方人员"), max_length=120)
    guest = models.CharField(_("对方单位和人员"), max_length=120)
    place = models.CharField(_("地点"), max_length=60, blank=True)
    result = models.CharField(_("结果"), max_length=400)
    promise = models.CharField(_("承诺事项"), max_length=200, blank=True)
    promise_on = models.DateField(_("兑现时限"), null=True)
    promise_by = models.CharField(_("责任人"), max_length=40, blank=True)
    event = models.ForeignKey(DealEvent, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    kept_on = models.DateField(_("兑现日期"), null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_promise_has_its_day_and_person",
                condition=Q(promise="", promise_on__isnull=True, promise_by="")
                | (~Q(promise="") & Q(promise_on__isnull=False) & ~Q(promise_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.promise or self.result
