"""Whose projects a person may see. Closed unless opened: without "project.all" those of the own unit only.

A project is a unit's where it stands there or the unit leads it. The owner of a problem sees the problem,
with the project's name; the figures of a project that is not theirs stay closed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.projects.base.subjects import Subject
from wenpan.district.projects.models import Problem


@dataclass(frozen=True)
class Scope:
    """`unit`: the only unit whose projects are seen; None with `everything` False sees nothing."""

    everything: bool
    unit: int | None = None

    def projects(self, path: str = "") -> Q:
        """The condition over projects of either list; `path` leads to them (`project__`)."""
        if self.everything:
            return Q()
        if self.unit is None:
            return Q(pk__in=[])
        return Q(**{f"{path}unit": self.unit}) | Q(**{f"{path}department": self.unit})

    def problems(self) -> Q:
        """Of the own projects, and those that the unit must settle."""
        if self.everything or self.unit is None:
            return self.projects()
        return self.projects("project__") | self.projects("key_project__") | Q(owner=self.unit)

    def holds(self, subject: Subject) -> bool:
        own = (subject.unit_id, subject.department_id)
        return self.everything or (self.unit is not None and self.unit in own)

    def owns(self, problem: Problem) -> bool:
        """Whether they may say what was done about it."""
        return self.everything or (self.unit is not None and problem.owner_id == self.unit)


ALL = Scope(everything=True)


def scope_of(user: User) -> Scope:
    return ALL if can(user, "project.all") else Scope(False, getattr(user, "unit_id", None))


def require_sight(user: User, subject: Subject) -> None:
    """Raises NotYours (404) for a project of another unit."""
    if not scope_of(user).holds(subject):
        raise NotYours(_("这个项目不由您的单位负责。"))
