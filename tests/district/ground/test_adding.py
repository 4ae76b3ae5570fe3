"""Many rows at once are the rows that the ORM would have written, and the journal answers for each."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from wenpan.district.attraction.models import Deal, DealAmount
from wenpan.district.ground.databases import written
from wenpan.district.ground.databases.adding import add_rows

pytestmark = pytest.mark.django_db
AT = datetime(2022, 10, 10, 1, tzinfo=UTC)


def deals(count: int) -> list[Deal]:
    return [
        Deal(
            code=f"ZS-{n}", name=f"项目{n}", pinyin="x", fields={"note": f"第{n}行"}, marks=["extra"],
            listed_on=AT.date(), lead_due=AT, agreed=Decimal("12000.5"), leading=bool(n % 2),
        )
        for n in range(count)
    ]  # fmt: skip


def test_each_value_comes_back_as_the_orm_would_have_kept_it():
    add_rows(deals(3))
    Deal.objects.bulk_create([Deal(code="orm", **_values(deals(2)[1]))])
    ours, theirs = Deal.objects.get(code="ZS-1"), Deal.objects.get(code="orm")
    assert _values(ours) == _values(theirs)


def _values(deal: Deal) -> dict:
    return {
        f.name: getattr(deal, f.name)
        for f in Deal._meta.local_concrete_fields
        if f.name not in ("id", "code")
    }


def test_every_row_is_noted_for_the_journal():
    with transaction.atomic():
        add_rows(deals(4))
        held = written.of().rows[Deal]
        assert set(Deal.objects.values_list("pk", flat=True)) <= set(held)


def test_one_that_the_database_refuses_takes_the_others_with_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        add_rows([*deals(3), *deals(1)])
    assert not Deal.objects.exists()


def test_rows_of_two_models_are_refused_and_none_is_nothing():
    add_rows([])
    with pytest.raises(ValueError, match="several"):
        add_rows([Deal(), DealAmount()])
