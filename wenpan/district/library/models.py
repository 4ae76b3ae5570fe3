"""Papers to be studied: what they say, to whom they were sent, who has read them, what concerns a unit.

A paper orders nothing by itself: what a unit marked becomes a proposed matter only when the office asks.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models import Proposal, Source
from wenpan.documents.orders.scanned import strip_of

_USER = settings.AUTH_USER_MODEL


class LibraryPaper(models.Model):
    """One paper with its text by paragraphs; the original of a file is kept by hash."""

    class Level(models.TextChoices):
        NATION = "nation", _("国家")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        ELSEWHERE = "elsewhere", _("外地经验")

    level = models.CharField(_("层级"), max_length=10, choices=Level)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文单位或地方"), max_length=80)
    dated = models.DateField(_("成文日期"))
    topic = models.CharField(_("主题"), max_length=40)
    note = models.CharField(_("为什么要看"), max_length=200, blank=True)
    filename = models.CharField(_("文件名"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    paragraphs = models.JSONField(default=list)
    places = models.JSONField(default=list)  # of each paragraph: 第3页; "" in running text
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记人"))
    at = models.DateTimeField(_("登记时间"))

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(sha256=""), name="one_library_paper_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scanned(self) -> bool:
        """Its words were recognised in pictures."""
        return any(strip_of(place) for place in self.places)


class PaperSending(models.Model):
    """Sent to a unit, once; signed for by one of its people."""

    paper = models.ForeignKey(LibraryPaper, on_delete=models.PROTECT, related_name="sendings")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("发出"))
    received_by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("签收"), null=True)

    class Meta:
        ordering = ["unit__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "unit"], name="a_paper_is_sent_once_a_unit"),
            models.CheckConstraint(
                name="a_receipt_has_its_person",
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
            ),
        ]


class PaperReading(models.Model):
    """A person says: 已阅. Once, append-only."""

    paper = models.ForeignKey(LibraryPaper, on_delete=models.PROTECT, related_name="readings")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "user"], name="a_paper_is_read_once")]


class PaperMark(models.Model):
    """与本单位有关: paragraphs `first` to `last` (counted from 0), and what the unit means to do about it."""

    paper = models.ForeignKey(LibraryPaper, on_delete=models.PROTECT, related_name="marks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    text = models.CharField(_("与本单位有关、打算怎么办"), max_length=300)
    by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(name="a_mark_has_its_stretch", condition=Q(last__gte=F("first"))),
            models.UniqueConstraint(
                fields=["paper", "unit", "first", "last"], name="one_mark_a_unit_and_stretch"
            ),
        ]
