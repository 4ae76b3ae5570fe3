"""Matters and all that happens to them: one matter one number, every state from an event log.

`Event` is append-only and is the truth. The columns of `Matter` under "as the events say" are the fold of
its events (`replay.replay`), written in the same transaction so that lists can be sorted by the database;
`wenpan doctor` finds any that differ. Days are days of the place (Asia/Shanghai).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit
from wenpan.district.supervision.log.events import kind_of
from wenpan.district.supervision.models.papers import Source
from wenpan.district.supervision.models.people import person


class Matter(models.Model):
    """督办事项. What was promised stands in `original_due` and is never written over."""

    class State(models.TextChoices):
        DRAFT = "draft", _("拟办")
        REGISTERED = "registered", _("立项")
        ASSIGNED = "assigned", _("交办")
        DECLINED = "declined", _("退回")
        WORKING = "working", _("办理")
        ANSWERED = "answered", _("待核查")
        CHECKED = "checked", _("核查通过")
        CLOSED = "closed", _("办结销号")
        DROPPED = "dropped", _("不予立项")

    number = models.CharField(_("编号"), max_length=24, unique=True)  # 2022-0015
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(_("类型"), max_length=24)  # a code of rules/supervision/types.yaml
    title = models.CharField(_("督办事项"), max_length=400)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="matters")
    cause = models.CharField(_("起因"), max_length=80, blank=True)  # indicator:fai, project:12, key_project:3
    evidence = models.TextField(_("原文依据"), blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    important = models.BooleanField(_("重要事项"), default=False)
    leader = models.CharField(_("牵头领导"), max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    created_by = person()
    created_at = models.DateTimeField(_("拟办时间"))
    version = models.PositiveIntegerField(default=0)  # the sequence of its last event

    # as the events say
    state = models.CharField(_("状态"), max_length=12, choices=State, db_index=True)
    paused = models.BooleanField(_("暂缓"), default=False)
    lead = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    coops = models.ManyToManyField(Unit, verbose_name=_("配合单位"), related_name="+")
    original_due = models.DateField(_("原定时限"), null=True)
    due = models.DateField(_("办理时限"), null=True)
    due_words = models.CharField(_("时限表述"), max_length=80, blank=True)
    due_estimated = models.BooleanField(default=False)  # holidays of that year are not published yet
    recurrence = models.CharField(max_length=24, blank=True)
    extension_asked = models.DateField(_("申请延期至"), null=True)
    level = models.PositiveSmallIntegerField(_("提级"), default=0)
    slip_level = models.PositiveSmallIntegerField(default=0)
    slip_colour = models.CharField(_("督办单"), max_length=10, blank=True)
    assigned_on = models.DateField(_("交办日期"), null=True)
    news_on = models.DateField(_("最近办理"), null=True)  # any act of a unit, a mere signature too
    feedback_on = models.DateField(_("最近反馈"), null=True)  # what a unit said of it: the clock of silence
    closed_on = models.DateField(_("办结日期"), null=True)
    returned = models.PositiveSmallIntegerField(_("退办次数"), default=0)

    class Meta:
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["state", "due"], name="matter_state_due"),
            models.Index(fields=["lead", "state", "due"], name="matter_lead_state"),
            models.Index(fields=["closed_on"], name="matter_closed_on"),  # closed of late
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_matter_one_number"),
            models.UniqueConstraint(
                fields=["cause"],
                condition=~Q(cause="") & ~Q(state__in=["closed", "dropped"]),
                name="one_open_matter_a_cause",
            ),
            models.CheckConstraint(
                name="closed_has_its_day", condition=Q(state="closed") ^ Q(closed_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Event(models.Model):
    """One thing that happened to a matter (lifecycle.Kind). Append-only."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField(_("时间"), db_index=True)
    by = person(null=True)  # None: the system
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")  # of who acted
    text = models.TextField(_("说明"), blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["matter", "sequence"]
        indexes = [models.Index(fields=["kind", "at"], name="event_kind_at")]
        constraints = [models.UniqueConstraint(fields=["matter", "sequence"], name="events_in_order")]

    @property
    def meaning(self) -> str:
        """The kind as the rules read it: old rows mapped; the stored word where this version knows none."""
        try:
            return kind_of(self.kind, self.data)
        except ValueError:
            return self.kind
