"""The worker: takes the oldest queued job of its queues, does it, returns to the queue what others left
behind, and starts timed work when it is due.

It looks at the Job table itself; looking takes no lock, so that it never waits behind a long
write on SQLite (a queue that polls in an exclusive transaction does). Several may run at once.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Sequence
from types import FrameType

from django.db import OperationalError, close_old_connections

from wenpan.district.ground import conditions
from wenpan.district.ground.jobs.actions import reap
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.running import run
from wenpan.district.ground.jobs.timed import start_due

log = logging.getLogger("wenpan.jobs")
POLL_SECONDS = 0.2
TROUBLE_SECONDS = 1.0  # before the next try where the database could not be written
REAP_SECONDS = 2.0
CLOCK_SECONDS = 60.0  # how often the worker looks whether timed work is due


class Worker:
    """`queues` in the order in which they are looked at; a worker of the heavy queue helps with light work
    when nothing heavy waits, a worker of the light one never takes a heavy job."""

    def __init__(self, *, queues: Sequence[str] = ("light", "heavy"), until_empty: bool = False) -> None:
        self.queues = tuple(queues)
        self.until_empty = until_empty
        self.stopping = False
        self.reaped = 0.0
        self.looked = 0.0
        self.warned = ""

    def work(self) -> None:
        """Until a signal, or until the queue is empty."""
        while not self.stopping:
            try:
                busy = self.step()
            except OperationalError as error:
                if code := conditions.of_error(error):
                    self._warn(code)
                else:
                    log.exception("the database did not answer; trying again")
                close_old_connections()
                busy = False
                time.sleep(TROUBLE_SECONDS)
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
        if conditions.clock_is_back(conditions.home()):  # deadlines and the journal would be wrong
            self._warn("clock_back")
            return False
        self._clock()
        for queue in self.queues:
            waiting = Job.objects.filter(state=Job.State.QUEUED, queue=queue).order_by("created_at", "pk")
            pk = waiting.values_list("pk", flat=True).first()
            if pk is not None:
                run(pk)
                return True
        return False

    def _warn(self, code: str) -> None:
        """The sentence once, not five times a second."""
        if self.warned != code:
            log.error("%s", conditions.SENTENCES[code])
        self.warned = code

    def _clock(self) -> None:
        """Timed work; not for a worker that was only sent to empty the queue."""
        if not self.until_empty and (not self.looked or time.monotonic() - self.looked > CLOCK_SECONDS):
            self.looked = time.monotonic()
            conditions.note_time(conditions.home())
            start_due()

    def stop_on_signals(self) -> None:
        """The first signal lets the present job end; the second leaves it to the reaper."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            sys.exit(128 + number)
        self.stopping = True
