"""A ledger filled without files: figures go in by the ledger's own action."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

import pytest

from wenpan.documents.tables.reading import Figure


def figure(
    indicator="retail", value="5.1", *, region="anhe", period="2022-09", measure="ytd_growth", cell="C5"
):
    unit = "%" if measure.endswith("growth") else "亿元"
    number = Decimal(value) if value != "…" else None
    status = "value" if number is not None else "missing"
    return Figure(region, indicator, period, measure, "natural", status, number, value, unit, "表1", cell)


@pytest.fixture
def make_figure():
    return figure


@pytest.fixture
def statistician(make_user, regions):
    return make_user("statistician")


@pytest.fixture
def commerce(db):
    """商务局 leads retail and catering; its liaison officer."""
    from wenpan.district.accounts.actions import sync_units
    from wenpan.district.accounts.models import Unit

    sync_units(
        units=[{"code": "swj", "name": "商务局", "short_name": "商务局", "kind": "department"}], by=None
    )
    return Unit.objects.get(code="swj")


@pytest.fixture
def liaison(make_user, commerce, regions):
    return make_user("liaison", unit=commerce)


@pytest.fixture
def stored(statistician, monkeypatch):
    """stored(figure, …, at=day): one batch."""
    from tests.district.places import accepted_file
    from wenpan.district.observations import hooks
    from wenpan.district.observations.actions import store_batch
    from wenpan.district.observations.ledger_changes import ledger_changes

    monkeypatch.setattr(hooks.FIGURES_CHANGED, "listeners", [])
    numbers = count(1)

    def store(*figures, at=datetime(2022, 10, 18, 4, tzinfo=UTC)):
        more = {"released": at.date(), "source": "市统计局"}
        submission = accepted_file(next(numbers), by=statistician, at=at, **more)
        return store_batch(submission=submission, planned=ledger_changes(figures), by=statistician, at=at)

    return store
