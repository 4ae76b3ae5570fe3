"""A light and a heavy queue with two workers at least: however few are asked for, each queue has one."""

from __future__ import annotations

import pytest

from wenpan.commands import _workers


class Process:
    returncode = None

    def poll(self):
        return self.returncode


@pytest.fixture
def begun(monkeypatch):
    """The queues for which a worker was begun, in order."""
    queues: list[str] = []

    def begin(queue):
        queues.append(queue)
        return Process()

    monkeypatch.setattr(_workers, "_begin", begin)
    return queues


@pytest.mark.parametrize(
    "asked, queues",
    [
        (0, ["light", "heavy"]),
        (1, ["light", "heavy"]),
        (2, ["light", "heavy"]),
        (4, ["light", "heavy", "heavy", "heavy"]),
    ],
)
def test_each_queue_has_a_worker_of_its_own(begun, asked, queues):
    _workers.Workers(asked).start()
    assert begun == queues


def test_a_worker_that_died_is_started_again_for_its_queue(begun, capsys):
    workers = _workers.Workers(2)
    workers.start()
    workers._running[1].process.returncode = -9
    workers.watch()
    assert begun == ["light", "heavy", "heavy"]
    assert "heavy" in capsys.readouterr().err
