"""What follows from events is made again by the doctor: a column that somebody changed is named."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.attraction.models import Deal
from wenpan.district.attraction.rederived import troubles

pytestmark = pytest.mark.django_db


def test_a_deal_whose_columns_follow_from_its_events_is_no_trouble(deal):
    deal(arrived="3000", approved="2022-03-10")
    assert list(troubles(lambda words: None)) == []


def test_a_signing_day_that_no_event_gives_is_named(deal):
    made = deal()
    Deal.objects.filter(pk=made.pk).update(signed_on=date(2022, 1, 1), agreed=99_999)
    assert list(troubles(lambda words: None)) == [
        f"deal {made.code}: signed_on, agreed do not follow from its events and amounts."
    ]
