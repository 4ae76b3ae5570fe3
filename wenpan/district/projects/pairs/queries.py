"""Pairs of both lists that a person may confirm: agreed in code, name, or base name and owner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wenpan.district.projects.library.list_lines import base_name
from wenpan.district.projects.models import Apart, KeyProject, Link, Project


@dataclass(frozen=True)
class PairProposal:
    """`reasons`: why both may be the same; the strongest first."""

    project_id: int
    project_code: str
    project_name: str
    key_id: int
    key_code: str
    key_name: str
    year: int
    score: float
    reasons: tuple[str, ...] = field(default_factory=tuple)


def proposals(limit: int = 100) -> list[PairProposal]:
    """Projects without a pair in the key project's year that agree in code, name, or base name and owner;
    best first, of equals the newer year's. What a person said to be apart is not proposed again."""
    keys = KeyProject.objects.filter(retracted=False, link__isnull=True)
    projects = list(Project.objects.filter(retracted=False))
    paired = set(Link.objects.values_list("project_id", "year"))
    apart = set(Apart.objects.values_list("project_id", "key_project__name"))
    before = set(Link.objects.values_list("project_id", "key_project__name"))
    by_code = {p.code: p for p in projects}
    by_base = _by_base(projects)
    found = []
    for key in keys:
        candidates = {
            p.pk: p for p in (*by_base.get(base_name(key.name), ()), *filter(None, [by_code.get(key.code)]))
        }
        found += [
            _proposal(p, key, (p.pk, key.name) in before)
            for p in candidates.values()
            if (p.pk, key.year) not in paired and (p.pk, key.name) not in apart
        ]
    return sorted((p for p in found if p.score >= 1), key=lambda p: (-p.score, -p.year))[:limit]


def _by_base(projects: Iterable[Project]) -> dict[str, list[Project]]:
    found: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        found[base_name(project.name)].append(project)
    return found


def _proposal(p: Project, key: KeyProject, before: bool) -> PairProposal:
    agree = [
        (before, 2.5, "别的年度已确认对应"),
        (p.code == key.code, 3.0, "代码相同"),
        (p.name == key.name, 2.0, "名称相同"),
        (p.name != key.name and base_name(p.name) == base_name(key.name), 0.8, "名称去掉期次后相同"),
        (bool(p.owner) and p.owner == key.owner, 0.6, "建设单位相同"),
        (p.unit_id is not None and p.unit_id == key.unit_id, 0.3, "镇街相同"),
        (p.planned_total == key.planned_total, 0.4, "总投资相同"),
    ]
    reasons = tuple(word for holds, _score, word in agree if holds)
    score = sum(points for holds, points, _word in agree if holds)
    return PairProposal(p.pk, p.code, p.name, key.pk, key.code, key.name, key.year, score, reasons)
