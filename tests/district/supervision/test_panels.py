"""What supervision says beside an indicator, a project and the board, to whom."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.supervision import panels
from wenpan.district.supervision.models import Matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(assigned):
    matter = assigned("固定资产投资亮红灯", due=date(2022, 10, 31))
    Matter.objects.filter(pk=matter.pk).update(cause="indicator:fai")
    return matter


def test_the_matter_that_follows_a_light_is_one_hop_from_it(followed, people):
    panel = panels.panel(people["leader"], "indicator:fai")
    assert panel is not None
    assert [item.text for item in panel.items] == ["2022-0001 固定资产投资亮红灯"]
    assert panels.panel(people["leader"], "indicator:gdp") is None


def test_another_unit_hears_nothing_of_it(followed, units, make_user):
    stranger = make_user("liaison", username="stranger", unit=units["liuwan"])
    assert panels.panel(stranger, "indicator:fai") is None
    assert panels.panel(people_without_role(make_user), "indicator:fai") is None


def people_without_role(make_user):
    return make_user("", username="nobody")


def test_the_board_counts_what_is_open_by_the_same_rules_as_the_list(followed, people):
    panel = panels.panel(people["chief"], "board")
    assert panel is not None
    assert panel.note.startswith("未办结1件：逾期1件")  # today is long after October 2022
