"""What leaves the program: lines for people, the digests that carry them, and what became of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One line for one person, once a key; not before `not_before` (quiet hours)."""

    key = models.CharField(max_length=140, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(_("种类"), max_length=40)
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(_("时间"))
    not_before = models.DateTimeField(_("不早于"))

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["not_before"], name="message_ready")]


class Envelope(models.Model):
    """The digest of one channel, person and half-day; these three make its `key`. No person: for a group."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENT = "sent", _("已发")
        FAILED = "failed", _("未发成")

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(_("渠道"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="envelopes"
    )
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_try_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    error = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="envelope_due"),
            models.Index(fields=["channel", "tried_at"], name="envelope_tried"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_sent_envelope_has_its_time",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
        ]


class Delivery(models.Model):
    """Which envelope of a channel carries a message: one a channel."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="deliveries")
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="one_delivery_a_channel"),
        ]


class ReminderChoice(models.Model):
    """What a person chose of what leaves the program: `unwanted` kinds (codes of rules/reminders.yaml; what
    must reach everybody does whatever stands here), and the mailbox of the office."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_choice"
    )
    mailbox = models.EmailField(_("工作邮箱"), blank=True)
    unwanted = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.mailbox}"
