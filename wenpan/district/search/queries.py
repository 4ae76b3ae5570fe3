"""One search over all that a person may see: rights first, then ranking; each kind with its count.

Matters, projects and papers are narrowed by the database; indicators, units and people are few and are read
whole, so that they are found by pinyin and initials too, as projects are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.queries.archive import readable
from wenpan.district.indicators.queries.board import visible
from wenpan.district.meetings import queries as meetings
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Project
from wenpan.district.search.finding import SearchWords, score
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Source
from wenpan.rules import catalogue

READ = 400  # rows of a kind that are ranked; what is beyond them is counted as "more"
SHOWN, WHOLE = 6, 100


@dataclass(frozen=True)
class Hit:
    text: str
    url: str
    detail: str = ""
    light: str = ""


@dataclass(frozen=True)
class KindFound:
    """`more`: not all were read; the number is at least this."""

    code: str
    title: str | Promise
    count: int
    hits: tuple[Hit, ...]
    more: bool = False


Ranked = Iterable[tuple[int, Any, Hit]]  # score, what orders equals, the hit


def search(user: User, text: str, kind: str = "") -> list[KindFound]:
    """`kind`: only that one, to its end. Empty for nothing typed."""
    typed = SearchWords.of(text)
    if not typed:
        return []
    found = []
    for code, (title, look) in KINDS.items():
        if kind and code != kind:
            continue
        rows = [row for row in look(user, typed) if row[0]]
        if not rows:
            continue
        rows.sort(key=lambda row: (-row[0], row[1]))
        shown = WHOLE if kind else SHOWN
        hits = tuple(hit for _score, _order, hit in rows[:shown])
        found.append(KindFound(code, title, len(rows), hits, len(rows) >= READ))
    return found


def _holding(typed: SearchWords, *fields: str) -> Q:
    """Every word in one of the fields."""
    return reduce(
        and_, (reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)) for word in typed.words)
    )


def _read(rows: QuerySet[Any], typed: SearchWords, *fields: str) -> QuerySet[Any]:
    return rows.filter(_holding(typed, *fields))[:READ]


def _matters(user: User, typed: SearchWords) -> Ranked:
    on = timezone.localdate()
    rows = matter_sets.visible(user).select_related("lead").order_by("-year", "-serial")
    for n, m in enumerate(_read(rows, typed, "title", "number", "leader", "evidence", "lead__short_name")):
        unit = m.lead.short_name if m.lead else ""
        light = matter_sets.light_of(m, on)
        points = score(typed, m.title, m.number, m.leader, m.evidence, unit)
        detail = " · ".join(part for part in (m.number, unit, str(m.get_state_display())) if part)
        hit = Hit(
            m.title, reverse("supervision:matter", args=[m.pk]), detail, "" if light == "UNKNOWN" else light
        )
        yield points - (1 if m.closed_on else 0), n, hit


def _indicators(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "indicator.view"):
        return
    may_see = visible(user, timezone.localdate().year)
    owners = dict(Unit.objects.values_list("code", "short_name"))
    for n, (code, item) in enumerate(catalogue().items()):
        if may_see(item):
            points = score(typed, item.short, item.name, *item.aliases, item.definition)
            url = reverse("indicators:indicator", args=[code])
            yield points, n, Hit(item.name, url, owners.get(item.owner, ""))


def _projects(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "project.view"):
        return
    scope = scope_of(user).projects()
    for model, page in ((Project, "projects:project"), (KeyProject, "projects:key_project")):
        rows: Any = model._default_manager.filter(scope, retracted=False)
        for n, p in enumerate(_named(rows, typed)):
            points = score(typed, p.name, p.code, p.owner)
            yield points, (page, n), Hit(p.name, reverse(page, args=[p.pk]), f"{p.code} · {p.owner}")


def _named(rows: Any, typed: SearchWords) -> Any:
    """By name, code and owner; Latin letters also by sound, which no database can tell."""
    wanted = _holding(typed, "name", "code", "owner")
    if typed.latin:
        names = rows.values_list("pk", "name")
        wanted |= Q(pk__in=[pk for pk, name in names if score(typed, name)][:READ])
    return rows.filter(wanted).order_by("pinyin", "pk")[:READ]


def _papers(user: User, typed: SearchWords) -> Ranked:
    if can(user, "matter.view", "matter.draft"):
        for n, s in enumerate(
            _read(Source.objects.order_by("-dated", "-pk"), typed, "title", "number", "issuer")
        ):
            url = reverse("supervision:source", args=[s.pk])
            points = score(typed, s.title, s.number, s.issuer)
            yield points, (0, n), Hit(s.title, url, f"{s.get_kind_display()} · {s.dated:%Y-%m-%d}")
    if can(user, "document.view", "desk.use"):
        rows = readable(user).defer("facts", "given").order_by("-as_of", "-edition")
        for n, d in enumerate(_read(rows, typed, "title", "number")):
            url = reverse("bulletins:document", args=[d.pk])
            yield score(typed, d.title, d.number), (1, n), Hit(d.title, url, str(d.get_state_display()))


def _meetings(user: User, typed: SearchWords) -> Ranked:
    """A unit's people find those in which something was put to their unit."""
    rows = meetings.visible(user).order_by("-held_on", "-pk")
    for n, m in enumerate(_read(rows, typed, "title", "chair", "place")):
        detail = f"{m.get_state_display()} · {m.held_on:%Y-%m-%d}"
        yield (
            score(typed, m.title, m.chair, m.place),
            n,
            Hit(m.title, reverse("meetings:meeting", args=[m.pk]), detail),
        )


def _units(user: User, typed: SearchWords) -> Ranked:
    """A unit leads to its matters."""
    if not can(user, "matter.view"):
        return
    for n, u in enumerate(Unit.objects.filter(active_to=None)):
        points = score(typed, u.short_name, u.name, *u.aliases)
        yield (
            points,
            n,
            Hit(u.name, reverse("supervision:matters") + f"?unit={u.code}", str(u.get_kind_display())),
        )


def _people(user: User, typed: SearchWords) -> Ranked:
    """For who hands out work or keeps accounts; a unit's own people find their colleagues."""
    keeps = can(user, "account.manage", "role.grant")
    rows = User.objects.filter(is_active=True).exclude(role="").select_related("unit").order_by("pk")
    if not keeps and not can(user, "matter.view"):
        rows = rows.filter(unit=user.unit_id) if user.unit_id else rows.none()
    for n, person in enumerate(rows):
        unit = person.unit.short_name if person.unit else ""
        url = reverse("accounts:person", args=[person.pk]) if keeps else ""
        yield score(typed, person.name, unit), n, Hit(str(person), url, f"{unit} · {person.role_label}")


Look = Callable[[User, SearchWords], Ranked]
KINDS: dict[str, tuple[str | Promise, Look]] = {
    "matters": (_("督办事项"), _matters),
    "indicators": (_("指标"), _indicators),
    "projects": (_("项目"), _projects),
    "papers": (_("文件"), _papers),
    "meetings": (_("调度会"), _meetings),
    "units": (_("单位"), _units),
    "people": (_("人员"), _people),
}
