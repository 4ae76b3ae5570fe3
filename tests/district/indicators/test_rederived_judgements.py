"""Judgements made again from the ledger: a light, gap or rank that its figures do not give is named."""

from __future__ import annotations

import pytest

from tests.district.indicators.test_judging import SEPTEMBER, target
from wenpan.district.indicators import actions, rederived
from wenpan.district.indicators.models import Judgement


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


def test_a_judgement_by_other_rules_is_counted_and_not_compared(fai, sealed_anew):
    sealed_anew(change(fai, light="GREEN", rule_version="1999-01"))
    said = []
    assert list(rederived.troubles(said.append)) == []
    assert "1 of other versions of the rules not comparable" in said[-1]


def test_one_that_was_right_when_it_was_made_is_no_trouble(fai, place, figures, steady):
    """Figures came since and the month was not judged again: what was known then gives it."""
    from datetime import timedelta

    place.record(figures("fai", steady(9.0)), at=fai.judged_at + timedelta(days=1))
    assert told() == []
