"""The rows of the database and the pure rule say the same: for every action, state, person and walk."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from tests.district.supervision.conftest import day
from tests.district.supervision.matters.test_available_actions import FULL, _situations
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.matters import available_actions as may
from wenpan.district.supervision.matters.available_rows import TWINS, rows_for
from wenpan.district.supervision.matters.pages import acting
from wenpan.district.supervision.models import Matter, Proposal

pytestmark = pytest.mark.django_db


def differences(people, on) -> list[str]:
    """Where `rows_for` and `refusal` disagree."""
    wrong, matters = [], list(Matter.objects.all())
    for who, user in people.items():
        situations = [(matter, may.situation_of(user, matter, on)) for matter in matters]
        for code in TWINS:
            action = may.BY_CODE[code]
            rows = set(Matter.objects.filter(rows_for(user, action, on)).values_list("pk", flat=True))
            for matter, situation in situations:
                pure = may.refusal(situation, action) is None
                if pure != (matter.pk in rows):
                    wrong.append(f"{code}/{who}/{matter.title}: rule {pure}, rows {matter.pk in rows}")
    return wrong


def test_rows_and_rule_agree_in_every_state_for_every_person(
    assigned, drafted, people, make_user, units, today_is
):
    today_is("2022-10-20")
    people = {**people, "insider": make_user("supervisor", username="insider", unit=units["zjj"])}
    situations = _situations(assigned, drafted, people)
    Proposal.objects.create(text="无牵头", state="confirmed", matter=drafted("没有牵头的"))
    Proposal.objects.create(text="有牵头", state="confirmed", matter=drafted("有牵头的"), lead=units["zjj"])
    assert len(situations) == 14
    on = day("2022-10-20").date()
    assert differences(people, on) == []
    for action in (may.BY_CODE[code] for code in TWINS):
        found = any(Matter.objects.filter(rows_for(u, action, on)).exists() for u in people.values())
        assert found, f"{action.code} is never possible here: the comparison proves nothing"


@pytest.mark.parametrize("seed", range(6))
def test_rows_and_rule_agree_along_random_walks(seed, assigned, drafted, people, today_is):
    """Forty random acts by random people, day by day; after each tenth both are compared."""
    dice = random.Random(seed)
    for n in range(3):
        drafted(f"拟办{n}")
        assigned(f"交办{n}", due=day("2022-10-28").date())
    at = day("2022-10-17")
    for n in range(40):
        at += timedelta(hours=dice.choice([1, 5, 24]))
        today_is(at.date().isoformat())
        matter = dice.choice(list(Matter.objects.all()))
        user = people[dice.choice(sorted(people))]
        code = dice.choice(sorted(may.BY_CODE))
        try:
            with transaction.atomic():
                acting.do(code, matter=matter, typed=FULL, files=[], by=user, seen=matter.version)
        except (Refused, PermissionDenied):
            pass
        if n % 10 == 9:
            assert differences(people, at.date()) == []


def test_urging_is_possible_once_a_day(assigned, people, today_is):
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.models import Notice

    matter = assigned("催办的", due=day("2022-10-28").date())
    today_is("2022-10-20")
    actions.urge(matter=matter, by=people["clerk"], text="请于本周五前反馈", at=day("2022-10-20"))
    told = Notice.objects.filter(key__startswith="urge:")
    assert set(told.values_list("user__username", flat=True)) == {"liaison", "head"}
    assert all("请于本周五前反馈" in n.text for n in told)
    for on, can in (("2022-10-20", False), ("2022-10-21", True)):
        rows = Matter.objects.filter(rows_for(people["clerk"], may.URGE, day(on).date()))
        assert rows.exists() is can
    matter.refresh_from_db()
    with pytest.raises(Refused, match="一天一次"):
        actions.urge(matter=matter, by=people["second"], at=day("2022-10-20", 15))
    actions.urge(matter=matter, by=people["second"], at=day("2022-10-21"))


def test_urging_is_no_word_of_the_unit_and_no_answer_to_its_obstacle(assigned, people):
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.log.event_log import state_of

    matter = assigned("受阻的", due=day("2022-10-28").date())
    actions.feed_back(
        matter=matter, claim="blocked", process="缺地", by=people["liaison"], at=day("2022-10-18")
    )
    matter.refresh_from_db()
    before = state_of(matter)
    actions.urge(matter=matter, by=people["clerk"], at=day("2022-10-20"))
    matter.refresh_from_db()
    after = state_of(matter)
    assert before.blocked and after.blocked
    assert (after.news_on, after.feedback_on, after.due) == (before.news_on, before.feedback_on, before.due)
