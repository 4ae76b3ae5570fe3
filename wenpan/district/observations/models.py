"""The ledger of figures.

Official figures are append-only versions: a correction is a new row, the old one keeps its place
and says until when it was held to be true (`superseded_at`). "As known on" day D means
recorded_at <= D and (superseded_at is empty or > D). There is no edit form and no action that
changes a value; rows come from accepted submissions only. Estimates (预计) are a table of their own.

`value` is a number with at most fifteen digits; `value_text` is the text as published. A cell that
says "not reported" or "not assessed" has no value and a `status`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission


class Region(models.Model):
    """A city and its districts. Rivals are the children of one parent."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    home = models.BooleanField(_("本区"), default=False)
    aliases = models.JSONField(default=list, blank=True)
    order = models.PositiveIntegerField(default=0)
    pinyin = models.CharField(max_length=200, editable=False)

    class Meta:
        ordering = ["order", "pinyin"]
        constraints = [
            models.UniqueConstraint(fields=["home"], condition=Q(home=True), name="one_home_region"),
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """The figures that one accepted submission brought; undone as a whole."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="batch")
    recorded_at = models.DateTimeField(_("入账时间"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(_("撤回时间"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="undone_is_all_or_nothing",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            )
        ]


class Observation(models.Model):
    class Status(models.TextChoices):
        VALUE = "value", _("有数")
        MISSING = "missing", _("未报")  # "…" or blank where a figure is due
        NOT_ASSESSED = "not_assessed", _("不考核")  # "-"

    # The unique constraint begins with the region and serves as its index; two hundred thousand
    # figures a year should not feed indexes that nobody reads.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.CharField(_("指标"), max_length=40)  # code in the catalogue
    period = models.CharField(_("期间"), max_length=7)  # 2022-09 or 2022-Q3
    measure = models.CharField(_("计量"), max_length=16)
    basis = models.CharField(_("口径"), max_length=20, default="natural")
    status = models.CharField(max_length=12, choices=Status, default=Status.VALUE)
    value = models.DecimalField(_("数值"), max_digits=15, decimal_places=4, null=True)
    value_text = models.CharField(_("公布原文"), max_length=40)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    released = models.DateField(_("发布日期"), null=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="observations", db_index=False)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    restores = models.ForeignKey(  # after an undo: the version that holds again, never itself a restoration
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sheet = models.CharField(_("工作表"), max_length=80, blank=True)
    cell = models.CharField(_("单元格"), max_length=12, blank=True)
    recorded_at = models.DateTimeField(_("入账时间"))
    superseded_at = models.DateTimeField(_("被替代时间"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "indicator", "period", "measure", "basis"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_version_of_a_figure",
            ),
            models.CheckConstraint(
                name="a_value_or_a_status",
                condition=Q(status="value", value__isnull=False)
                | (~Q(status="value") & Q(value__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "region", "measure", "basis", "period"], name="observation_series"
            ),
            models.Index(fields=["batch"], name="observation_batch"),
        ]


class Confirmation(models.Model):
    """A later file said the same of a figure: if the file that brought it is undone, the figure stays."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="confirmations", db_index=False)
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="confirmations")
    value_text = models.CharField(max_length=40)
    sheet = models.CharField(max_length=80, blank=True)
    cell = models.CharField(max_length=12, blank=True)


class Estimate(models.Model):
    """A unit's own expectation (预计) for this place. Never mixed into official figures."""

    indicator = models.CharField(_("指标"), max_length=40)
    period = models.CharField(_("期间"), max_length=7)
    measure = models.CharField(_("计量"), max_length=16)
    basis = models.CharField(_("口径"), max_length=20, default="natural")
    value = models.DecimalField(_("预计值"), max_digits=15, decimal_places=4)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("填报时间"))
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "measure", "basis", "unit"],
                condition=Q(superseded_at__isnull=True),
                name="one_current_estimate_per_unit",
            )
        ]
