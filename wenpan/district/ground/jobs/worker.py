"""The worker: takes the oldest queued job, does it, returns to the queue what others left behind, and starts
timed work when it is due.

It looks at the Job table itself; looking takes no lock, so that it never waits behind a long
write on SQLite (a queue that polls in an exclusive transaction does). Several may run at once.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from types import FrameType

from django.db import OperationalError, close_old_connections

from wenpan.district.ground.jobs.actions import reap
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.running import run
from wenpan.district.ground.jobs.timed import start_due

log = logging.getLogger("wenpan.jobs")
POLL_SECONDS = 0.2
REAP_SECONDS = 2.0
CLOCK_SECONDS = 60.0  # how often the worker looks whether timed work is due


class Worker:
    def __init__(self, *, until_empty: bool = False) -> None:
        self.until_empty = until_empty
        self.stopping = False
        self.reaped = 0.0
        self.looked = 0.0

    def work(self) -> None:
        """Until a signal, or until the queue is empty."""
        while not self.stopping:
            try:
                busy = self.step()
            except OperationalError:
                log.exception("the database did not answer; trying again")
                close_old_connections()
                busy = False
            if not busy:
                if self.until_empty:
                    return
                time.sleep(POLL_SECONDS)

    def step(self) -> bool:
        """Does at most one job; False if there was none."""
        if time.monotonic() - self.reaped > REAP_SECONDS:
            self.reaped = time.monotonic()
            if returned := reap():
                log.warning("%s job(s) of dead workers returned to the queue or given up", returned)
        self._clock()
        waiting = Job.objects.filter(state=Job.State.QUEUED).order_by("created_at", "pk")
        pk = waiting.values_list("pk", flat=True).first()
        if pk is not None:
            run(pk)
        return pk is not None

    def _clock(self) -> None:
        """Timed work; not for a worker that was only sent to empty the queue."""
        if not self.until_empty and (not self.looked or time.monotonic() - self.looked > CLOCK_SECONDS):
            self.looked = time.monotonic()
            start_due()

    def stop_on_signals(self) -> None:
        """The first signal lets the present job end; the second leaves it to the reaper."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            sys.exit(128 + number)
        self.stopping = True
