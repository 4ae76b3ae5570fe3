"""Papers made again: their bytes beside those kept, and their numbers beside what they were composed from.

For `wenpan doctor`; reads only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from wenpan.district.bulletins.actions.returning import with_edits
from wenpan.district.bulletins.models import Document
from wenpan.district.bulletins.records import record_of
from wenpan.district.ground import ciphers
from wenpan.district.observations.models import Observation
from wenpan.district.ui.paper_templates import rendered
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import BulletinInput
from wenpan.documents.papers.paper import from_json, to_json

FIRST_KEPT = "masthead"  # papers of before this part was kept were not yet made to be made again


def troubles(tell: Callable[[str], None]) -> Iterator[str]:
    """One sentence for each paper that is not made again to the byte, or prints what nothing gives it."""
    documents, older = Document.objects.order_by("pk"), 0
    for number, document in enumerate(documents, start=1):
        tell(f"papers: {number} of {len(documents)} made again")
        where = f"bulletins.Document row {document.pk} (“{document.title}”)"
        if FIRST_KEPT not in document.facts["paper"]:
            older += 1  # its file lies in the store under its own digest
        elif not _same_bytes(document):
            yield f"{where} made again is not the paper that is kept."
        check = _bulletin if document.kind == Document.Kind.BULLETIN else _briefing
        for words in check(document):
            yield f"{where} {words}."
    if older:
        tell(f"papers: {older} of older forms not comparable to the byte")


def _same_bytes(document: Document) -> bool:
    dated = document.given.get("dated")
    created = date.fromisoformat(dated) if dated else timezone.localdate(document.made_at)
    paper = from_json(record_of(document.facts["paper"]))
    data = rendered(paper, created)
    return ciphers.here().digest(data) == document.sha256


def _bulletin(document: Document) -> Iterator[str]:
    """Composed again from what it was given: every fact and every word."""
    paper, register = compose(BulletinInput.from_json(_in_order(document.given, document.facts["facts"])))
    yield from _facts(document.facts["facts"], register.to_json())
    paper = with_edits(paper=paper, given=document.given)
    kept = document.facts["paper"]  # layout and template are those that it was made with
    paper = replace(paper, layout=kept.get("layout", 1), template=kept.get("template", ""))
    if json.loads(json.dumps(to_json(paper))) != document.facts["paper"]:
        yield "is not the paper that its input gives"


def _in_order(given: dict[str, Any], facts: list[dict[str, Any]]) -> dict[str, Any]:
    """Units and sources that were kept as a mapping, in the order of the shares in the paper's tables:
    PostgreSQL gives the names of a mapping back in an order of its own."""
    found = {}
    for key, word in (("units", "unit"), ("sources", "source")):
        if isinstance(kept := given.get(key), dict):
            start = f"share/{word}/{word}="
            told = (fact["key"].removeprefix(start) for fact in facts if fact["key"].startswith(start))
            order = dict.fromkeys([*(name for name in told if name in kept), *kept])
            found[key] = [[name, kept[name]] for name in order]
    return given | found


def _facts(kept: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    was, now = ({fact["key"]: fact["shown"] for fact in facts} for facts in (kept, new))
    for key in sorted(was.keys() | now.keys()):
        if was.get(key) != now.get(key):
            yield f"prints {key} {was.get(key)}, its input gives {now.get(key)}"


def _briefing(document: Document) -> Iterator[str]:
    """Every growth beside the figure of the ledger that it names."""
    facts = [f for f in document.facts["facts"] if f.get("source") and f.get("unit") == "%"]
    figures = dict(Observation.objects.filter(pk__in={f["source"] for f in facts}).values_list("pk", "value"))
    for fact in facts:
        figure = figures.get(fact["source"])
        if figure is None or fact["value"] is None or abs(float(figure) - float(fact["value"])) > 1e-6:
            yield f"prints {fact['key']} {fact['shown']}, figure {fact['source']} of the ledger is {figure}"
