"""A heavy file never holds up a light one; what a dead worker left is taken up again once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wenpan.commands.work import QUEUES
from wenpan.district.ground.jobs import actions, registry
from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch, settings):
    settings.JOBS_INLINE = False
    monkeypatch.setattr(registry, "_kinds", {})
    order: list[str] = []

    @registry.job("test.light", label="轻的")
    def light(args, progress):
        order.append(args["key"])
        return {}

    @registry.job("test.heavy", label="重的", heavy=True)
    def heavy(args, progress):
        order.append(args["key"])
        return {}

    return order


def start(key, kind="test.light", **more):
    return actions.start(kind=kind, args={"key": key}, key=key, by=more.pop("by", None), **more)


def worker(queue):
    return Worker(queues=QUEUES[queue], until_empty=True)


def test_a_light_worker_passes_by_heavy_work(done):
    start("h1", "test.heavy")
    start("h2", heavy=True)  # a large file of a kind that is light
    start("l1")
    worker("light").work()
    assert done == ["l1"]


def test_a_heavy_worker_helps_with_light_work_once_nothing_heavy_waits(done):
    start("l1")
    start("h1", "test.heavy")
    worker("heavy").work()
    assert done == ["h1", "l1"]


def test_the_kind_decides_unless_the_start_says_otherwise(done):
    queues = [start("a").queue, start("b", heavy=True).queue, start("c", "test.heavy").queue,
              start("d", "test.heavy", heavy=False).queue]  # fmt: skip
    assert queues == ["light", "heavy", "heavy", "light"]


def test_a_dead_workers_job_is_taken_up_again_once(done):
    job = start("l1")
    for attempts, state in ((1, "queued"), (2, "failed")):
        past = timezone.now() - timedelta(hours=1)
        Job.objects.filter(pk=job.pk).update(
            state="running", worker="elsewhere:1:x", heartbeat=past, attempts=attempts
        )
        assert actions.reap() == 1
        job.refresh_from_db()
        assert job.state == state
    assert "中断了 2 次" in job.error


def test_the_list_says_which_queue_and_how_many_are_before(client, done, make_user):
    user = make_user("analyst")
    client.force_login(user)
    start("other")
    start("mine", by=user)
    heavy = start("big", "test.heavy", by=user)
    page = client.get(reverse("jobs:list")).content.decode()
    assert "慢办" in page
    assert "快办" in page
    assert "前面还有 1 件" in page
    assert "重的" in page
    assert page.count("<tr>") == 3  # the head and two of mine
    assert "慢办" in client.get(reverse("jobs:progress", args=[heavy.pk])).content.decode()


def test_nothing_is_done_while_the_clock_is_back(done, settings, tmp_path):
    settings.WENPAN_HOME = tmp_path
    (tmp_path / "clock").write_text(str(time.time() + 3600))
    start("l1")
    worker("light").work()
    assert done == []
    (tmp_path / "clock").unlink()
    worker("light").work()
    assert done == ["l1"]
