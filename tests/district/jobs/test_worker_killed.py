"""A worker killed in the middle of a job, as a process: the next one finishes it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.migrated import begin

WORK = """
import sys, time
from wenpan.commands._start import start_django
start_django()
from django.core.management import call_command
from wenpan.district.ground.jobs import actions, registry
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.worker import Worker
@registry.job("test.slow")
def slow(args, progress):
    progress(10, "begun")
    if Job.objects.get().attempts == 1:
        time.sleep(60)
    return {"ok": True}
if sys.argv[1] == "first":
    call_command("migrate", verbosity=0)
    actions.start(kind="test.slow", args={}, key="slow", by=None)
    print("started", flush=True)
Worker(until_empty=True).work()
print(Job.objects.get().state, Job.objects.get().attempts, flush=True)
"""


@pytest.mark.slow
def test_the_job_of_a_worker_killed_by_the_system_is_done_by_the_next(tmp_path):
    home = begin(tmp_path / "home")
    environment = {**os.environ, "WENPAN_HOME": str(home), "WENPAN_JOBS": "queue", "DATABASE_URL": ""}
    command = [sys.executable, "-c", WORK]
    first = subprocess.Popen([*command, "first"], env=environment, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "started\n"
    time.sleep(1.5)
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()
    second = subprocess.run(
        [*command, "second"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert second.stdout == "done 2\n", second.stderr
