"""Entry into statistics (纳统): units on the quasi list, facts about them, and what happened to them.

Facts with their source and day; no threshold and nothing that a unit lacks stands anywhere. Steps and facts
are appended and never changed; a step taken by mistake is cancelled and stays readable.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.intake.models import Submission


class EntryCandidate(models.Model):
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    name = models.CharField(_("单位名称"), max_length=120)
    trade = models.CharField(_("行业"), max_length=20)  # of rules/entry_batches.yaml
    town = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(_("来源部门"), max_length=40)
    listed_on = models.DateField(_("列入日期"))
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(_("进度"), max_length=10, default="listed")  # follows from the steps
    stage_on = models.DateField(_("进度日期"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-listed_on", "pk"]
        indexes = [models.Index(fields=["stage", "stage_on"], name="entry_candidate_stage")]

    def __str__(self) -> str:
        return self.name


class EntryFact(models.Model):
    """What a source says of a unit: 营业收入, its period and amount as told. A fact, no judgement."""

    candidate = models.ForeignKey(EntryCandidate, on_delete=models.PROTECT, related_name="facts")
    what = models.CharField(_("事项"), max_length=40)
    told = models.CharField(_("数据或情况"), max_length=120)
    source = models.CharField(_("来源"), max_length=80)
    on = models.DateField(_("日期"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.told}"


def batch_words(code: str) -> str:
    """2022-10, and of a yearly batch that it is one: what people read for `EntryBatch.code`."""
    return f"{code[:7]} {_('年度批次')}" if code.endswith("y") else code


class EntryStep(models.Model):
    class Kind(models.TextChoices):
        LISTED = "listed", _("列入准四上名单")
        VISITED = "visited", _("已核实走访")
        QUALIFIED = "qualified", _("核实达标")
        HANDED = "handed", _("已申报")
        COUNTY = "county", _("区县审核通过")
        CITY = "city", _("市级审核通过")
        ENTERED = "entered", _("已入库")
        RETURNED = "returned", _("退回")
        REFUSED = "refused", _("不愿申报")
        LEFT = "left", _("退库")

    candidate = models.ForeignKey(EntryCandidate, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("步骤"), max_length=10, choices=Kind)
    on = models.DateField(_("日期"))
    batch = models.CharField(_("批次"), max_length=10, blank=True)  # 2022-10, 2022-10y
    by_whom = models.CharField(_("由谁"), max_length=60, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["kind", "on"], name="entry_step_day")]
        constraints = [
            models.CheckConstraint(
                name="a_return_has_its_reason",
                condition=~Q(kind__in=["returned", "refused", "left"]) | ~Q(reason=""),
                violation_error_message=_("退回、不愿申报和退库要写明原因。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.kind}"

    @property
    def batch_words(self) -> str:
        return batch_words(self.batch)


class EntryPaper(models.Model):
    """A paper that the unit has handed over."""

    candidate = models.ForeignKey(EntryCandidate, on_delete=models.PROTECT, related_name="papers")
    code = models.CharField(max_length=20)
    got_on = models.DateField(_("收到日期"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "code"], name="one_paper_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.code}"
