"""One protocol for every kind of workbook: what was examined is stored, and is worked out once."""

from __future__ import annotations

import inspect

import pytest

from tests.district.intake.conftest import figure, workbook
from wenpan.district.intake import actions, handlers

pytestmark = pytest.mark.django_db


def test_every_handler_stores_the_plan_of_its_examination():
    assert len(handlers._handlers) >= 6
    for kind, handler in handlers._handlers.items():
        assert list(inspect.signature(handler.examine).parameters) == ["reading", "submission"], kind
        assert list(inspect.signature(handler.store).parameters) == ["submission", "plan", "by", "at"], kind
        assert list(inspect.signature(handler.undo).parameters) == ["submission", "by", "reason", "at"], kind


def test_acceptance_examines_once_and_stores_that_very_plan(checked, analyst, monkeypatch):
    submission, examined, stored = checked(workbook(figure())), [], []
    handler = handlers.handler_of("indicator_table")
    examine, store = handler.examine, handler.store
    monkeypatch.setattr(handler, "examine", lambda *given: examined.append(examine(*given)) or examined[-1])
    monkeypatch.setattr(
        handler,
        "store",
        lambda submission, plan, **who: stored.append(plan) or store(submission, plan, **who),
    )
    actions.accept(submission=submission, by=analyst)
    assert len(examined) == len(stored) == 1
    assert stored[0] is examined[0].plan
