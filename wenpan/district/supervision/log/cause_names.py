"""What caused a matter, when no paper did: the indicator or project whose light it follows, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import ServiceRequest
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Problem, Project


@dataclass(frozen=True)
class Cause:
    """`url` is "" where the person may not open it or nothing is there any more."""

    label: str
    url: str


def cause_of(cause: str, user: User) -> Cause | None:
    """None without a cause; an unknown kind of cause shows as it is written."""
    kind, _sep, key = cause.partition(":")
    if not cause:
        return None
    found = _KNOWN.get(kind)
    return found(key, user) if found else Cause(cause, "")


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _indicator(code: str, user: User) -> Cause:
    from wenpan import rules

    known = rules.catalogue().get(code)
    label = _("指标：%(name)s") % {"name": known.name if known else code}
    return Cause(label, _address("indicators:indicator", code) if user.may("indicator.view") else "")


def _project(model: Any, page: str, what: Promise) -> Callable[[str, Any], Cause]:
    def find(key: str, user: User) -> Cause:
        row = model.objects.filter(pk=key if key.isdecimal() else 0, retracted=False).first()
        label = f"{what}：{row.name if row else key}"
        may_open = row is not None and user.may("project.view") and scope_of(user).holds(row)
        return Cause(label, _address(page, row.pk) if may_open else "")

    return find


def _problem(key: str, user: User) -> Cause:
    """A late problem leads to the project that has it."""
    rows = Problem.objects.select_related("project", "key_project")
    row = rows.filter(pk=key if key.isdecimal() else 0).first()
    subject = (row.key_project or row.project) if row else None
    label = _("要素保障问题：%(name)s") % {"name": subject.name if subject else key}
    may_open = subject is not None and user.may("project.view") and scope_of(user).holds(subject)
    if not may_open or subject is None:
        return Cause(label, "")
    page = "projects:key_project" if isinstance(subject, KeyProject) else "projects:project"
    return Cause(label, _address(page, subject.pk))


def _request(key: str, user: User) -> Cause:
    """A firm's request; its page for those whose request it is."""
    row = ServiceRequest.objects.filter(pk=key if key.isdecimal() else 0).first()
    label = _("企业诉求：%(name)s") % {"name": row or key}
    may_open = row is not None and user.may("firm.view")
    if (
        not may_open
        or row is None
        or not ServiceRequest.objects.filter(firm_scope(user).requests(), pk=row.pk).exists()
    ):
        return Cause(label, "")
    return Cause(label, _address("firms:request", row.pk))


_KNOWN: dict[str, Callable[[str, Any], Cause]] = {
    "indicator": _indicator,
    "project": _project(Project, "projects:project", gettext_lazy("项目")),
    "problem": _problem,
    "request": _request,
    "key_project": _project(KeyProject, "projects:key_project", gettext_lazy("重点项目")),
}
