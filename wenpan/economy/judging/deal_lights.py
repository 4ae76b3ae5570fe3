"""Lights of deals that stand still: rule sets with `object: deal` over the facts of `funnel.stalled`.

Pure. The light is replayed at the end of each month before as well, from the same log: it turns worse at
once and better only after it has been better `hold` times in a row (now counts as one), so that one
telephone call does not turn a red deal green. A documented excuse may hold a light back where its rule
allows it, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wenpan.economy.forecast.warning import steady
from wenpan.economy.funnel.events import PipelineEvent, PipelineState, replay
from wenpan.economy.funnel.stalled import stalled_facts
from wenpan.economy.judging.lights import Light, RuleSet, Verdict

_MONTHS_BACK = 6


@dataclass(frozen=True)
class DealExcuse:
    """A documented reason that holds from `first` to `last`, both included."""

    text: str
    first: date
    last: date


@dataclass(frozen=True)
class DealLight:
    """`light` as shown; `verdict` as of the day alone; `held` says why they differ, "" where they do not."""

    light: Light
    verdict: Verdict
    facts: Mapping[str, Any]
    held: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        return (*self.verdict.reasons, self.held) if self.held else self.verdict.reasons


def deal_light(
    events: Iterable[PipelineEvent],
    day: date,
    rules: RuleSet,
    *,
    excuses: Sequence[DealExcuse] = (),
    hold: int = 1,
) -> DealLight:
    """The light of one deal at the end of `day`. UNKNOWN for a deal that ended or has no event yet."""
    if hold < 1:
        raise ValueError(f"hold 应不小于1, 实为{hold}")
    log = list(events)
    state, verdict, facts = _judged(log, day, rules, excuses)
    if not state.open or hold == 1:
        return DealLight(verdict.light, verdict, facts)
    past = [_judged(log, end, rules, excuses) for end in _month_ends(day, _MONTHS_BACK + hold)]
    lights = [v.light for s, v, _ in past if s.open] + [verdict.light]
    shown = Light(steady(lights, hold=hold)[-1])
    held = f"此前为{shown.label}, 连续{hold}次好转后才变" if shown != verdict.light else ""
    return DealLight(shown, verdict, facts, held)


def _judged(
    log: Sequence[PipelineEvent], day: date, rules: RuleSet, excuses: Sequence[DealExcuse]
) -> tuple[PipelineState, Verdict, dict[str, Any]]:
    state = replay(log, day)
    facts = stalled_facts(state, day)
    if not state.open:
        return state, Verdict(Light.UNKNOWN), facts
    excuse = next((e.text for e in excuses if e.first <= day <= e.last), None)
    facts |= {"excuse": excuse} if excuse else {}
    return state, rules.judge(facts), facts


def _month_ends(day: date, count: int) -> list[date]:
    """The last days of the months before that of `day`, oldest first."""
    ends = [day.replace(day=1) - timedelta(days=1)]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]
