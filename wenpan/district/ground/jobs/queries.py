"""Reading jobs: one for its progress page, the list of a person's own; only who asked for it may look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from wenpan.district.ground.jobs.models import Job


@dataclass(frozen=True)
class JobRow:
    """A job as its list shows it. `before`: how many wait in front of it in its queue."""

    job: Job
    before: int


def before(job: Job) -> int:
    """How many jobs of the same queue stand in front of a queued one."""
    if job.state != Job.State.QUEUED:
        return 0
    waiting = Job.objects.filter(queue=job.queue, state=Job.State.QUEUED)
    return waiting.filter(
        Q(created_at__lt=job.created_at) | Q(created_at=job.created_at, pk__lt=job.pk)
    ).count()


def own_jobs(*, user: Any, most: int = 50) -> list[JobRow]:
    """The newest jobs that this user started or asked for."""
    mine = Job.objects.filter(Q(created_by=user) | Q(askers=user)).distinct()
    jobs = mine.order_by("-created_at", "-pk")[:most]
    return [JobRow(job, before(job)) for job in jobs]


def own_job(*, pk: int, user: Any) -> Job:
    """The job, if this user started it or asked for the same work while it stood (two people send one file);
    Http404 otherwise: another's job does not exist for them."""
    mine = Job.objects.filter(Q(created_by=user) | Q(askers=user)).distinct()
    return get_object_or_404(mine, pk=pk)
