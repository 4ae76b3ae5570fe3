"""Intake: the files that people send, kept as they came, checked, and accepted or returned.

An `Original` is the file itself, stored by its SHA-256, once. A `Submission` is one attempt to
bring it in: kind, layout, month, findings. Figures themselves live in the observations room.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit


class Original(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    first_name = models.CharField(_("首次上传的文件名"), max_length=255)
    stored_at = models.DateTimeField(_("存入时间"))

    def __str__(self) -> str:
        return self.first_name


class FileScan(models.Model):
    """What was seen of a file at the door, whichever room keeps it: known by the hash of its bytes."""

    sha256 = models.CharField(max_length=64, unique=True)
    notes = models.JSONField(
        default=list
    )  # [code, detail]: macros, external_links, dde, embedded, pdf_actions
    scanned_at = models.DateTimeField(_("病毒扫描时间"), null=True)  # None: no scanner was set

    def __str__(self) -> str:
        return self.sha256[:16]


class Layout(models.Model):
    """What the columns of a table mean, as a person explained them (`documents.tables.explained`).

    Known again by title, sheet and header together. A correction is a new version; the old one stays
    readable, and the files that were read by it name it.
    """

    kind = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)  # hash of the words of title, sheet and header
    title = models.CharField(max_length=200)
    mapping = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)  # by a newer version, or taken back
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature"],
                condition=Q(superseded_at__isnull=True),
                name="one_meaning_of_a_table",
            ),
            models.CheckConstraint(
                name="a_layout_taken_back_says_why",
                condition=Q(withdrawn_at__isnull=True)
                | (~Q(withdrawn_reason="") & Q(superseded_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def columns(self) -> dict[str, Any]:
        """The teaching as the reader wants it, with where the header stood when it was asked about.

        A line more above the table then shifts the header with it.
        """
        asked = self.mapping.get("asked", {})  # as it was kept before there were versions
        known = {key: value for key, value in self.mapping.items() if key != "asked"}
        return {"header_at": asked["header_at"], **known} if "header_at" in asked else known

    def teaching_for(self, sha256: str) -> dict[str, Any]:
        """As a file is read by it.

        A period was said of the file on which it was taught, and of no other: next month's table has its own.
        """
        found = self.columns
        if found.get("file") == sha256:
            return found
        columns = {
            index: {key: value for key, value in column.items() if key != "period"}
            for index, column in found.get("columns", {}).items()
        }
        return {**found, "columns": columns}


class Submission(models.Model):
    class State(models.TextChoices):
        CHECKING = "checking", _("核对中")
        UNKNOWN = "unknown", _("待认表")  # no kind or layout fits: map it
        READY = "ready", _("待确认")  # may be accepted (soft findings need reasons)
        REFUSED = "refused", _("不予接收")  # hard findings or unreadable
        ACCEPTED = "accepted", _("已入账")
        UNDONE = "undone", _("已撤回")
        WITHDRAWN = "withdrawn", _("已作废")
        RETURNED = "returned", _("已退回")  # to the unit that handed it in

    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="submissions")
    filename = models.CharField(_("文件名"), max_length=255)
    kind = models.CharField(_("表种"), max_length=40, blank=True)
    layout = models.ForeignKey(Layout, null=True, blank=True, on_delete=models.PROTECT)
    layouts = models.ManyToManyField(Layout, related_name="files")  # by which its tables were read
    title = models.CharField(_("表题"), max_length=200, blank=True)
    period = models.CharField(_("期间"), max_length=7, blank=True)  # 2022-09, from the title or asked for
    period_from = models.CharField(max_length=10, blank=True)  # title | filename | sheet | cells | person
    released = models.DateField(_("发布日期"), null=True, blank=True)
    source = models.CharField(_("发布单位"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.CHECKING, db_index=True)
    counts = models.JSONField(default=dict)  # rows, figures, new, revised, unchanged, hard, soft
    reasons = models.JSONField(default=dict)  # finding key -> the reason the person gave
    question = models.JSONField(default=dict)  # what the file leaves open: {"asks": "period" | "layout", …}
    digest = models.CharField(
        max_length=64, blank=True
    )  # of the changes shown; acceptance must find the same
    version = models.PositiveIntegerField(default=1)  # optimistic lock
    unit = models.ForeignKey(  # handed in by this unit for itself; None: sent in by who collects
        Unit, verbose_name=_("交表单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_reason = models.CharField(_("退回原因"), max_length=300, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["original", "kind"],
                condition=Q(state="accepted"),
                name="a_file_is_accepted_once",
                violation_error_message=_("这个文件已经入账，不必再收一次。"),
            ),
            models.CheckConstraint(
                name="what_goes_back_says_why", condition=~Q(state="returned") | ~Q(returned_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"


class Finding(models.Model):
    """One answer of one check about one place of the file."""

    class Severity(models.TextChoices):
        HARD = "hard", _("必须改正")
        SOFT = "soft", _("需要说明")
        NOTE = "note", _("提示")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="findings")
    order = models.PositiveIntegerField()
    key = models.CharField(max_length=120)  # check + place: stable, reasons hang on it
    check_code = models.CharField(max_length=60)
    severity = models.CharField(max_length=4, choices=Severity)
    sheet = models.CharField(_("工作表"), max_length=80, blank=True)
    cell = models.CharField(_("单元格"), max_length=20, blank=True)
    subject = models.CharField(_("对象"), max_length=120, blank=True)  # 固定资产投资 · 安禾区
    found = models.CharField(_("发现"), max_length=400)
    expected = models.CharField(_("应为"), max_length=400, blank=True)
    advice = models.CharField(_("怎么办"), max_length=400, blank=True)
    about = models.CharField(max_length=200, blank=True, db_index=True)  # a figure and its value
    answered_in = models.ForeignKey(  # an earlier file in which the same was explained
        Submission, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="a_finding_has_one_key")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell} {self.found}"


class FileRevision(models.Model):
    """What a file changed of a record, of which the room has a column: column → value before and after. The
    ground of undoing the file."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    created = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
