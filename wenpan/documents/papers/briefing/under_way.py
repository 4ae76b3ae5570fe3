"""What is already under way about an indicator, by name: the matter, the project, the person.

Pure. A suggestion that names nobody is done by nobody; names, numbers and days are labels, no figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wenpan.documents.papers.paper import Inline, label


@dataclass(frozen=True)
class MatterUnderWay:
    number: str  # 2022-0015
    title: str
    unit: str
    due: date | None = None
    late: bool = False


@dataclass(frozen=True)
class ProjectBehind:
    name: str
    unit: str
    why: str = ""


@dataclass(frozen=True)
class UnderWay:
    """Of one red or yellow indicator. `leader`: the district leader in charge; `contact`: who answers in the
    unit."""

    indicator: str
    matters: tuple[MatterUnderWay, ...] = ()
    projects: tuple[ProjectBehind, ...] = ()
    leader: str = ""
    contact: str = ""

    @property
    def known(self) -> bool:
        return bool(self.matters or self.projects or self.leader or self.contact)


_TITLE, _SHORT = 28, 16  # characters of a matter's title


def under_way_spans(one: UnderWay | None, light: str, *, short: bool = False) -> list[Inline]:
    """督办事项2022-0015“…”（商务局，10月31日到期）按期办结；请分管区领导柏临川调度。 `short`: one matter and
    one project."""
    if one is None or not one.known:
        return []
    most = 1 if short else 2
    parts = [_matter(matter, _SHORT if short else _TITLE) for matter in one.matters[:most]]
    if not one.matters and light == "RED":
        parts.append("尚未立督办事项, 建议立项督办")
    parts += [_project(project, short=short) for project in one.projects[:most]]
    if one.leader:
        parts.append(f"请分管区领导{one.leader}调度")
    if one.contact and not short:
        parts.append(f"单位联系人{one.contact}")
    return [label("; ".join(parts) + "。")]


def _matter(matter: MatterUnderWay, most: int) -> str:
    title = matter.title if len(matter.title) <= most else matter.title[: most - 1] + "…"
    due = f",{matter.due.month}月{matter.due.day}日到期" if matter.due else ""
    act = "已逾期, 限期办结" if matter.late else "按期办结"
    return f"督办事项{matter.number}“{title}”({matter.unit}{due}){act}"


def _project(project: ProjectBehind, *, short: bool) -> str:
    why = f",{project.why}" if project.why and not short else ""
    return f"项目“{project.name}”({project.unit}{why})逐项排障"
