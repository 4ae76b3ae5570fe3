"""Judgements made again from the ledger: a light, gap or rank that its figures do not give is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.district.indicators.conftest import AT
from tests.district.indicators.test_judging import SEPTEMBER, target
from wenpan.district.indicators import actions, hooks, rederived
from wenpan.district.indicators.judging import lights_before
from wenpan.district.indicators.models import Judgement
from wenpan.economy.judging.target_probability import METHOD
from wenpan.economy.time.periods import Month


@pytest.fixture
def fai(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    target(place)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    return Judgement.objects.get(
        indicator="fai", as_of=str(SEPTEMBER), primary=True, superseded_at__isnull=True
    )


def told():
    return list(rederived.troubles(lambda words: None))


def test_judgements_as_the_ledger_gives_them_are_no_trouble(fai):
    assert told() == []


def change(row, **values):
    return lambda: Judgement.objects.filter(pk=row.pk).update(**values)


def test_another_light_is_named(fai, sealed_anew):
    sealed_anew(change(fai, light="GREEN"))
    assert told() == [
        f"indicators.Judgement row {fai.pk} (fai 2022-09) is not what its figures and rules give: "
        f"light GREEN is kept, {fai.light} is derived."
    ]


@pytest.mark.parametrize(
    ("name", "value"), [("gap", -1.0), ("rank", 1), ("rivals", 9), ("raw_light", "GREEN")]
)
def test_another_number_is_named(fai, sealed_anew, name, value):
    sealed_anew(change(fai, facts={**fai.facts, name: value}))
    [trouble] = told()
    assert f"{name} {value} is kept" in trouble


def by_an_earlier_method(row, **facts):
    kept = {k: v for k, v in row.facts.items() if k != "forecast_method"}
    return {**kept, "probability": 0.9, **facts}


def test_a_judgement_keeps_its_method(fai):
    assert fai.facts["forecast_method"] == METHOD


def test_one_by_an_earlier_method_of_the_forecast_is_held_to_the_chance_that_was_kept(fai, sealed_anew):
    """Its light follows from its own chance, whatever today's forecast would say."""
    gap = fai.facts["gap"]
    lit = "YELLOW" if gap < 0 else "GREEN"
    sealed_anew(change(fai, light=lit, facts=by_an_earlier_method(fai, raw_light=lit)))
    assert told() == []


def test_a_light_that_its_own_kept_chance_does_not_give_is_still_named(fai, sealed_anew):
    sealed_anew(change(fai, light="RED", facts=by_an_earlier_method(fai, raw_light="RED")))
    [trouble] = told()
    assert "raw_light RED is kept" in trouble


def test_and_its_gap_is_still_compared_with_the_ledger(fai, sealed_anew):
    lit = "YELLOW" if fai.facts["gap"] < 0 else "GREEN"
    sealed_anew(
        change(fai, light=lit, facts=by_an_earlier_method(fai, raw_light=lit, gap=fai.facts["gap"] * 1.5))
    )
    [trouble] = told()
    assert "gap" in trouble


def test_a_judgement_by_other_rules_is_counted_and_not_compared(fai, sealed_anew):
    sealed_anew(change(fai, light="GREEN", rule_version="1999-01"))
    said = []
    assert list(rederived.troubles(said.append)) == []
    assert "1 of other versions of the rules not comparable" in said[-1]


def test_one_that_was_right_when_it_was_made_is_no_trouble(fai, place, figures, steady):
    """Figures came since and the month was not judged again: what was known then gives it."""
    place.record(figures("fai", steady(9.0)), at=fai.judged_at + timedelta(days=1))
    assert told() == []


def test_a_bulk_load_dates_its_judgements_by_the_last_of_its_figures(place, figures, steady):
    """The rivals' figures come days after ours; a later figure parts what is known now from what was then."""
    ours = [figure for figure in figures("fai", steady(4.0)) if figure[0] == "jia"]
    theirs = [figure for figure in figures("fai", steady(4.0)) if figure[0] != "jia"]
    days_later = AT + timedelta(days=5)
    with hooks.deferred():
        for figures_, at in ((ours, AT), (theirs, days_later)):
            batch = place.record(figures_, at=at)
            hooks.figures_changed(batch, {"fai"}, {str(SEPTEMBER)}, place.analyst, at)
    made = Judgement.objects.get(indicator="fai", as_of=str(SEPTEMBER), superseded_at__isnull=True)
    assert made.judged_at == days_later
    place.record(figures("fai", steady(9.0)), at=days_later + timedelta(days=30))
    assert told() == []


@pytest.mark.parametrize(("asked", "dated"), [(-1, 0), (0, 0), (1, 1)], ids=["before", "at", "after"])
def test_no_judgement_is_dated_before_the_newest_figure_it_read(place, figures, steady, asked, dated):
    place.record(figures("fai", steady(4.0)))
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst, at=AT + timedelta(seconds=asked))
    made = set(Judgement.objects.values_list("judged_at", flat=True))
    assert made == {AT + timedelta(seconds=dated)}


def test_no_judgement_is_dated_before_its_target(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    later = AT + timedelta(days=3)
    target(place, at=later)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst, at=AT)
    assert set(Judgement.objects.filter(superseded_at=None).values_list("judged_at", flat=True)) == {later}


def test_a_held_light_is_derived_from_the_months_as_they_were_judged_then(fai, place):
    """An earlier month is judged anew, from another figure, after this one was."""
    before, next_day = lights_before(fai.region, SEPTEMBER), fai.judged_at + timedelta(days=1)
    place.record([("jia", "fai", "2022-08", "ytd_growth", 99.0)], at=next_day)
    actions.judge_month(as_of=Month(2022, 8), by=place.analyst, at=next_day)
    assert lights_before(fai.region, SEPTEMBER) != before
    assert lights_before(fai.region, SEPTEMBER, fai.judged_at) == before
    assert told() == []
