"""The section of the year's bulletin as .docx, from the query of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wenpan.district.effects.policy import WORDS
from wenpan.district.effects.queries import EffectGroup
from wenpan.district.supervision.log import recipients
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.letters import after_closure
from wenpan.documents.papers.letters.after_closure import EffectLine, EffectPart

NAMES = {"indicator": "指标", "project": "项目"}
MEASURES = {"indicator": "与目标差距的变化（向好为正）", "project": "累计完成占计划总投资比重的变化"}


def section_docx(year: int, groups: Mapping[str, EffectGroup], on: date) -> bytes:
    office = recipients.office()
    parts = [_part(kind, group) for kind, group in groups.items()]
    paper = after_closure.compose(year, parts, office.name if office else "", on)
    return render(paper, created=on)


def _part(kind: str, group: EffectGroup) -> EffectPart:
    return EffectPart(
        name=NAMES[kind],
        measure=MEASURES[kind],
        like="、".join(WORDS[kind][name] for name in group.rules.like),
        closed=group.closed,
        least=group.rules.least_cases,
        lines=tuple(
            EffectLine(e.periods, e.n, e.median, e.like_median, e.difference, e.low, e.high)
            for e in group.effects
        ),
    )
