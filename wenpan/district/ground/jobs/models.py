"""Long work that a person started: queued, running, done or failed, with its progress.

The row is the truth about the work and the queue itself. A worker holds a job by a lease that it
renews (`heartbeat`); whoever dies loses it, and the job returns to the queue.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenpan.district.ground.jobs.registry import label_of


class Job(models.Model):
    """`queue`: heavy work waits for heavy work only; a large file never holds up a small one."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    class Queue(models.TextChoices):
        LIGHT = "light", _("快办")
        HEAVY = "heavy", _("慢办")

    queue = models.CharField(_("队列"), max_length=5, choices=Queue, default=Queue.LIGHT)
    kind = models.CharField(_("种类"), max_length=60)
    key = models.CharField(max_length=120, unique=True)  # the same work is started once
    args = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.QUEUED, db_index=True)
    percent = models.PositiveSmallIntegerField(_("进度"), default=0)
    message = models.CharField(_("进展"), max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(_("错误"), blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)  # host:pid:token of the holder
    heartbeat = models.DateTimeField(null=True)
    next_url = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    askers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # all who sent the same work
    created_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_running_job_has_a_holder",
                condition=~Q(state="running") | (~Q(worker="") & Q(heartbeat__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.percent}%"

    @property
    def label(self) -> str:
        """What the work is, for people; the kind itself where no room named it."""
        return str(label_of(self.kind))

    @property
    def over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}
