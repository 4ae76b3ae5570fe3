"""Papers that order something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.supervision.models.people import person
from wenpan.documents.orders.scanned import strip_of


class Source(models.Model):
    """A paper that orders something: the original is kept by hash, its text by paragraphs."""

    class Kind(models.TextChoices):
        SPEECH = "speech", _("讲话")
        MINUTES = "minutes", _("会议纪要")
        TABLE = "table", _("任务分解表")
        NOTICE = "notice", _("文件通知")
        NOTE = "note", _("领导批示")

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文单位（讲话人）"), max_length=80, blank=True)
    dated = models.DateField(_("成文日期"))
    filename = models.CharField(_("文件名"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    paragraphs = models.JSONField(default=list)
    places = models.JSONField(default=list)  # of each paragraph (documents.orders.text.Text)
    findings = models.JSONField(default=list)  # what could not be read: place, found, expected, todo
    created_by = person()
    created_at = models.DateTimeField(_("登记时间"))
    settled_at = models.DateTimeField(_("确认完毕"), null=True)
    settled_by = person(null=True)

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(sha256=""), name="one_source_a_file"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scanned(self) -> bool:
        """Its words were recognised in pictures."""
        return any(strip_of(place) for place in self.places)
