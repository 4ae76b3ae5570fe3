"""A reader of papers that hangs, eats memory or dies takes only its child with it."""

from __future__ import annotations

import os
import time

import pytest

from wenpan.district.ground import sandbox
from wenpan.documents.orders import take_in
from wenpan.documents.spreadsheets.unreadable import Unreadable


@pytest.fixture(autouse=True)
def a_child_of_its_own(monkeypatch):
    monkeypatch.delenv("WENPAN_SANDBOX", raising=False)


def test_the_answer_comes_from_another_process():
    assert sandbox.apply(os.getpid) != os.getpid()


@pytest.mark.parametrize(
    "function, args, limits, code",
    [
        (time.sleep, (30,), {"seconds": 0.5}, "timeout"),
        (bytearray, (3_000_000_000,), {"megabytes": 800}, "memory"),
        (os.abort, (), {}, "memory"),  # an allocator that gives up
        (os._exit, (3,), {}, "crashed"),
        (int, ("no number",), {}, "crashed"),
    ],
)
def test_what_goes_wrong_is_told_and_the_next_paper_is_read(function, args, limits, code):
    with pytest.raises(Unreadable) as refusal:
        sandbox.apply(function, *args, **limits)
    assert refusal.value.code == code
    assert sandbox.apply(len, "下一份") == 3


def test_a_refusal_of_the_reader_comes_through():
    with pytest.raises(Unreadable) as refusal:
        sandbox.apply(take_in.take, b"", "x.txt", None, None, None, None)
    assert refusal.value.code == "empty"


def _busy(seconds):
    return f"import time\nwhile time.process_time() < {seconds}: pass"


@pytest.fixture
def costs(monkeypatch):
    told = []
    monkeypatch.setattr(sandbox, "log_cost", lambda cost, end: told.append((end, cost)))
    return told


def test_each_file_is_charged_with_its_own_cost(costs):
    sandbox.stop()
    sandbox.apply(bytearray, 300_000_000)  # stays the largest child that ever was
    sandbox.apply(len, "下一份")
    (_ok, large), (_ok, small) = costs
    assert large.megabytes > 300
    assert small.megabytes < 250
    assert small.seconds < 0.5


def test_a_reused_reader_does_not_keep_the_mark_of_the_file_before(costs):
    sandbox.stop()
    for size in (60_000_000, 1):
        sandbox.apply(bytearray, size)
    (_ok, first), (_ok, second) = costs
    assert second.megabytes < first.megabytes - 30


def test_a_reader_that_died_is_charged_with_what_it_took(costs, monkeypatch):
    sandbox.stop()
    monkeypatch.setattr(sandbox.Budget, "of_rules", lambda *_: sandbox.Budget(2, 500, wall=120))
    with pytest.raises(Unreadable, match="最多 2 秒"):
        sandbox.apply(exec, _busy(60))
    sandbox.apply(len, "下一份")
    (end, cost), (_ok, after) = costs
    assert end == "died"
    assert 0.9 <= cost.seconds <= 2.3  # the kernel looks at whole seconds: never more than was given
    assert after.seconds < 0.5


def test_the_budget_of_a_file_is_twelve_seconds_and_five_hundred_megabytes():
    budget = sandbox.Budget.of_rules()
    assert (budget.seconds, budget.megabytes) == (12, 500)
