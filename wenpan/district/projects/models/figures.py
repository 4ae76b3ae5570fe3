"""Returns as versions, like every official figure, and what is derived from them. Amounts are in 万元."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.intake.models import Submission
from wenpan.district.projects.models.lists import Project, amount


class Return(models.Model):
    """What a monthly return said of a project: cumulative since start and this year, 万元. Versions."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="returns")
    period = models.CharField(_("月份"), max_length=7)
    cumulative = amount(_("自开工累计"), null=True)  # null: not reported
    this_year = amount(_("本年累计"), null=True)
    build_status = models.CharField(_("建设状态"), max_length=20, blank=True)
    progress = models.CharField(_("形象进度"), max_length=300, blank=True)
    evidence = models.CharField(_("依据"), max_length=200, blank=True)  # vouchers, photos: numbers only
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_return",
            )
        ]


class Standing(models.Model):
    """Where a project stands at the end of a month: derived from returns and states, made anew with them."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="standings")
    month = models.CharField(max_length=7)
    state = models.CharField(_("统计状态"), max_length=24, choices=Project.State)
    cumulative = models.FloatField(_("累计完成"), null=True)
    this_year = models.FloatField(_("本年完成"), null=True)
    last_year_same = models.FloatField(_("上年同期"), null=True)
    remaining = models.FloatField(_("余量"), null=True)
    share = models.FloatField(null=True)
    months_zero = models.IntegerField(_("无投资月数"), null=True)
    pace = models.FloatField(_("月均"), null=True)
    in_library = models.BooleanField(default=False)
    entered_this_year = models.BooleanField(default=False)
    long_stopped = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    finished = models.BooleanField(default=False)
    no_remainder = models.BooleanField(default=False)
    zero_this_year = models.BooleanField(default=False)
    overdue = models.BooleanField(default=False)
    withdrawal = models.BooleanField(default=False)
    evidence = models.JSONField(default=list)
    expected = models.FloatField(_("预计后续"), null=True)
    p10 = models.FloatField(null=True)
    p90 = models.FloatField(null=True)
    light = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "project"], name="one_standing_a_month")]


class Outlook(models.Model):
    """What the pool is expected to bring in the months left after `month`, 万元; derived."""

    month = models.CharField(max_length=7, unique=True)
    done = models.FloatField()  # this year so far
    stock = models.JSONField()  # p10, expected, p90; the expected values add up
    entries = models.JSONField()
    total = models.JSONField()
    table = models.JSONField()  # the speech's table: group field -> group -> line -> count and sums
    note = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()
