"""Jobs: started once, done once, returned to the queue when their worker dies."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wenpan.district.ground.jobs import actions, registry
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.running import run
from wenpan.district.ground.jobs.worker import Worker
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
HOST = socket.gethostname()[:40]


@pytest.fixture
def calls(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    seen = []

    @registry.job("test.work")
    def work(args, progress):
        progress(40, "读表")
        seen.append((args, Job.objects.get(key=args["key"]).percent))
        if args.get("fail"):
            raise ValueError("坏了")
        return {"rows": 3, "next_url": args.get("next", "")}

    return seen


def start(key="k1", by=None, **args):
    return actions.start(kind="test.work", args={"key": key, **args}, key=key, by=by)


def dead_pid():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def held(worker, *, attempts=1, age=0):
    now = timezone.now()
    return Job.objects.create(
        kind="test.work",
        key="held",
        args={"key": "held"},
        state="running",
        worker=worker,
        attempts=attempts,
        heartbeat=now - timedelta(seconds=age),
        created_at=now,
    )


def test_a_job_runs_after_the_commit_shows_its_progress_and_keeps_its_result(calls):
    with transaction.atomic():
        job = start(next="/done/")
        assert calls == []
    job.refresh_from_db()
    assert calls == [({"key": "k1", "next": "/done/"}, 40)]
    assert (job.state, job.percent, job.result["rows"], job.next_url) == ("done", 100, 3, "/done/")


def test_a_job_of_a_transaction_that_failed_never_was(calls):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        start()
        1 / 0  # noqa: B018
    assert calls == []
    assert not Job.objects.exists()


def test_the_same_key_is_the_same_job_and_runs_once(calls):
    assert start().pk == start().pk
    assert len(calls) == 1


def test_a_failed_job_says_why_and_starting_it_again_tries_it_anew(calls):
    job = start(fail=True)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "坏了" in job.error
    again = start()
    again.refresh_from_db()
    assert (again.pk, again.state, again.error) == (job.pk, "done", "")


def test_starting_is_journalled_once(calls, make_user):
    start(by=make_user("analyst"))
    start(by=None)
    assert Entry.objects.filter(action="jobs.start").count() == 1


def test_a_kind_that_nobody_does_is_refused_at_once(calls):
    with pytest.raises(LookupError):
        actions.start(kind="test.unknown", args={}, key="x", by=None)


def test_of_two_workers_one_does_the_job(calls, settings):
    settings.JOBS_INLINE = False
    job = start()
    run(job.pk)
    run(job.pk)
    assert len(calls) == 1


def test_a_worker_does_the_oldest_first_and_leaves_when_nothing_is_queued(calls, settings):
    settings.JOBS_INLINE = False
    start("a")
    start("b")
    Worker(until_empty=True).work()
    assert [args["key"] for args, _percent in calls] == ["a", "b"]


def test_the_job_of_a_process_that_is_gone_returns_to_the_queue_at_once(calls, settings):
    settings.JOBS_INLINE = False
    job = held(f"{HOST}:{dead_pid()}:x")
    assert actions.reap() == 1
    job.refresh_from_db()
    assert (job.state, job.worker) == ("queued", "")
    Worker(until_empty=True).work()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_living_process_keeps_its_job_and_loses_it_when_its_lease_runs_out(calls):
    job = held(f"{HOST}:{os.getpid()}:x")
    assert actions.reap() == 0
    assert actions.reap(now=timezone.now() + actions.LEASE + timedelta(seconds=1)) == 1
    job.refresh_from_db()
    assert job.state == "done"  # inline: done again as soon as it was returned


def test_a_job_that_kills_its_worker_twice_is_given_up(calls):
    job = held("elsewhere:1:x", attempts=actions.ATTEMPTS, age=3600)
    assert actions.reap() == 1
    job.refresh_from_db()
    assert job.state == "failed"
    assert "2 次" in job.error


def test_a_worker_that_lost_its_lease_cannot_write_over_its_successor(calls, settings, monkeypatch):
    settings.JOBS_INLINE = False

    @registry.job("test.slow")
    def slow(args, progress):
        Job.objects.update(worker="elsewhere:1:successor")  # the reaper gave it to another
        progress(80, "还在做")
        return {"by": "the late one"}

    job = actions.start(kind="test.slow", args={}, key="slow", by=None)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.worker, job.percent, job.result) == ("running", "elsewhere:1:successor", 0, None)


def test_the_page_polls_until_the_work_is_over_and_then_goes_on(calls, client, make_user, settings):
    settings.JOBS_INLINE = False
    analyst = make_user("analyst")
    client.force_login(analyst)
    job = start(by=analyst, next="/help/")
    url = reverse("jobs:progress", args=[job.pk])
    assert "hx-trigger" in client.get(url).content.decode()
    run(job.pk)
    assert client.get(url).url == "/help/"
    assert client.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == "/help/"


def test_anothers_job_does_not_exist_for_me(calls, client, make_user):
    job = start(by=make_user("analyst"))
    client.force_login(make_user("statistician"))
    assert client.get(reverse("jobs:progress", args=[job.pk])).status_code == 404
