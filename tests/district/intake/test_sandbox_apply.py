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
