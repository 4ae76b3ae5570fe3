"""What is indexed: each kind of record with its title and everything in it that a person may look for.

`TEXTS`: kind → its texts. `TOUCHED`: whose rows make which records of a kind stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from wenpan.district.attraction.models import Deal
from wenpan.district.bulletins.models import Document
from wenpan.district.firms.models import Firm, FirmName, RequestEntry, ServiceRequest, SupportClause
from wenpan.district.library.models import LibraryPaper
from wenpan.district.projects.models import KeyProject, Project
from wenpan.district.supervision.models import Matter, Source

Pks = Collection[int] | None  # None: all
Text = tuple[int, str, str]  # key, title, everything else
_ANSWERS = ("replied", "messaged", "closed", "declined", "progressed")


def _of(model: type[Model], pks: Pks) -> QuerySet[Any]:
    rows = model._base_manager.order_by("pk")
    return rows if pks is None else rows.filter(pk__in=pks)


def _lines(*words: Any) -> str:
    return "\n".join(str(word) for word in words if word)


def _matters(pks: Pks) -> Iterator[Text]:
    for m in _of(Matter, pks).select_related("lead").iterator(2000):
        yield m.pk, m.title, _lines(m.number, m.leader, m.evidence, m.lead.short_name if m.lead else "")


def _undertakings(model: type[Model]) -> Callable[[Pks], Iterator[Text]]:
    def texts(pks: Pks) -> Iterator[Text]:
        rows = _of(model, pks).values_list("pk", "name", "code", "owner")
        for pk, name, code, owner in rows.iterator(2000):
            yield pk, name, _lines(code, owner)

    return texts


def _papers(pks: Pks) -> Iterator[Text]:
    for s in _of(Source, pks).iterator(500):
        yield s.pk, s.title, _lines(s.number, s.issuer, *(str(p) for p in s.paragraphs))


def _documents(pks: Pks) -> Iterator[Text]:
    yield from _of(Document, pks).values_list("pk", "title", "number").iterator(2000)


def _requests(pks: Pks) -> Iterator[Text]:
    said: dict[int, list[str]] = {}
    entries = RequestEntry.objects.filter(kind__in=_ANSWERS).exclude(text="")
    if pks is not None:
        entries = entries.filter(request__in=pks)
    for request, text in entries.values_list("request_id", "text").iterator(2000):
        said.setdefault(request, []).append(text)
    rows = _of(ServiceRequest, pks).filter(retracted=False)
    for r in rows.select_related("firm").iterator(2000):
        yield r.pk, r.title, _lines(r.number, r.foreign_number, r.firm.name, r.text, *said.get(r.pk, ()))


def _firms(pks: Pks) -> Iterator[Text]:
    former: dict[int, list[str]] = {}
    names = FirmName.objects.all() if pks is None else FirmName.objects.filter(firm__in=pks)
    for firm, name in names.values_list("firm_id", "name"):
        former.setdefault(firm, []).append(name)
    for f in _of(Firm, pks).filter(retracted=False).iterator(2000):
        yield f.pk, f.name, _lines(f.uscc, *former.get(f.pk, ()), f.trade, f.park, *f.lists, *f.honours)


def _deals(pks: Pks) -> Iterator[Text]:
    for d in _of(Deal, pks).filter(retracted=False).iterator(2000):
        told = (str(value) for value in d.fields.values())
        yield d.pk, d.name, _lines(d.code, d.investor, d.company, d.uscc, d.chain, d.next_step, *told)


def _policies(pks: Pks) -> Iterator[Text]:
    for c in _of(SupportClause, pks).filter(superseded_at=None).iterator(2000):
        yield c.pk, c.name, _lines(c.source, c.text, c.papers, c.contact, c.code)


def _library(pks: Pks) -> Iterator[Text]:
    for p in _of(LibraryPaper, pks).iterator(500):
        told = (str(paragraph) for paragraph in p.paragraphs)
        yield p.pk, p.title, _lines(p.number, p.issuer, p.topic, p.note, *told)


TEXTS: dict[str, Callable[[Pks], Iterator[Text]]] = {
    "matters": _matters,
    "projects": _undertakings(Project),
    "key_projects": _undertakings(KeyProject),
    "sources": _papers,
    "documents": _documents,
    "requests": _requests,
    "firms": _firms,
    "deals": _deals,
    "policies": _policies,
    "library": _library,
}


def _themselves(pks: Collection[int]) -> Collection[int]:
    return pks


def _of_firms(pks: Collection[int]) -> Collection[int]:
    return list(ServiceRequest.objects.filter(firm__in=pks).values_list("pk", flat=True))


def _of_entries(pks: Collection[int]) -> Collection[int]:
    return set(RequestEntry.everything.filter(pk__in=pks).values_list("request_id", flat=True))


def _of_names(pks: Collection[int]) -> Collection[int]:
    return set(FirmName.everything.filter(pk__in=pks).values_list("firm_id", flat=True))


# model → (kind, which of its records, only if one of these columns was written; () any)
TOUCHED: dict[
    type[Model], tuple[tuple[str, Callable[[Collection[int]], Collection[int]], tuple[str, ...]], ...]
] = {
    Matter: (("matters", _themselves, ()),),
    Project: (("projects", _themselves, ("name", "code", "owner")),),
    KeyProject: (("key_projects", _themselves, ("name", "code", "owner")),),
    Source: (("sources", _themselves, ()),),
    Document: (("documents", _themselves, ("title", "number")),),
    ServiceRequest: (("requests", _themselves, ("title", "text", "firm_id", "retracted", "foreign_number")),),
    RequestEntry: (("requests", _of_entries, ()),),
    Firm: (("firms", _themselves, ()), ("requests", _of_firms, ("name",))),
    FirmName: (("firms", _of_names, ()),),
    Deal: (("deals", _themselves, ()),),
    SupportClause: (("policies", _themselves, ()),),
    LibraryPaper: (("library", _themselves, ()),),
}
