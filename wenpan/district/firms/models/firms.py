"""The ledger of firms: who they are, where, on which lists; facts with source and date for policies.

One firm one 统一社会信用代码; a firm may be known before its code is. There is no target of a firm and no
survey return here: facts come from open registers, lists and the firm's own word (`facts`: code → value,
source, day).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.models.kept_rows import KeptManager
from wenpan.district.intake.models import FileRevision, Submission

_USER = settings.AUTH_USER_MODEL


class Firm(models.Model):
    class Size(models.TextChoices):
        LARGE = "large", _("大型")
        MEDIUM = "medium", _("中型")
        SMALL = "small", _("小型")
        MICRO = "micro", _("微型")

    class State(models.TextChoices):
        ACTIVE = "active", _("在营")
        GONE = "gone", _("已迁出或停业")
        MERGED = "merged", _("已并入其他企业")
        UNNAMED = "unnamed", _("未留名")  # the one row under which tickets stand that name no firm

    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    name = models.CharField(_("企业名称"), max_length=120)
    compared = models.CharField(max_length=160, editable=False, db_index=True)  # how names are compared
    trade = models.CharField(_("行业"), max_length=60, blank=True)
    size = models.CharField(_("规模"), max_length=8, choices=Size, blank=True)
    town = models.ForeignKey(
        Unit, verbose_name=_("所在镇街"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    park = models.CharField(_("园区"), max_length=60, blank=True)
    lists = models.JSONField(_("名录"), default=list)
    marks = models.CharField(
        max_length=600, editable=False, default="|"
    )  # |四上|规上工业|: lists, to filter by
    honours = models.JSONField(_("资质认定"), default=list)
    facts = models.JSONField(default=dict)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    pinyin = models.CharField(max_length=500, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=1)
    retracted = models.BooleanField(default=False)  # the file that brought it was taken back

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ["pinyin", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(uscc="") & Q(retracted=False), name="one_firm_a_uscc"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="unnamed"), name="one_row_for_the_unnamed"
            ),
            models.CheckConstraint(
                name="merged_says_into_which",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def going_on(self) -> Firm:
        """Itself, or the firm that it was merged into, however often. A firm merges into an active one only,
        so that no circle arises."""
        firm = self
        while firm.merged_into is not None:
            firm = firm.merged_into
        return firm


class FirmName(models.Model):
    """A name that a firm bore until a day. Append-only; one that a file brought goes back with the file."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("曾用名"), max_length=120)
    until = models.DateField(_("使用至"))
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    retracted = models.BooleanField(default=False)

    objects = KeptManager()
    everything = models.Manager()

    class Meta:
        ordering = ["-until", "-pk"]


class FirmRevision(FileRevision):
    """What a file changed of a firm: column → value before and after. The ground of undoing the file."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="revisions")
