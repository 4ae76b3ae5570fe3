"""Documents out, archived with the numbers they were made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit


class Document(models.Model):
    """One edition, drafted, reviewed and issued, or sent back. MADE: an analysis of before it was so."""

    class Kind(models.TextChoices):
        BRIEFING = "briefing", _("经济运行分析")
        BULLETIN = "bulletin", _("督查通报")

    class State(models.TextChoices):
        MADE = "made", _("成稿")
        DRAFTED = "drafted", _("待审核")
        REVIEWED = "reviewed", _("待签发")
        ISSUED = "issued", _("已签发")
        RETURNED = "returned", _("退回修改")
        REPLACED = "replaced", _("已有新稿")

    kind = models.CharField(_("类型"), max_length=12, choices=Kind)
    title = models.CharField(_("标题"), max_length=200)
    as_of = models.CharField(_("数据截至"), max_length=7)
    edition = models.PositiveSmallIntegerField(_("稿次"), default=1)
    facts = models.JSONField()  # all numbers and sentences, as generated
    given = models.JSONField(default=dict)  # of a bulletin: all that it was composed from; the board's stamp
    journal_head = models.CharField(max_length=64)  # the paper witnesses the journal
    sha256 = models.CharField(max_length=64)  # of the .docx, kept in the store
    size = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("生成时间"))

    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.MADE)
    number = models.CharField(_("文号"), max_length=60, blank=True)  # given when it is issued
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("签发时间"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "as_of", "edition"], name="one_edition"),
            models.UniqueConstraint(
                fields=["kind", "as_of"], condition=Q(state="issued"), name="one_issued_a_month"
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="one_document_number",
            ),
            models.CheckConstraint(
                name="issued_has_its_number",
                condition=(Q(state="issued") & ~Q(number="") & Q(issued_at__isnull=False))
                | (~Q(state="issued") & Q(number="", issued_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """What was done with a document, by whom, with what words; the file as it was then."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", _("起草")
        REWORDED = "reworded", _("改文字")
        REVIEWED = "reviewed", _("审核通过")
        RETURNED = "returned", _("退回修改")
        ISSUED = "issued", _("签发")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(_("意见"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "pk"]


class RedReason(models.Model):
    """Why an indicator was red in a month, in the words of its unit: written once, signed off by another.

    Changed words lose their signature. The analysis quotes what stands here when it is drafted.
    """

    as_of = models.CharField(_("月份"), max_length=7)
    indicator = models.CharField(_("指标"), max_length=40)
    unit = models.ForeignKey(Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("原因"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("填写时间"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("签认时间"), null=True)
    carried_from = models.CharField(_("原话出处"), max_length=160, blank=True)  # "": typed for this
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-as_of", "indicator"]
        indexes = [models.Index(fields=["unit", "as_of"], name="red_reasons_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["as_of", "indicator"], name="one_reason_a_red_light"),
            models.CheckConstraint(
                name="a_signed_reason_has_its_signer",
                condition=Q(signed_by=None, signed_at=None)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of} {self.indicator}"


class PaperTemplate(models.Model):
    """The place's own head and end of a kind of paper: proposed by one, put in force by another.

    The file does not change; a paper names the one that it was made with.
    """

    class Purpose(models.TextChoices):
        BULLETIN = "bulletin", _("督查通报")
        BRIEFING = "briefing", _("经济运行分析")
        ORDER = "order", _("督办通知单")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待启用")
        IN_FORCE = "in_force", _("启用中")
        REFUSED = "refused", _("不同意")
        RETIRED = "retired", _("已停用")

    purpose = models.CharField(_("用于"), max_length=10, choices=Purpose)
    filename = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True)
    words = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta:
        ordering = ["purpose", "-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(state="in_force"), name="one_template_in_force"
            ),
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(state="proposed"), name="one_template_proposed"
            ),
            models.CheckConstraint(
                name="a_template_is_decided_by_another",
                condition=~Q(state__in=("in_force", "refused")) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_decided_template_has_its_decision",
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | ~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
