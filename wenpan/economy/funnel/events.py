"""What happened to a deal: one event, and what the events of a deal add up to on a day.

Pure. The log is the truth: stage, age and ending are replayed from it and never kept beside it. Events may
come in any order and in any number of copies; they are put in order by day. What is told of a later day
than asked for is not looked at, so that the past does not change when more is known.

    reached[stage]  the first day on which the stage was reached and not taken back since
    stage           the furthest reached stage;  since: its day
    moved_on        the last day on which the deal moved: a stage, documented progress, a resumption.
                    An edit (EDITED) moves nothing, so that ageing cannot be reset by typing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wenpan.economy.funnel.stages import Stage, StageRules


class PipelineEventKind(StrEnum):
    REACHED = "reached"  # a stage
    PROGRESS = "progress"  # a visit, a reception, a step done, with its document
    RETURNED = "returned"  # back to an earlier stage: what came after it falls
    MOVED = "moved"  # to another district, park or town
    REPLACED = "replaced"  # by another agreement, which counts in its place
    ENDED = "ended"  # with a reason
    RESUMED = "resumed"  # an ended deal goes on
    EDITED = "edited"  # fields were corrected; nothing happened to the deal


_RANK = {kind: number for number, kind in enumerate(PipelineEventKind)}


@dataclass(frozen=True)
class PipelineEvent:
    """One event. `on`: the day it happened; `approved_on`: the day the office accepted it, or None.

    `evidence`: kinds of documents that prove a stage (codes of the stage rules). ValueError where the event
    lacks what its kind needs: a stage, a reason, the other agreement, a place.
    """

    deal: str
    kind: PipelineEventKind
    on: date
    stage: Stage | None = None
    approved_on: date | None = None
    by: str = ""
    document: str = ""
    evidence: frozenset[str] = frozenset()
    reason: str = ""  # of ENDED, RETURNED
    successor: str = ""  # of REPLACED: the deal or agreement that takes over
    place: str = ""  # of MOVED: where to

    def __post_init__(self) -> None:
        kind, needs = self.kind, _NEEDS.get(self.kind, ())
        for name in needs:
            if not getattr(self, name):
                raise ValueError(f"{self.deal} {self.on} {_KIND_WORDS[kind]}: 须写明{_FIELD_WORDS[name]}")
        if self.approved_on is not None and self.approved_on < self.on:
            raise ValueError(f"{self.deal}: 认定日期{self.approved_on}早于发生日期{self.on}")


_NEEDS: Mapping[PipelineEventKind, tuple[str, ...]] = {
    PipelineEventKind.REACHED: ("stage",),
    PipelineEventKind.RETURNED: ("stage", "reason"),
    PipelineEventKind.MOVED: ("place",),
    PipelineEventKind.REPLACED: ("successor",),
    PipelineEventKind.ENDED: ("reason",),
}
_FIELD_WORDS = {"stage": "阶段", "reason": "原因", "successor": "替代的协议", "place": "转入地"}
_KIND_WORDS = {
    PipelineEventKind.REACHED: "进入阶段", PipelineEventKind.PROGRESS: "推进",
    PipelineEventKind.RETURNED: "退回", PipelineEventKind.MOVED: "转移",
    PipelineEventKind.REPLACED: "被替代", PipelineEventKind.ENDED: "终止",
    PipelineEventKind.RESUMED: "恢复", PipelineEventKind.EDITED: "更正",
}  # fmt: skip


@dataclass(frozen=True)
class DealEnding:
    """`kind` is ENDED or REPLACED."""

    kind: PipelineEventKind
    on: date
    reason: str
    successor: str = ""


@dataclass(frozen=True)
class PipelineState:
    """What a deal is on a day. `stage` is None where nothing was reached yet.

    `approved`: the day on which the office accepted a stage, of those accepted by the day asked for.
    `unproven`: stages that lack evidence under the rule given, with what is missing in words.
    `out_of_order`: sentences about events that came before their predecessor. `places`: (from day, place).
    """

    deal: str
    stage: Stage | None = None
    since: date | None = None
    reached: Mapping[Stage, date] = field(default_factory=dict)
    approved: Mapping[Stage, date] = field(default_factory=dict)
    ending: DealEnding | None = None
    places: tuple[tuple[date, str], ...] = ()
    moved_on: date | None = None
    unproven: Mapping[Stage, tuple[str, ...]] = field(default_factory=dict)
    out_of_order: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.stage is not None and self.ending is None

    @property
    def place(self) -> str:
        """Where it was moved to last; "" where it was never moved."""
        return self.places[-1][1] if self.places else ""

    def has(self, stage: Stage) -> bool:
        return stage in self.reached

    @property
    def signed(self) -> bool:
        """Formally signed. A framework or intention agreement is not, whatever is built on it."""
        return Stage.SIGNED in self.reached

    def days_in_stage(self, day: date) -> int | None:
        """Days since the present stage was reached; of an ended deal until its end."""
        if self.since is None:
            return None
        end = min(day, self.ending.on) if self.ending else day
        return (end - self.since).days


def replay(events: Iterable[PipelineEvent], day: date, rules: StageRules | None = None) -> PipelineState:
    """The state of one deal at the end of `day`. ValueError where events of two deals are mixed."""
    known = sorted({e for e in events if e.on <= day}, key=_key)
    if not known:
        return PipelineState("")
    if len(deals := {e.deal for e in known}) > 1:
        raise ValueError(f"一次只能重放一个项目的事件: {'、'.join(sorted(deals)[:3])}")
    walk = _Walk()
    for event in known:
        walk.take(event, day)
    stage = max(walk.reached, key=lambda s: s.order, default=None)
    return PipelineState(
        known[0].deal, stage, walk.reached[stage] if stage else None, walk.reached, walk.approved,
        walk.ending, tuple(walk.places), walk.moved_on, _unproven(walk, rules), _disorder(walk, rules),
    )  # fmt: skip


def replay_all(
    events: Iterable[PipelineEvent], day: date, rules: StageRules | None = None
) -> dict[str, PipelineState]:
    """The state of every deal that has an event by `day`, by deal in order."""
    by_deal: dict[str, list[PipelineEvent]] = {}
    for event in events:
        if event.on <= day:
            by_deal.setdefault(event.deal, []).append(event)
    return {deal: replay(by_deal[deal], day, rules) for deal in sorted(by_deal)}


def _key(event: PipelineEvent) -> tuple[object, ...]:
    stage = event.stage.order if event.stage else -1
    approved = event.approved_on or date.max
    words = (event.by, event.document, event.reason, event.successor, event.place)
    return event.on, _RANK[event.kind], stage, approved, words, sorted(event.evidence)


class _Walk:
    """The state while the events go by."""

    def __init__(self) -> None:
        self.reached: dict[Stage, date] = {}
        self.approved: dict[Stage, date] = {}
        self.evidence: dict[Stage, set[str]] = {}
        self.ending: DealEnding | None = None
        self.places: list[tuple[date, str]] = []
        self.moved_on: date | None = None

    def take(self, event: PipelineEvent, day: date) -> None:
        if event.kind is PipelineEventKind.EDITED:
            return
        if event.kind is PipelineEventKind.REACHED and event.stage:
            self._reach(event.stage, event, day)
        elif event.kind is PipelineEventKind.RETURNED and event.stage:
            self._fall_back(event.stage, event.on)
        elif event.kind is PipelineEventKind.MOVED:
            self.places.append((event.on, event.place))
            return  # another district's deal: its own progress has not moved
        elif event.kind in (PipelineEventKind.ENDED, PipelineEventKind.REPLACED):
            if self.ending is None:
                self.ending = DealEnding(event.kind, event.on, event.reason, event.successor)
            return
        elif event.kind is PipelineEventKind.RESUMED:
            self.ending = None
        self.moved_on = event.on

    def _reach(self, stage: Stage, event: PipelineEvent, day: date) -> None:
        self.reached.setdefault(stage, event.on)
        self.evidence.setdefault(stage, set()).update(event.evidence)
        if event.approved_on is not None and event.approved_on <= day:
            self.approved[stage] = min(event.approved_on, self.approved.get(stage, event.approved_on))

    def _fall_back(self, stage: Stage, on: date) -> None:
        for later in [s for s in self.reached if s.order > stage.order]:
            self.reached.pop(later)
            self.approved.pop(later, None)
            self.evidence.pop(later, None)
        self.reached.setdefault(stage, on)


def _unproven(walk: _Walk, rules: StageRules | None) -> dict[Stage, tuple[str, ...]]:
    if rules is None:
        return {}
    missing = {s: rules.missing_evidence(s, walk.evidence.get(s, set())) for s in walk.reached}
    return {stage: words for stage, words in missing.items() if words}


def _disorder(walk: _Walk, rules: StageRules | None) -> tuple[str, ...]:
    """Told, never mended: a later stage on an earlier day than the one before it, or without it."""
    said = []
    for stage in sorted(walk.reached, key=lambda s: s.order):
        demand = rules.demands.get(stage) if rules else None
        for before in demand.after if demand else _before(stage, walk.reached):
            if before not in walk.reached:
                said.append(f"“{stage.label}”({walk.reached[stage]})之前没有“{before.label}”的记录")
            elif walk.reached[before] > walk.reached[stage]:
                said.append(
                    f"“{stage.label}”({walk.reached[stage]})早于“{before.label}”({walk.reached[before]})"
                )
    return tuple(said)


def _before(stage: Stage, reached: Mapping[Stage, date]) -> Sequence[Stage]:
    """Where no rule names the predecessors: of the earlier stages that were reached the one reached last."""
    earlier = [s for s in reached if s.order < stage.order and s is not Stage.FRAMEWORK]
    return sorted(earlier, key=lambda s: (reached[s], s.order))[-1:]
