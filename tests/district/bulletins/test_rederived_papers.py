"""Papers and score sheets made again: what nothing gives is named, though it is sealed."""

from __future__ import annotations

import copy

import pytest

from tests.district.bulletins.test_bulletin_papers import drafted, issued, reviewed  # noqa: F401  (fixtures)
from tests.district.places import as_jsonb
from wenpan.district.bulletins import rederived as papers
from wenpan.district.bulletins.actions import make_briefing
from wenpan.district.bulletins.models import Document
from wenpan.district.ground import originals
from wenpan.district.supervision.models import ScoreSheet
from wenpan.district.supervision.scoring import rederived as scores
from wenpan.documents.papers.gbt9704 import render as gbt9704
from wenpan.documents.papers.paper import from_json
from wenpan.economy.time.periods import Month


def told(room):
    return list(room.troubles(lambda words: None))


def test_an_issued_bulletin_and_its_scores_are_made_again_as_they_are(issued):  # noqa: F811
    assert told(papers) == []
    assert told(scores) == []


def test_a_database_that_keeps_no_order_of_names_gives_the_same_paper(issued):  # noqa: F811
    """PostgreSQL: shares that tie went to another unit, and the tables stood in another order."""
    from wenpan.district.bulletins.rederived import _bulletin

    older = {name: dict(issued.given[name]) for name in ("units", "sources")}  # as kept until November 2026
    for given in (issued.given, issued.given | older):
        issued.given = as_jsonb(given)
        issued.facts = as_jsonb(issued.facts)
        assert list(_bulletin(issued)) == []


def test_an_analysis_that_such_a_database_kept_is_made_again_to_the_byte(september):
    document = make_briefing(as_of=Month(2022, 9), by=september.analyst)
    document.given, document.facts = as_jsonb(document.given), as_jsonb(document.facts)
    assert papers._same_bytes(document)


def test_another_file_under_the_bulletin_is_named(issued, sealed_anew):  # noqa: F811
    other = originals.put(b"another paper")
    sealed_anew(lambda: Document.objects.filter(pk=issued.pk).update(sha256=other))
    [trouble] = told(papers)
    assert f"bulletins.Document row {issued.pk} " in trouble and "made again is not the paper" in trouble


def test_words_that_the_input_does_not_give_are_named_though_the_file_was_made_of_them(issued, sealed_anew):  # noqa: F811
    facts = copy.deepcopy(issued.facts)
    facts["paper"]["issuer"] = "别的单位"
    facts["facts"][0]["shown"] = "99"
    data = gbt9704.render(from_json(facts["paper"]), created=issued.issued_at.date())
    sealed_anew(lambda: Document.objects.filter(pk=issued.pk).update(facts=facts, sha256=originals.put(data)))
    said = " ".join(told(papers))
    assert f"prints {facts['facts'][0]['key']} 99" in said and "is not the paper that its input gives" in said


def test_a_growth_that_the_ledger_does_not_give_is_named(september):
    document = make_briefing(as_of=Month(2022, 9), by=september.analyst)
    [trouble] = told(papers)  # this place's facts name figure 77, and its ledger is empty
    assert (
        f"bulletins.Document row {document.pk} " in trouble and "figure 77 of the ledger is None" in trouble
    )


@pytest.mark.parametrize("taken", [True, False])
def test_a_line_of_a_kept_sheet_that_the_events_do_not_give_is_named(issued, sealed_anew, taken):  # noqa: F811
    kept = ScoreSheet.objects.get()
    data = copy.deepcopy(kept.data)
    line = data["lines"].pop(0) if taken else data["lines"][0]
    if not taken:
        line["points"] = "99"
    sealed_anew(lambda: ScoreSheet.objects.filter(pk=kept.pk).update(data=data))
    [trouble] = told(scores)
    assert f"supervision.ScoreSheet row {kept.pk} " in trouble and line["key"] in trouble


def test_a_sheet_of_an_older_form_is_counted_and_not_compared(issued, sealed_anew):  # noqa: F811
    kept = ScoreSheet.objects.get()
    sealed_anew(lambda: ScoreSheet.objects.filter(pk=kept.pk).update(data={**kept.data, "version": 1}))
    said = []
    assert list(scores.troubles(said.append)) == []
    assert said == ["score sheets: 0 compared, 1 of older forms not comparable"]


def test_a_paper_of_the_first_release_is_counted_and_its_bytes_are_not_asked_for(september, sealed_anew):
    document = make_briefing(as_of=Month(2022, 9), by=september.analyst)
    facts = copy.deepcopy(document.facts)
    for part in ("masthead", "to", "annexes", "layout"):
        facts["paper"].pop(part, None)
    changed = {"facts": facts, "sha256": originals.put(b"the layout of that time")}
    sealed_anew(lambda: Document.objects.filter(pk=document.pk).update(**changed))
    said = []
    assert not any("made again is not the paper" in trouble for trouble in papers.troubles(said.append))
    assert said[-1] == "papers: 1 of older forms not comparable to the byte"
