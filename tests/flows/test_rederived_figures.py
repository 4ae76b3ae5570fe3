"""Figures made again from their originals: what the owner of the key changes is named by its cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.flows.test_intake_flow import SEPTEMBER, accept, analyst, send, table  # noqa: F401  (analyst: a fixture)
from wenpan.district.observations import rederived
from wenpan.district.observations.models import Confirmation, Observation

pytestmark = pytest.mark.django_db
TITLE = "安禾区2022年1-9月主要经济指标完成情况表"


@pytest.fixture
def ledger(client, analyst):  # noqa: F811
    accept(client, send(client, table(TITLE, SEPTEMBER)))
    return Observation.objects.get(indicator="retail", measure="ytd_growth")


def told():
    return list(rederived.troubles(lambda words: None))


def test_a_ledger_as_its_files_say_is_no_trouble(ledger):
    said = []
    assert list(rederived.troubles(said.append)) == []
    assert said == [f"figures: {Observation.objects.count()} rows of 1 files compared with their cells"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value": Decimal("3.5"), "value_text": "3.5"}, "'3.5' is kept, '3.4' is there"),
        ({"value": Decimal("3.5")}, "3.5000 is kept, '3.4' is there"),
        ({"cell": "Z99"}, "no figure is there"),
        ({"period": "2022-08"}, "it is kept as anhe retail 2022-08, it is anhe retail 2022-09"),
    ],
)
def test_a_figure_that_is_not_what_its_cell_says_is_named(ledger, sealed_anew, values, words):
    sealed_anew(lambda: Observation.objects.filter(pk=ledger.pk).update(**values))
    [trouble] = told()
    assert f"observations.Observation row {ledger.pk} " in trouble and words in trouble


def test_a_confirmation_is_compared_too(client, ledger, sealed_anew):
    accept(client, send(client, table(TITLE, [*SEPTEMBER, ("用电量", "亿千瓦时", 1.1, 2.0)]), "再次.xlsx"))
    row = Confirmation.objects.first()
    assert told() == []
    sealed_anew(lambda: Confirmation.objects.filter(pk=row.pk).update(value_text="7"))
    assert f"observations.Confirmation row {row.pk} " in told()[0]
