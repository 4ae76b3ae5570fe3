"""One search over all that a person may see: rights first, then ranking; each kind with its count.

Records are found by the index (`index.py`) among those that the person may see; indicators, units and people
are few and are read whole. Names are found by pinyin and initials too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.scope import deals_of
from wenpan.district.bulletins.queries.archive import readable
from wenpan.district.campaigns import queries as campaigns
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import Firm, SupportClause
from wenpan.district.firms.requests.queries import requests_of
from wenpan.district.indicators.queries.board import visible
from wenpan.district.library.scope import papers_of
from wenpan.district.meetings import queries as meetings
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Project
from wenpan.district.search import hits
from wenpan.district.search.finding import SearchWords, score
from wenpan.district.search.hits import Hit
from wenpan.district.search.index import holding, kinds_holding
from wenpan.district.search.keeping import catch_up
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Source
from wenpan.rules import catalogue

READ = 120  # rows of a kind that are ranked, those whose title says it first; beyond them: more
SHOWN, WHOLE = 6, 100
DEEP = 20  # points of what stands deep in a text


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
    catch_up()
    held = kinds_holding(typed)
    found = []
    for code, (title, look) in KINDS.items():
        if (kind and code != kind) or (code in INDEXED and not held & set(INDEXED[code])):
            continue
        rows = [row for row in look(user, typed) if row[0]]
        if not rows:
            continue
        rows.sort(key=lambda row: (-row[0], row[1]))
        shown = WHOLE if kind else SHOWN
        hits = tuple(hit for _score, _order, hit in rows[:shown])
        found.append(KindFound(code, title, len(rows), hits, len(rows) >= READ))
    return found


def _read(rows: QuerySet[Any], typed: SearchWords, kind: str) -> list[Any]:
    """What the index finds among the rows that the person may see: those whose title says it first."""
    found = list(rows.filter(holding(kind, typed, in_title=True))[:READ])
    if len(found) < READ:
        rest = rows.filter(holding(kind, typed)).exclude(pk__in=[row.pk for row in found])
        found += rest[: READ - len(found)]
    return found


def _points(typed: SearchWords, *texts: str) -> int:
    """What the index found is found, also deep in a text."""
    return max(score(typed, *texts), DEEP)


def _matters(user: User, typed: SearchWords) -> Ranked:
    on = timezone.localdate()
    rows = matter_sets.visible(user).select_related("lead").order_by("-year", "-serial")
    for n, m in enumerate(_read(rows, typed, "matters")):
        unit = m.lead.short_name if m.lead else ""
        points = _points(typed, m.title, m.number, m.leader, m.evidence, unit)
        yield points - (1 if m.closed_on else 0), n, hits.of_matter(m, on)


def _requests(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "firm.view"):
        return
    rows = requests_of(user, "all").order_by("-received_at", "-pk").defer("text")
    for n, r in enumerate(_read(rows, typed, "requests")):
        yield _points(typed, r.title, r.number, r.firm.name), n, hits.of_request(r)


def _firms(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "firm.view"):
        return
    rows = Firm.objects.filter(firm_scope(user).firms()).exclude(state=Firm.State.UNNAMED)
    for n, f in enumerate(_read(rows.select_related("town").order_by("pinyin", "pk"), typed, "firms")):
        yield _points(typed, f.name, f.uscc), n, hits.of_firm(f)


def _deals(user: User, typed: SearchWords) -> Ranked:
    for n, d in enumerate(_read(deals_of(user).order_by("-pk"), typed, "deals")):
        yield _points(typed, d.name, d.code, d.investor, d.company), n, hits.of_deal(d)


def _policies(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "policy.view"):
        return
    rows = SupportClause.objects.filter(superseded_at=None).order_by("claim_to", "pk")
    rows = rows.only("name", "source")
    for n, c in enumerate(_read(rows, typed, "policies")):
        yield _points(typed, c.name, c.source), n, hits.of_policy(c)


def _indicators(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "indicator.view"):
        return
    may_see = visible(user, timezone.localdate().year)
    owners = dict(Unit.objects.values_list("code", "short_name"))
    for n, item in enumerate(catalogue().values()):
        if may_see(item):
            points = score(typed, item.short, item.name, *item.aliases, item.definition)
            yield points, n, hits.of_indicator(item, owners)


def _projects(user: User, typed: SearchWords) -> Ranked:
    if not can(user, "project.view"):
        return
    scope = scope_of(user).projects()
    lines: dict[str, tuple[Any, Callable[[Any], Hit]]] = {
        "key_projects": (KeyProject, hits.of_key_project),
        "projects": (Project, hits.of_project),
    }
    for kind, (model, line) in lines.items():
        rows: Any = model._default_manager.filter(scope, retracted=False).order_by("pinyin", "pk")
        for n, p in enumerate(_read(rows, typed, kind)):
            yield _points(typed, p.name, p.code, p.owner), (kind, n), line(p)


def _papers(user: User, typed: SearchWords) -> Ranked:
    if can(user, "matter.view", "matter.draft"):
        sources = Source.objects.order_by("-dated", "-pk").defer("paragraphs", "places", "findings")
        for n, s in enumerate(_read(sources, typed, "sources")):
            yield _points(typed, s.title, s.number, s.issuer), (0, n), hits.of_source(s)
    if can(user, "document.view", "desk.use"):
        rows = readable(user).defer("facts", "given").order_by("-as_of", "-edition")
        for n, d in enumerate(_read(rows, typed, "documents")):
            yield _points(typed, d.title, d.number), (1, n), hits.of_document(d)


def _library(user: User, typed: SearchWords) -> Ranked:
    rows = papers_of(user).order_by("-dated", "-pk").defer("paragraphs", "places")
    for n, p in enumerate(_read(rows, typed, "library")):
        points = _points(typed, p.title, p.number, p.issuer, p.topic)
        detail = f"{p.get_level_display()} · {p.issuer} · {p.dated:%Y-%m-%d}"
        yield points, n, Hit(p.title, reverse("library:paper", args=[p.pk]), detail)


def _meetings(user: User, typed: SearchWords) -> Ranked:
    """A unit's people find those in which something was put to their unit."""
    rows = meetings.visible(user).order_by("-held_on", "-pk")
    for n, m in enumerate(rows[:READ]):
        yield score(typed, m.title, m.chair, m.place), n, hits.of_meeting(m)


def _campaigns(user: User, typed: SearchWords) -> Ranked:
    """A member finds those of the own team, a unit's people those that were issued and looked there."""
    for n, c in enumerate(campaigns.visible(user)[:READ]):
        detail = f"{c.get_state_display()} · {c.starts_on:%Y-%m-%d}"
        points = score(typed, c.title, c.ground, c.ordered_by, c.theme)
        yield points, n, Hit(c.title, reverse("campaigns:campaign", args=[c.pk]), detail)


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
    "firms": (_("企业"), _firms),
    "requests": (_("企业诉求"), _requests),
    "policies": (_("惠企政策"), _policies),
    "deals": (_("招商项目"), _deals),
    "papers": (_("文件"), _papers),
    "library": (_("学习文件"), _library),
    "meetings": (_("调度会"), _meetings),
    "campaigns": (_("专项督查"), _campaigns),
    "units": (_("单位"), _units),
    "people": (_("人员"), _people),
}
# kind of the page → kinds of the index; the others are read whole
INDEXED = {
    "matters": ("matters",), "projects": ("projects", "key_projects"), "firms": ("firms",),
    "requests": ("requests",), "policies": ("policies",), "deals": ("deals",),
    "papers": ("sources", "documents"), "library": ("library",),
}  # fmt: skip
