"""One cause behind several firms' requests: raised, joined, asked of supervision, settled; and the draw."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.district.firms.conftest import FRIDAY
from wenpan.district.firms.common import problem_actions as actions
from wenpan.district.firms.common.alike import draw_share, most_alike
from wenpan.district.firms.common.queries import alike_requests, problems_of, withdrawn_draw
from wenpan.district.firms.ledger.actions import add_firm
from wenpan.district.firms.models import CommonProblem
from wenpan.district.ground.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(firm, people, asked):
    """The same asked by two firms."""
    other = add_firm(values={"name": "宁澜电子有限公司"}, by=people["office"])
    return asked("园区供电容量不足"), asked("供电容量不足影响投产", firm=other)


@pytest.fixture
def problem(pair, people):
    return actions.raise_problem(
        title="高新园供电", category="factors", requests=pair, by=people["office"], at=FRIDAY
    )


def test_alike_ones_of_other_firms_are_offered_and_the_likest_first(pair, people, asked, firm):
    asked("门口道路破损")
    first, second = pair
    assert alike_requests(first, people["office"]) == [second]
    assert alike_requests(first, people["handler"]) == []  # not in sight of its unit
    assert most_alike("供电不足", [(1, "用工难"), (2, "供电不足"), (3, "供电容量不足")]) == [2, 3]


def test_a_problem_has_the_requests_of_two_firms_at_least(pair, people, asked):
    first, _second = pair
    with pytest.raises(Refused, match="两家企业"):
        actions.raise_problem(
            title="x", category="factors", requests=[first, asked("又一件")], by=people["office"]
        )
    with pytest.raises(PermissionDenied):
        actions.raise_problem(title="x", category="factors", requests=pair, by=people["handler"])


def test_requests_are_joined_and_taken_out_while_two_firms_are_left(problem, pair, people, asked):
    third = asked("变压器过载")
    actions.join_requests(problem=problem, requests=[third], by=people["office"])
    with pytest.raises(Refused):
        actions.join_requests(problem=problem, requests=[third], by=people["office"])
    actions.leave_problem(problem=problem, request=third, by=people["office"])
    with pytest.raises(Refused, match="两家企业"):
        actions.leave_problem(problem=problem, request=pair[0], by=people["office"])
    assert problem.requests.count() == 2


def test_asked_for_it_becomes_a_cause_of_a_matter_once(problem, people, units):
    from wenpan.district.supervision.lights.causes import present_lights
    from wenpan.district.supervision.lights.policy import light_matters

    today = date(2022, 10, 18)
    cause = f"common:{problem.pk}"
    assert cause not in present_lights(today, light_matters(), set()).now
    actions.ask_matter(problem=problem, lead=units["zjj"], by=people["office"], at=FRIDAY)
    (lit,) = [p for p in present_lights(today, light_matters(), set()).lit if p.cause == cause]
    assert (lit.lead, lit.reasons) == (units["zjj"], ("2家企业2件诉求同一成因",))
    assert cause not in present_lights(date(2022, 10, 13), light_matters(), set()).now  # the day before
    with pytest.raises(Refused):
        actions.ask_matter(problem=problem, lead=units["zjj"], by=people["office"])
    actions.settle_problem(
        problem=problem, resolution="增容完成", on=date(2022, 10, 15), by=people["office"],
        at=FRIDAY + timedelta(days=1),
    )  # fmt: skip
    assert cause not in present_lights(today, light_matters(), set()).now


def test_settled_it_takes_nothing_and_says_how(problem, people, asked):
    with pytest.raises(Refused):
        actions.settle_problem(problem=problem, resolution=" ", on=FRIDAY.date(), by=people["office"])
    for on in (date(2022, 10, 13), date(2022, 10, 15)):  # before it was raised, after today
        with pytest.raises(Refused):
            actions.settle_problem(problem=problem, resolution="x", on=on, by=people["office"], at=FRIDAY)
    actions.settle_problem(
        problem=problem, resolution="增容完成", on=date(2022, 10, 14), by=people["office"], at=FRIDAY
    )
    with pytest.raises(Refused):
        actions.join_requests(problem=problem, requests=[asked("又一件")], by=people["office"])


def test_a_unit_sees_problems_of_its_requests_and_those_it_leads(problem, pair, people, units, step):
    assert not problems_of(people["handler"]).exists()
    step(pair[0], "accepted")
    step(pair[0], "assigned")
    assert [row.asked for row in problems_of(people["handler"])] == [2]
    actions.ask_matter(problem=problem, lead=units["liuwan"], by=people["office"])
    assert [row.firms for row in problems_of(people["other"])] == [2]


def test_the_pages_raise_join_and_settle(pair, people, signed_in, today_is, asked, units):
    today_is("2022-10-18")
    office = signed_in("office")
    first, second = pair
    page = office.get(f"/firms/requests/{first.pk}/").content.decode()
    assert second.number in page and "并为共性问题" in page
    sent = {"title": "供电", "category": "factors", "requests": [first.pk, second.pk], "from": first.pk}
    assert office.post("/firms/problems/add/", sent).status_code == 302
    problem = CommonProblem.objects.get()
    third = asked("再一件")
    office.post(f"/firms/problems/{problem.pk}/join/", {"numbers": third.number})
    office.post(f"/firms/problems/{problem.pk}/leave/", {"numbers": third.number})
    assert problem.requests.count() == 2
    office.post(f"/firms/problems/{problem.pk}/matter/", {"lead": "zjj"})
    office.post(f"/firms/problems/{problem.pk}/settle/", {"resolution": "增容", "on": "2022-10-18"})
    problem.refresh_from_db()
    assert (str(problem.asked_on), str(problem.closed_on)) == ("2022-10-18", "2022-10-18")
    assert problem.number in office.get("/firms/problems/?show=closed").content.decode()
    assert signed_in("other").get(f"/firms/problems/{problem.pk}/").status_code == 404
    assert "增容" in office.get(f"/firms/problems/{problem.pk}/").content.decode()


# The draw of what was withdrawn at the handler's wish.


def test_the_draw_can_be_repeated_and_not_steered():
    numbers = [f"2022-S{n:04d}" for n in range(50)]
    assert draw_share("2022-10", numbers) == draw_share("2022-10", list(reversed(numbers)))
    assert draw_share("2022-10", numbers) != draw_share("2022-11", numbers)
    assert [len(draw_share("2022-10", numbers[:n])) for n in (0, 1, 5, 6, 50)] == [0, 1, 1, 2, 10]


def test_what_the_firm_itself_withdrew_is_not_drawn_and_an_inspection_is_seen(asked, step, people, signed_in):
    own, handlers = asked("自己撤"), asked("被劝撤")
    for request, wished in ((own, "firm"), (handlers, "handler")):
        step(request, "closed", text="撤回", details={"outcome": "withdrawn", "wished_by": wished})
    draw = withdrawn_draw(2022, 10)
    assert (draw.of, draw.rows, draw.waiting) == (1, (handlers,), (handlers,))
    assert (
        handlers.number
        in signed_in("office").get("/firms/requests/withdrawn/?month=2022-10").content.decode()
    )
    step(handlers, "inspected", text="企业确认自愿")
    assert withdrawn_draw(2022, 10).waiting == ()
    assert withdrawn_draw(2022, 11).of == 0
