"""What the pipeline is expected to bring into the statistics library by December: the pool's "new entries".

Starts and agreed amounts come of `economy.funnel.pipeline`; what the library plans for one agreed is
learnt from deals that are confirmed to be in it, drawn anew each time. It refuses where too few deals
were watched, and where too few of the started ones are linked: their projects would be counted among the
usual entries and here again.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from wenpan.district.attraction.counted_deals import CountedDeal, read_deals
from wenpan.district.attraction.funnel_queries import pipeline_of
from wenpan.district.attraction.funnel_values import state_of
from wenpan.district.attraction.models import Deal, DealLink
from wenpan.district.projects.base.entries_provider import PipelineAnswer, PipelineBasis, Three
from wenpan.economy.funnel.pipeline import LEAST_HISTORY, drawn_starts
from wenpan.economy.funnel.stages import Stage
from wenpan.economy.pool.grid import Floats
from wenpan.economy.pool.new_projects import PipelineEntries
from wenpan.economy.time.periods import Month
from wenpan.rules.deals import PipelineRule, pipeline_rule

DRAWS = 400


@dataclass(frozen=True)
class _Linked:
    """Started deals that are large enough for the library: how many, and 万元 agreed and planned of the
    linked.
    """

    started: int
    agreed: Floats
    planned: Floats
    projects: frozenset[str]

    @property
    def share(self) -> float:
        return len(self.agreed) / self.started if self.started else 0.0


def expected_entries(month: Month) -> PipelineAnswer | None:
    """None where no deal was known by then."""
    day = date(month.year, month.month, monthrange(month.year, month.month)[1])
    rows = Deal.objects.filter(retracted=False, duplicate_of=None)
    deals = read_deals(rows)
    rule = pipeline_rule()
    large = [d for d in deals if d.agreed is None or float(d.agreed) >= rule.least_amount]
    drawn = drawn_starts(
        list(pipeline_of(large, [state_of(d) for d in large])), day, date(month.year, 12, 31), draws=DRAWS
    )
    history = sum(_known(d, day) for d in large)  # a deal that was signed teaches of its talks too: once
    if not history:
        return None
    linked = _linked(large, day)
    refused = _refused(min(history, drawn.history), linked, rule)
    if refused:
        basis = PipelineBasis(
            drawn.waiting,
            history,
            linked.started,
            len(linked.agreed),
            None,
            None,
            None,
            refused,
            rule.source,
        )
        return PipelineAnswer(basis, None)
    totals = drawn.amounts * _ratios(linked, len(drawn.amounts))
    basis = PipelineBasis(
        drawn.waiting, history, linked.started, len(linked.agreed), _three(drawn.counts),
        _three(totals), round(float(linked.planned.sum() / linked.agreed.sum()), 3), "", rule.source,
    )  # fmt: skip
    return PipelineAnswer(basis, PipelineEntries(drawn.counts, totals, linked.projects))


def _linked(deals: Sequence[CountedDeal], day: date) -> _Linked:
    """A link counts from the day of the start, whenever it was confirmed."""
    started = {d.pk: d for d in deals if d.agreed is not None and _started(d, day)}
    links = DealLink.objects.filter(deal__in=started, project__retracted=False)
    planned: dict[int, float] = {}
    projects = []
    for deal, project, total in links.values_list("deal_id", "project_id", "project__planned_total"):
        planned[deal] = planned.get(deal, 0.0) + float(total)
        projects.append(str(project))
    agreed = [float(started[pk].agreed or 0) for pk in planned]
    return _Linked(len(started), np.array(agreed), np.array(list(planned.values())), frozenset(projects))


def _known(deal: CountedDeal, day: date) -> bool:
    """Whether it was in talks or further by the day."""
    reached = state_of(deal).reached
    return any(on <= day for stage, on in reached.items() if stage is not Stage.LEAD)


def _started(deal: CountedDeal, day: date) -> bool:
    on = state_of(deal).reached.get(Stage.STARTED)
    return on is not None and on <= day


def _refused(history: int, linked: _Linked, rule: PipelineRule) -> str:
    if history < LEAST_HISTORY:
        return _("招商项目只有%(n)d个可作参照，不足%(least)d个") % {"n": history, "least": LEAST_HISTORY}
    if len(linked.agreed) < rule.least_linked:
        return _("已开工的招商项目中只有%(n)d个对应了统计项目，不足%(least)d个") % {
            "n": len(linked.agreed), "least": rule.least_linked,
        }  # fmt: skip
    if linked.share < rule.least_linked_share:
        return _("已开工的%(started)d个招商项目中对应了统计项目的%(n)d个，不足%(least)d%%") % {
            "started": linked.started, "n": len(linked.agreed), "least": round(rule.least_linked_share * 100),
        }  # fmt: skip
    return ""


def _ratios(linked: _Linked, draws: int) -> Floats:
    """Planned total of the library for one agreed, each draw from the linked deals drawn anew."""
    rows = np.random.default_rng(0).integers(0, len(linked.agreed), (draws, len(linked.agreed)))
    return np.asarray(linked.planned[rows].sum(1) / linked.agreed[rows].sum(1), dtype=np.float64)


def _three(values: Floats) -> Three:
    low, high = np.quantile(values, (0.1, 0.9))
    return round(float(low), 2), round(float(values.mean()), 2), round(float(high), 2)
