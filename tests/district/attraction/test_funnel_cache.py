"""The funnel is worked out anew after every change that it rests on, and not twice without one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.district.attraction.conftest import TODAY
from wenpan.district.attraction import actions, funnel_cache, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked_out(monkeypatch):
    """How often the funnel was worked out."""
    from django.core.cache import cache

    cache.clear()
    times, real = [], funnel_cache.funnel
    monkeypatch.setattr(funnel_cache, "funnel", lambda *a, **k: times.append(1) or real(*a, **k))
    return times


def ask(user, by="year"):
    return funnel_cache.cached_funnel(queries.counted_once(user), TODAY, by=by)


def test_the_same_question_is_worked_out_once_and_another_anew(deal, staff, town, worked_out):
    deal()
    assert ask(staff) == ask(staff)
    assert len(worked_out) == 1
    ask(staff, by="quarter")
    ask(town)
    assert len(worked_out) == 3, "a unit is not shown what the office was"


def test_an_event_a_share_and_a_withdrawal_are_seen_at_once(deal, staff, unit, worked_out):
    made = deal()
    assert ask(staff).lines[0].stages[1].reached == 0
    paper = {"evidence": ["permit"], "document": "施工许可2022-7"}
    event = actions.note_event(
        deal=made, kind="reached", stage="started", on=date(2022, 6, 1), by=staff, **paper
    )
    assert ask(staff).lines[0].stages[1].reached == 1
    actions.withdraw_event(event=event, reason="误报", by=staff)
    assert ask(staff).lines[0].stages[1].reached == 0
    before = len(worked_out)
    parts = {unit("tongxi").pk: Decimal(60), unit("park").pk: Decimal(40)}
    actions.set_shares(deal=made, shares=parts, by=staff)
    ask(staff)
    assert len(worked_out) == before + 1
