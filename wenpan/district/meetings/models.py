"""Dispatch meetings: the meeting, its memo as it was put, the questions, who has looked at it.

What a meeting decides is no table of this room: its decisions are the proposals of the meeting's record, a
source of supervision, and become matters there (no second truth).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.models import Source

USER = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """调度会. `kind`: a code of rules/meetings.yaml; `record`: what was decided, from the first line on."""

    class State(models.TextChoices):
        PLANNED = "planned", _("筹备")
        PUT = "put", _("已下发")
        HELD = "held", _("已开完")
        CANCELLED = "cancelled", _("取消")

    kind = models.CharField(_("类型"), max_length=24)
    title = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"), db_index=True)
    starts = models.CharField(_("时间"), max_length=5, blank=True)  # 09:30
    place = models.CharField(_("地点"), max_length=60, blank=True)
    chair = models.CharField(_("主持人"), max_length=40, blank=True)
    attending = models.CharField(_("参加单位和人员"), max_length=400, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    record = models.OneToOneField(Source, null=True, on_delete=models.PROTECT, related_name="meeting")
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(_("开完时间"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "held_on"],
                condition=~Q(state="cancelled"),
                name="one_meeting_of_a_kind_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class KeptMemo(models.Model):
    """The memo as it was put to the units: its numbers do not change when figures do. Append-only."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="memo")
    facts = models.JSONField()  # `memo.kept.keep`
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class MeetingQuestion(models.Model):
    """A question of the memo, put to one unit; it answers in writing, or the office for it in the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("提问"), max_length=600)
    subject = models.CharField(max_length=600, blank=True)  # in the words of the first time it was asked
    citations = models.JSONField(default=list)  # [{kind, key, label}]
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    carried_from = models.CharField(_("原话出处"), max_length=160, blank=True)  # "": typed for this
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["meeting", "order"]
        indexes = [models.Index(fields=["unit", "answered_at"], name="meeting_question_open")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="meeting_questions_in_order"),
            models.CheckConstraint(
                name="an_answer_has_its_author",
                condition=Q(answer="", answered_at=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]


class MemoSeen(models.Model):
    """已阅: who has looked at the memo, and when first."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="seen")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="a_memo_is_seen_once")]
