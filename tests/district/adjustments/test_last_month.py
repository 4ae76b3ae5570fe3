"""What another set or threshold would have given last month, with the boundary days."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.fiscal.conftest import put  # noqa: F401  (fixture)
from tests.district.supervision.conftest import assigned, drafted, people, units  # noqa: F401  (fixtures)
from wenpan.district.adjustments import last_month
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db


def test_thresholds_of_matters_are_tried_on_the_end_of_last_month(assigned):  # noqa: F811
    """Assigned on 14 October and never heard of: silent for 17 days at its end."""
    matter = assigned(due=date(2022, 10, 28))
    october, name = Month(2022, 10), f"{matter.number} {matter.title}"
    assert last_month.silent(20, 14, october).lines == ((name, "不算", "算"),)
    assert last_month.silent(20, 17, october).lines == ()  # the 17th day itself is not yet too long
    assert "0件变为0件" in last_month.soon(3, 10, october).words  # late is not near
    later = assigned(title="另一件", due=date(2022, 11, 5))
    assert last_month.soon(3, 5, october).lines == ((f"{later.number} {later.title}", "不算", "算"),)
    assert last_month.soon(3, 4, october).lines == ()
    assert "0件变为0件" in last_month.silent(20, 14, Month(2022, 9)).words  # nobody had it then


def test_a_slip_set_is_tried_on_the_end_of_last_month(assigned):  # noqa: F811
    matter = assigned(due=date(2022, 10, 28))
    name = f"{matter.number} {matter.title}"
    other = last_month.slips("slips-default", "suqian-group", Month(2022, 10))
    assert "由1张变为" in other.words and {line[0] for line in other.lines} <= {name}
    assert "由0张变为0张" in last_month.slips("slips-default", "yingtan", Month(2022, 9)).words
    all_by_hand = last_month.slips("", "slips-default", Month(2022, 10))
    assert "由0张变为1张" in all_by_hand.words and all_by_hand.lines == ((name, "不发", "蓝色督办单"),)


def test_a_threshold_of_figures_is_tried_on_the_newest_period(regions, put):  # noqa: F811
    put("anhe", "fai", "2022-08", natural="5.0")
    put("anhe", "fai", "2022-09", natural="-4.0")
    found = last_month.growth_jumps(30, 8, Month(2022, 10))
    assert "2022年9月" in found.words and "0处变为1处" in found.words and found.lines[0][1:] == ("不算", "算")
    assert last_month.growth_jumps(30, 9, Month(2022, 10)).lines == ()  # nine points are not more than nine
