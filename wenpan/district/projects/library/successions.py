"""Projects with like names under several codes: was one split, were some merged, was a code changed?

A proposal names what was listed first and what came later; a person says what it is, or that they differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.library.list_lines import base_name
from wenpan.district.projects.models import KeyProject, Project, Revision, Succession

MOST = 12  # projects of one proposal: more with one name are no succession


@dataclass(frozen=True)
class SuccessionProposal:
    """`which`: project | key_project. `kind`: what the numbers on both sides suggest."""

    which: str
    name: str
    before: tuple[Subject, ...]
    after: tuple[Subject, ...]
    kind: str


@dataclass(frozen=True)
class SettledSuccession:
    """One word of a person: all its pairs together."""

    case: str
    which: str
    kind: str
    label: str
    before: tuple[Subject, ...]
    after: tuple[Subject, ...]
    on: date
    evidence: str
    by: str


def proposals(limit: int = 60) -> list[SuccessionProposal]:
    """Of both lists; the latest first."""
    found = [*_proposals("project", _projects()), *_proposals("key_project", _key_projects())]
    return found[:limit]


def _projects() -> list[Any]:
    rows = Project.objects.filter(retracted=False).exclude(state="withdrawn")
    return list(rows.select_related("unit"))


def _key_projects() -> list[Any]:
    newest = KeyProject.objects.filter(retracted=False).order_by("-year").values_list("year", flat=True)
    rows = KeyProject.objects.filter(retracted=False, year=newest.first() or 0)
    gone = Succession.objects.filter(key_project__isnull=False).exclude(kind="distinct")
    return list(rows.exclude(pk__in=gone.values("key_project")).select_related("unit"))


def _proposals(which: str, rows: Sequence[Any]) -> list[SuccessionProposal]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[base_name(row.name)].append(row)
    alike = {name: group for name, group in groups.items() if 1 < len(group) <= MOST}
    listed = _listed(which, [row.pk for group in alike.values() for row in group])
    settled = set(Succession.objects.values_list(which, f"into_{which}"))
    found = [_proposal(which, name, group, listed, settled) for name, group in alike.items()]
    return sorted(filter(None, found), key=lambda p: -max(listed[row.pk] for row in p.after))


def _listed(which: str, pks: list[int]) -> dict[int, int]:
    """The number of the list that first named each project; the numbers grow with time."""
    first: dict[int, int] = dict.fromkeys(pks, 0)
    for start in range(0, len(pks), 500):
        rows = Revision.objects.filter(created=True, **{f"{which}__in": pks[start : start + 500]})
        first.update(rows.values_list(which, "submission_id"))
    return first


def _proposal(
    which: str, name: str, group: list[Any], listed: dict[int, int], settled: set[Any]
) -> SuccessionProposal | None:
    """None where all came by one list, or every pair is settled."""
    group = sorted(group, key=lambda row: str(row.code))
    oldest = min(listed[row.pk] for row in group)
    before = [row for row in group if listed[row.pk] == oldest]
    after = [row for row in group if listed[row.pk] != oldest]
    open_pairs = [(a, b) for a, b in product(before, after) if (a.pk, b.pk) not in settled]
    if not open_pairs:
        return None
    before = [row for row in before if any(row is a for a, _b in open_pairs)]
    after = [row for row in after if any(row is b for _a, b in open_pairs)]
    kind = "split" if len(after) > len(before) == 1 else "merged" if len(before) > 1 else "renumbered"
    return SuccessionProposal(which, name, tuple(before), tuple(after), kind)


def settled(limit: int = 200) -> list[SettledSuccession]:
    """The latest first."""
    rows = Succession.objects.select_related(
        "project", "into_project", "key_project", "into_key_project", "by"
    ).order_by("-at", "case", "pk")[:limit]
    cases: dict[str, list[Succession]] = defaultdict(list)
    for row in rows:
        cases[row.case].append(row)
    return [_settled(case, of_case) for case, of_case in cases.items()]


def _settled(case: str, rows: list[Succession]) -> SettledSuccession:
    first = rows[0]
    which = "project" if first.project_id else "key_project"
    before = {getattr(row, which).pk: getattr(row, which) for row in rows}
    after = {getattr(row, f"into_{which}").pk: getattr(row, f"into_{which}") for row in rows}
    return SettledSuccession(
        case,
        which,
        first.kind,
        first.get_kind_display(),
        tuple(before.values()),
        tuple(after.values()),
        first.on,
        first.evidence,
        str(first.by),
    )
