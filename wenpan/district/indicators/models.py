"""Targets and stored judgements. The catalogue of indicators itself is data under `wenpan/rules`.

A target is a promise for a year by somebody (人代会, 市下达, 区自定). Several hold at once; a lawful
change is a new version with its document. A target belongs to the district or to one of its
departments, towns or parks: there is no level below.

A judgement is kept with the rule version and the numbers it was made from; it does not change when
rules or figures do: a new judgement supersedes it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Region


class Target(models.Model):
    class SetBy(models.TextChoices):
        CITY = "city", _("市下达")
        CONGRESS = "congress", _("人代会")
        DISTRICT = "district", _("区自定")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(_("指标"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年度"))
    measure = models.CharField(_("计量"), max_length=16)
    basis = models.CharField(_("口径"), max_length=20, default="natural")
    comparison = models.CharField(
        _("比较"), max_length=2, choices=[(">=", _("不低于")), ("<=", _("不高于"))], default=">="
    )
    value = models.DecimalField(_("目标值"), max_digits=15, decimal_places=4)
    set_by = models.CharField(_("由谁确定"), max_length=10, choices=SetBy)
    document = models.CharField(_("依据文件"), max_length=200)
    effective_from = models.DateField(_("生效日期"))
    schedule = models.CharField(
        _("进度安排"),
        max_length=10,
        default="linear",
        choices=[("linear", _("按月均分")), ("seasonal", _("按往年季节")), ("curve", _("指定曲线"))],
    )
    curve = models.JSONField(_("指定曲线"), default=list, blank=True)  # 12 cumulative shares up to 1
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # its import was undone: it never counts again
    request_key = models.CharField(
        max_length=40, null=True, unique=True
    )  # a form sent twice sets one version

    class Meta:
        ordering = ["-year", "indicator", "set_by", "-version"]
        indexes = [models.Index(fields=["region", "year", "indicator"], name="target_of_a_year")]
        constraints = [
            models.CheckConstraint(
                name="a_withdrawn_target_is_not_current",
                condition=Q(withdrawn_at__isnull=True) | Q(superseded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_target_names_its_document",
                condition=~Q(document=""),
                violation_error_message=_("目标要有依据文件。"),
            ),
            models.UniqueConstraint(
                fields=["region", "indicator", "year", "measure", "basis", "set_by"],
                condition=Q(superseded_at__isnull=True, unit__isnull=True),
                name="one_current_target_of_the_district",
            ),
            models.UniqueConstraint(
                fields=["region", "unit", "indicator", "year", "measure", "basis", "set_by"],
                condition=Q(superseded_at__isnull=True, unit__isnull=False),
                name="one_current_target_of_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.get_set_by_display()} v{self.version}"

    @property
    def promise(self) -> tuple[object, ...]:
        """What its versions have in common."""
        return (
            self.region_id,
            self.unit_id,
            self.indicator,
            self.year,
            self.measure,
            self.basis,
            self.set_by,
        )


class Judgement(models.Model):
    """The judgement of one indicator of one region at one month, per target (or none)."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    as_of = models.CharField(_("数据截至"), max_length=7)  # month
    target = models.ForeignKey(Target, null=True, on_delete=models.PROTECT, related_name="+")
    primary = models.BooleanField(default=False)  # the one the board shows
    light = models.CharField(_("灯"), max_length=8)  # GREEN YELLOW RED UNKNOWN
    facts = models.JSONField()  # every number of the judgement, see indicators.judgement_row.JudgementRow
    reasons = models.JSONField(default=list)
    fan = models.JSONField(default=list)  # way to December: [period, p10, p25, p50, p75, p90], …
    rule_set = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=64)
    judged_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "indicator", "as_of", "target"],
                condition=Q(superseded_at__isnull=True, target__isnull=False),
                name="one_current_judgement_per_target",
            ),
            models.UniqueConstraint(
                fields=["region", "indicator", "as_of"],
                condition=Q(superseded_at__isnull=True, primary=True),
                name="one_current_judgement_on_the_board",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "as_of"], condition=Q(superseded_at__isnull=True), name="judgement_board"
            ),
            models.Index(fields=["region", "indicator", "as_of"], name="judgement_history"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.indicator} {self.as_of} {self.light}"
