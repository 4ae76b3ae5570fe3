"""One deal: its time line, ladder, evidence, and why it counts or not under each set of rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.attraction.chain.opening import landed
from wenpan.district.attraction.funnel_queries import HOME, invested_of
from wenpan.district.attraction.funnel_values import case_of, ladder_of, state_of
from wenpan.district.attraction.models import Deal, DealAmount, DealEvent, DealLink
from wenpan.district.attraction.queries import with_lights
from wenpan.district.projects.models import Project
from wenpan.economy.funnel.amount_ladder import AmountLadder
from wenpan.economy.funnel.counting import CountDecision, counts
from wenpan.economy.funnel.counting_rules import CountingRules
from wenpan.economy.funnel.events import PipelineState
from wenpan.economy.funnel.identity import likeness
from wenpan.economy.funnel.stages import Stage, StageRules
from wenpan.economy.judging.deal_lights import DealLight
from wenpan.rules.deals import counting_in_force, counting_rules, stage_rules

_LIKE = 60.0


@dataclass(frozen=True)
class SetDecision:
    """What one set of counting rules says of the deal. `in_force`: the one that decides here."""

    rules: CountingRules
    decision: CountDecision
    in_force: bool


@dataclass(frozen=True)
class ShownEvent:
    event: DealEvent
    label: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class DealPage:
    deal: Deal
    light: DealLight
    days_in_stage: int | None
    stage_label: str
    landing_label: str
    events: tuple[ShownEvent, ...]
    missing: tuple[str, ...]  # "“正式签约”缺正式投资合同"
    disorder: tuple[str, ...]
    ladder: AmountLadder
    amounts: tuple[DealAmount, ...]
    decisions: tuple[SetDecision, ...]
    links: tuple[tuple[DealLink, Any], ...]  # with the project's cumulative 万元
    candidates: tuple[Project, ...]
    may_open: bool  # landed, and nothing of the library corresponds yet
    entered: str  # what the library says that the events do not: it entered, no start was noted
    shares_asked: bool


_KINDS = {
    "progress": "推进", "returned": "退回", "moved": "转移", "replaced": "被替代", "ended": "终止",
    "resumed": "恢复", "edited": "更正",
}  # fmt: skip


def deal_page(deal: Deal, today: date) -> DealPage:
    """`deal` with unit, town, shares, events and amounts prefetched or not; reads what it lacks."""
    stages = stage_rules(today)
    events = list(deal.events.select_related("by", "submission", "successor"))
    amounts = list(deal.amounts.select_related("by", "submission"))
    state, ladder = state_of(deal), ladder_of(amounts, today)
    case, chosen = case_of(deal, state, ladder, HOME), counting_in_force(today)
    sets = [chosen, *(r for r in counting_rules().values() if r.code != chosen.code)]
    links = list(deal.links.select_related("project", "by"))
    invested = invested_of([link.project_id for link in links])
    merged = list(deal.duplicates.select_related("unit"))
    return DealPage(
        deal, with_lights([deal], today)[0][1], state.days_in_stage(today),
        stages.label(state.stage) if state.stage else "—", stages.label(stages.landing_stage(deal.trade)),
        tuple(_shown(event, stages) for event in reversed(events)),
        tuple(f"“{stages.label(s)}”缺{'、'.join(words)}" for s, words in state.unproven.items()),
        state.out_of_order, ladder, tuple(reversed(amounts)),
        tuple(SetDecision(r, counts(case, r, today, stages), r is chosen) for r in sets),
        tuple((link, invested.get(link.project_id)) for link in links),
        _candidates(deal) if not any(link.project.entered for link in links) else (),
        not links and landed(deal, today), _entered(links, state, stages),
        any(other.unit_id != deal.unit_id for other in merged) and not deal.shares.all(),
    )  # fmt: skip


def _entered(links: Sequence[DealLink], state: PipelineState, stages: StageRules) -> str:
    months = [link.project.entered for link in links if link.project.entered]
    if not months or state.has(Stage.STARTED) or not state.open:
        return ""
    words = _("对应的统计项目%(month)s已入库，还没有登记“%(stage)s”。")
    return words % {"month": min(months), "stage": stages.label(Stage.STARTED)}


def _shown(event: DealEvent, stages: Any) -> ShownEvent:
    label = _KINDS.get(event.kind, "")
    if event.stage:
        label += stages.label(Stage(event.stage))
    return ShownEvent(event, label, tuple(stages.evidence_names.get(k, k) for k in event.evidence))


def _candidates(deal: Deal) -> tuple[Project, ...]:
    """Statistics projects that may be this deal, by name or builder; the likeliest first."""
    taken = DealLink.objects.values("project")
    rows = Project.objects.filter(retracted=False).exclude(pk__in=taken).only("code", "name", "owner")
    scored = []
    for project in rows:
        score = likeness(deal.name, project.name)
        if deal.company and project.owner:
            score = max(score, likeness(deal.company, project.owner))
        if score >= _LIKE:
            scored.append((-score, project.pk, project))
    return tuple(project for _score, _pk, project in sorted(scored)[:5])
