"""Starting long work, and returning to the queue what a dead worker left behind.

With WENPAN_JOBS=inline (tests, building the demo) a job runs at once after the commit, in the
same process; otherwise `wenpan work` takes it from the queue.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.registry import is_heavy, label_of
from wenpan.district.ground.jobs.running import run
from wenpan.district.ground.journal.actions import record

LEASE = timedelta(seconds=90)
ATTEMPTS = 2  # taken up again once: what kills two workers would kill the third


@transaction.atomic
def start(
    *,
    kind: str,
    args: dict[str, Any],
    key: str,
    by: Any,
    next_url: str = "",
    heavy: bool | None = None,
    at: datetime | None = None,
) -> Job:
    """Queues the work and returns its job; the same key returns the same job. A failed one is tried anew.

    `next_url` is where the waiting page goes when it is done; `heavy` says which queue (None: as its kind
    does). LookupError for an unknown kind.
    """
    queue = Job.Queue.HEAVY if (is_heavy(kind) if heavy is None else heavy) else Job.Queue.LIGHT
    now = at or timezone.now()
    job, new = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "queue": queue,
            "args": args,
            "next_url": next_url,
            "created_by": by,
            "created_at": now,
        },
    )
    if by is not None:
        job.askers.add(by)
    if not new and not _revive(job, args):
        return job
    record(
        by=by,
        action="jobs.start",
        subject=f"job:{job.pk}",
        summary=_("开始处理：%(kind)s") % {"kind": label_of(kind)},
        at=at,
    )
    transaction.on_commit(lambda: _dispatch(job.pk))
    return job


def _revive(job: Job, args: dict[str, Any]) -> bool:
    return Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
        state=Job.State.QUEUED, args=args, attempts=0, percent=0, message="", error="", finished_at=None
    ) == 1  # fmt: skip


def _dispatch(pk: int) -> None:
    if settings.JOBS_INLINE:
        run(pk)


def reap(*, now: datetime | None = None) -> int:
    """Returns the jobs of dead workers to the queue, or fails them after ATTEMPTS; gives their number.

    Dead is: the lease ran out, or the process is gone from this very machine.
    """
    now = now or timezone.now()
    held = Job.objects.filter(state=Job.State.RUNNING).values_list("pk", "worker", "heartbeat", "attempts")
    dead = [row for row in held if not row[2] or row[2] < now - LEASE or _gone(row[1])]
    return sum(_return(pk, worker, attempts) for pk, worker, _beat, attempts in dead)


def _return(pk: int, worker: str, attempts: int) -> int:
    mine = Job.objects.filter(Q(pk=pk, state=Job.State.RUNNING, worker=worker))
    if attempts >= ATTEMPTS:
        return mine.update(state=Job.State.FAILED, worker="", finished_at=timezone.now(),
                           error=_("处理程序中断了 %(n)s 次，已停止重试。") % {"n": attempts})  # fmt: skip
    with transaction.atomic():
        returned = mine.update(state=Job.State.QUEUED, worker="", message=_("处理程序中断，重新排队"))
        if returned:
            transaction.on_commit(lambda: _dispatch(pk))
    return returned


def _gone(worker: str) -> bool:
    host, pid, _token = worker.rsplit(":", 2)
    if host != socket.gethostname()[:40]:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
