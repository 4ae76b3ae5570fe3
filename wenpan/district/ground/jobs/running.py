"""Doing a job: claim it, keep its lease alive, run its handler, write down how it ended.

Every change of state is a conditional update whose row count must be 1: of two workers one wins,
and a worker that lost its lease cannot write over the one that took it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator

from django.db import OperationalError, connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.registry import Progress, handler

log = logging.getLogger("wenpan.jobs")
HEARTBEAT_SECONDS = 3.0


def run(pk: int) -> None:
    """Does the job if it is still queued; silently leaves one that another worker holds."""
    holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    if not _claim(pk, holder):
        return
    job = Job.objects.get(pk=pk)
    try:
        with _beating(pk, holder):
            result = handler(job.kind)(job.args, _progress(pk, holder)) or {}
    except Exception as error:
        log.exception("job %s (%s) failed", pk, job.kind)
        _finish(pk, holder, state=Job.State.FAILED, error=_reason(error))
    else:
        _finish(pk, holder, state=Job.State.DONE, percent=100, result=result,
                next_url=result.get("next_url") or job.next_url)  # fmt: skip


def _held(pk: int, holder: str) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=pk, state=Job.State.RUNNING, worker=holder)


def _claim(pk: int, holder: str) -> bool:
    queued = Job.objects.filter(pk=pk, state=Job.State.QUEUED)
    return queued.update(
        state=Job.State.RUNNING, worker=holder, heartbeat=timezone.now(), attempts=models.F("attempts") + 1
    ) == 1  # fmt: skip


def _finish(pk: int, holder: str, **values: object) -> None:
    if _held(pk, holder).update(finished_at=timezone.now(), worker="", **values) != 1:
        log.warning("job %s was taken over while it ran; its end is not recorded twice", pk)


def _reason(error: Exception) -> str:
    """The error's own words if it speaks to people (`.message`), else a plain sentence and its name."""
    message = getattr(error, "message", None)
    return (
        str(message)
        if message
        else _("处理中断：%(error)s") % {"error": f"{type(error).__name__}: {error}"[:300]}
    )


def _progress(pk: int, holder: str) -> Progress:
    def progress(percent: int, message: str) -> None:
        _held(pk, holder).update(
            percent=max(0, min(99, int(percent))), message=str(message)[:200], heartbeat=timezone.now()
        )

    return progress


@contextlib.contextmanager
def _beating(pk: int, holder: str) -> Iterator[None]:
    """Renews the lease from a second connection; not inside a transaction, where the writer is alone."""
    if connection.in_atomic_block:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(pk, holder, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(pk: int, holder: str, stop: threading.Event) -> None:
    try:
        while not stop.wait(HEARTBEAT_SECONDS):
            # A long transaction of the job itself locks SQLite: the next beat will do.
            with contextlib.suppress(OperationalError):
                _held(pk, holder).update(heartbeat=timezone.now())
    finally:
        connection.close()
