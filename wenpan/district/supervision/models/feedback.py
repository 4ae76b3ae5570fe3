"""What units say of a matter, once, with its files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models.matters import Event, Matter
from wenpan.district.supervision.models.people import person


class Feedback(models.Model):
    """What a unit says of a matter: written once, used by the weekly check, the bulletin and the leader."""

    class Claim(models.TextChoices):
        PROGRESS = "progress", _("正在推进")
        DONE = "done", _("已完成，请核查")
        BLOCKED = "blocked", _("推进受阻")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="feedback")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(_("进展"), max_length=10, choices=Claim)
    process = models.TextField(_("落实过程"))
    situation = models.TextField(_("基本情况"), blank=True)
    advice = models.TextField(_("意见和建议"), blank=True)
    by = person()
    at = models.DateTimeField(_("反馈时间"))
    signed_by = person(null=True)  # the head of the unit, where the rules ask for it
    signed_at = models.DateTimeField(null=True)
    due = models.DateField(_("应反馈日期"), null=True)  # what it answered, as it stood then
    late = models.BooleanField(_("逾期反馈"), default=False)
    event = models.OneToOneField(Event, null=True, on_delete=models.PROTECT, related_name="feedback")

    class Meta:
        ordering = ["-at", "-pk"]


class Attachment(models.Model):
    """A file with a feedback or a slip's answer; the bytes are kept by hash."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="attachments")
    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
