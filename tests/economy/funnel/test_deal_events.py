"""The log of a deal: what its events add up to on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.economy.funnel.events import PipelineEvent, PipelineEventKind, replay, replay_all
from wenpan.economy.funnel.stages import Stage
from wenpan.rules.deals import stage_rules

K = PipelineEventKind
DAY = date(2022, 9, 30)


def reached(stage: Stage, on: date, deal: str = "D1", **more: object) -> PipelineEvent:
    return PipelineEvent(deal, K.REACHED, on, stage, **more)  # type: ignore[arg-type]


def test_a_framework_agreement_is_not_a_signing_whatever_is_built_on_it():
    state = replay(
        [reached(Stage.FRAMEWORK, date(2022, 1, 5)), reached(Stage.REGISTERED, date(2022, 3, 1))], DAY
    )
    assert not state.signed
    assert state.stage is Stage.REGISTERED


def test_an_edit_never_resets_ageing():
    start = [reached(Stage.TALK, date(2022, 5, 1))]
    edited = [*start, PipelineEvent("D1", K.EDITED, date(2022, 9, 29))]
    assert replay(edited, DAY) == replay(start, DAY)
    assert replay(edited, DAY).moved_on == date(2022, 5, 1)


def test_documented_progress_moves_a_deal_but_not_its_age_in_the_stage():
    events = [reached(Stage.TALK, date(2022, 5, 1)), PipelineEvent("D1", K.PROGRESS, date(2022, 9, 1))]
    state = replay(events, DAY)
    assert (state.since, state.moved_on) == (date(2022, 5, 1), date(2022, 9, 1))
    assert state.days_in_stage(DAY) == 152


def test_the_same_stage_told_twice_keeps_its_first_day():
    state = replay([reached(Stage.TALK, date(2022, 5, 1)), reached(Stage.TALK, date(2022, 8, 1))], DAY)
    assert state.since == date(2022, 5, 1)


@pytest.mark.parametrize(("day", "signed"), [(date(2022, 9, 29), False), (date(2022, 9, 30), True)])
def test_an_event_counts_from_its_day_on(day, signed):
    assert replay([reached(Stage.SIGNED, date(2022, 9, 30))], day).signed is signed


def test_a_deal_taken_back_loses_the_stages_after():
    events = [
        reached(Stage.TALK, date(2022, 1, 1)),
        reached(Stage.SIGNED, date(2022, 3, 1), approved_on=date(2022, 3, 2)),
        PipelineEvent("D1", K.RETURNED, date(2022, 6, 1), Stage.TALK, reason="合同未经审核"),
    ]
    state = replay(events, DAY)
    assert (state.stage, state.signed, state.approved) == (Stage.TALK, False, {})
    assert replay(events, date(2022, 5, 31)).signed  # and the past stays what it was


def test_an_agreement_replaced_by_another_ends_as_replaced():
    state = replay(
        [reached(Stage.SIGNED, date(2022, 1, 1)), PipelineEvent("D1", K.REPLACED, DAY, successor="D2")], DAY
    )
    assert not state.open
    assert state.ending is not None
    assert state.ending.successor == "D2"


def test_an_ended_deal_may_resume_and_stops_ageing_while_it_is_ended():
    ended = [
        reached(Stage.TALK, date(2022, 1, 1)),
        PipelineEvent("D1", K.ENDED, date(2022, 2, 1), reason="撤资"),
    ]
    assert replay(ended, DAY).days_in_stage(DAY) == 31
    assert replay([*ended, PipelineEvent("D1", K.RESUMED, date(2022, 9, 1))], DAY).open


@pytest.mark.parametrize(
    ("kind", "word"),
    [(K.ENDED, "原因"), (K.REPLACED, "替代的协议"), (K.MOVED, "转入地"), (K.REACHED, "阶段")],
)
def test_an_event_without_what_its_kind_needs_is_refused(kind, word):
    with pytest.raises(ValueError, match=word):
        PipelineEvent("D1", kind, DAY)


def test_an_event_before_its_predecessor_is_told_and_kept():
    state = replay([reached(Stage.SIGNED, date(2022, 5, 1)), reached(Stage.STARTED, date(2022, 3, 1))], DAY)
    assert state.reached[Stage.STARTED] == date(2022, 3, 1)
    assert state.out_of_order == ("“开工”(2022-03-01)早于“正式签约”(2022-05-01)",)


def test_a_stage_without_the_evidence_of_the_rule_says_what_is_missing():
    rules = stage_rules(DAY)
    bare = replay([reached(Stage.SIGNED, DAY)], DAY, rules)
    proven = replay([reached(Stage.SIGNED, DAY, evidence=frozenset({"contract"}))], DAY, rules)
    assert bare.unproven == {Stage.SIGNED: ("正式投资合同",)}
    assert proven.unproven == {}


def test_what_landed_means_differs_by_trade():
    rules = stage_rules(DAY)
    stages = [rules.landing_stage(trade) for trade in ("industry", "services", "new_format", "")]
    assert stages == [Stage.STARTED, Stage.PRODUCING, Stage.REGISTERED, Stage.STARTED]


_EVENTS = st.lists(
    st.builds(
        PipelineEvent,
        st.sampled_from(["A", "B"]),
        st.just(K.REACHED),
        st.integers(0, 900).map(lambda n: date(2021, 1, 1) + timedelta(days=n)),
        st.sampled_from(list(Stage)),
    ),
    max_size=12,
)


@given(_EVENTS, st.randoms())
def test_the_order_of_the_input_does_not_matter(events, random):
    shuffled = [*events, *events]
    random.shuffle(shuffled)
    assert replay_all(shuffled, DAY) == replay_all(events, DAY)


@given(_EVENTS, _EVENTS)
def test_later_events_do_not_change_the_past(events, more):
    later = [e for e in more if e.on > DAY]
    assert replay_all([*events, *later], DAY) == replay_all(events, DAY)
