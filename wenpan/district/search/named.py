"""Objects by their name: `matter:12`, `indicator:fai`; each as one line, for who may see it.

One entry of `KINDS` an object that has a page: the page's URL name, and the lookup, which asks the same scope
as the page itself. What is not there for a person is left out. Single returns have no entry: whoever reads
them is journalled, and they stand in no list of favourites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.attraction.offers.queries import reserve_projects
from wenpan.district.attraction.scope import deals_of
from wenpan.district.bulletins.queries.archive import readable
from wenpan.district.firms.base.scope import firm_scope
from wenpan.district.firms.models import Firm, SupportClause
from wenpan.district.firms.requests.queries import requests_of
from wenpan.district.indicators.queries.board import visible
from wenpan.district.meetings import queries as meetings
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Project
from wenpan.district.search import hits
from wenpan.district.search.hits import Hit
from wenpan.district.supervision.log import matter_sets
from wenpan.district.supervision.models import Source
from wenpan.district.ui import asked
from wenpan.rules import catalogue

Keys = Sequence[int]
Found = Iterable[tuple[Any, Hit]]  # (key, line)


@dataclass(frozen=True)
class NamedKind:
    """`find(user, keys)`: the lines of those keys that this person may see, in any order."""

    label: str | Promise
    page: str
    find: Callable[[User, Keys], Found]


def _matters(user: User, keys: Keys) -> Found:
    on = timezone.localdate()
    for m in matter_sets.visible(user).filter(pk__in=keys).select_related("lead"):
        yield m.pk, hits.of_matter(m, on)


def _undertakings(model: Any, make: Callable[[Any], Hit]) -> Callable[[User, Keys], Found]:
    def find(user: User, keys: Keys) -> Found:
        if can(user, "project.view"):
            rows = model._default_manager.filter(scope_of(user).projects(), retracted=False, pk__in=keys)
            yield from ((p.pk, make(p)) for p in rows)

    return find


def _reserve(user: User, keys: Keys) -> Found:
    if can(user, "deal.view"):
        yield from ((p.pk, hits.of_reserve(p)) for p in reserve_projects(user).filter(pk__in=keys))


def _deals(user: User, keys: Keys) -> Found:
    yield from ((d.pk, hits.of_deal(d)) for d in deals_of(user).filter(pk__in=keys))


def _firms(user: User, keys: Keys) -> Found:
    if can(user, "firm.view"):
        rows = Firm.objects.filter(firm_scope(user).firms(), pk__in=keys).select_related("town")
        yield from ((f.pk, hits.of_firm(f)) for f in rows)


def _requests(user: User, keys: Keys) -> Found:
    if can(user, "firm.view"):
        rows = requests_of(user, "all").filter(pk__in=keys).defer("text")
        yield from ((r.pk, hits.of_request(r)) for r in rows)


def _policies(user: User, keys: Keys) -> Found:
    if can(user, "policy.view"):
        rows = SupportClause.objects.filter(pk__in=keys).only("name", "source")
        yield from ((c.pk, hits.of_policy(c)) for c in rows)


def _sources(user: User, keys: Keys) -> Found:
    if can(user, "matter.view", "matter.draft"):
        rows = Source.objects.filter(pk__in=keys).defer("paragraphs", "places", "findings")
        yield from ((s.pk, hits.of_source(s)) for s in rows)


def _documents(user: User, keys: Keys) -> Found:
    if can(user, "document.view", "desk.use"):
        rows = readable(user).filter(pk__in=keys).defer("facts", "given")
        yield from ((d.pk, hits.of_document(d)) for d in rows)


def _meetings(user: User, keys: Keys) -> Found:
    yield from ((m.pk, hits.of_meeting(m)) for m in meetings.visible(user).filter(pk__in=keys))


KINDS: dict[str, NamedKind] = {
    "matter": NamedKind(_("督办事项"), "supervision:matter", _matters),
    "project": NamedKind(_("项目"), "projects:project", _undertakings(Project, hits.of_project)),
    "key_project": NamedKind(
        _("重点项目"), "projects:key_project", _undertakings(KeyProject, hits.of_key_project)
    ),
    "reserve": NamedKind(_("储备项目"), "attraction:reserve_project", _reserve),
    "deal": NamedKind(_("招商项目"), "attraction:deal", _deals),
    "firm": NamedKind(_("企业"), "firms:firm", _firms),
    "request": NamedKind(_("企业诉求"), "firms:request", _requests),
    "policy": NamedKind(_("惠企政策"), "firms:policy", _policies),
    "source": NamedKind(_("来源文件"), "supervision:source", _sources),
    "document": NamedKind(_("通报"), "bulletins:document", _documents),
    "meeting": NamedKind(_("调度会"), "meetings:meeting", _meetings),
}
INDICATOR, INDICATOR_PAGE = "indicator", "indicators:indicator"  # keyed by its code, not by a number
LONGEST = 60  # of a subject


def subject_of(request: HttpRequest) -> str:
    """The object whose page this is, as `kind:key`; "" for a page of none."""
    match = request.resolver_match
    if match is None:
        return ""
    value = next(iter([*match.args, *match.kwargs.values()]), "")
    if match.view_name == INDICATOR_PAGE:
        return f"{INDICATOR}:{value}"[:LONGEST]
    return next((f"{kind}:{value}" for kind, k in KINDS.items() if k.page == match.view_name), "")


def hits_of(user: User, subjects: Sequence[str]) -> list[Hit]:
    """A line each, in the order given, of those that the person may see; one query a kind."""
    wanted: dict[str, list[int]] = {}
    for subject in subjects:
        kind, _colon, key = subject.partition(":")
        if kind in KINDS and key.isascii() and key.isdecimal() and len(key) < 10:
            wanted.setdefault(kind, []).append(int(key))
    found: dict[str, Hit] = {}
    for kind, keys in wanted.items():
        found |= {f"{kind}:{key}": hit for key, hit in KINDS[kind].find(user, keys)}
    if any(subject.startswith(f"{INDICATOR}:") for subject in subjects):
        found |= _indicators(user)
    return [found[subject] for subject in dict.fromkeys(subjects) if subject in found]


def _indicators(user: User) -> Mapping[str, Hit]:
    if not can(user, "indicator.view"):
        return {}
    may_see = visible(user, timezone.localdate().year)
    owners = dict(Unit.objects.values_list("code", "short_name"))
    items = (item for item in catalogue().values() if may_see(item))
    return {f"{INDICATOR}:{item.code}": hits.of_indicator(item, owners) for item in items}


def label_of(subject: str) -> str:
    """What kind of object it is, in words."""
    kind = KINDS.get(subject.partition(":")[0])
    return str(kind.label) if kind else str(_("指标"))


def address_of(subject: str) -> str:
    """The page of the object; "" for a subject that names none."""
    kind, _colon, key = subject.partition(":")
    if kind == INDICATOR:
        return reverse(INDICATOR_PAGE, args=[key])
    pk = asked.integer({"key": key}, "key")
    return reverse(KINDS[kind].page, args=[pk]) if kind in KINDS and pk is not None else ""
