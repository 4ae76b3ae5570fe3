"""A slip is open, standing or answered by one predicate: desk, list, page, answer, ladder, bulletin."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.escalation import missing_steps
from wenpan.district.supervision.models import Slip
from wenpan.district.supervision.slips import labels as slip_labels
from wenpan.district.supervision.slips import queries as slip_queries
from wenpan.district.supervision.slips.state import is_open_on, open_on
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
DUE = date(2022, 10, 20)


@pytest.mark.parametrize("on", ["2022-10-24", "2022-10-25", "2022-10-26"])
def test_a_slip_is_open_until_the_day_on_which_its_matter_is_over(assigned, people, on, signed_in, today_is):
    matter = assigned(due=DUE, coops=())
    slip = actions.issue_slip(
        matter=matter, colour="blue", reason="催办", by=people["chief"], at=day("2022-10-18")
    )
    matter.refresh_from_db()
    actions.feed_back(matter=matter, claim="done", process="完成", by=people["liaison"], at=day("2022-10-19"))
    matter.refresh_from_db()
    actions.check(matter=matter, passed=True, text="属实", by=people["clerk"], at=day("2022-10-20"))
    matter.refresh_from_db()
    actions.close(matter=matter, by=people["clerk"], at=day("2022-10-25"))
    today = date.fromisoformat(on)
    slip = Slip.objects.select_related("matter").get(pk=slip.pk)
    assert open_on(slip, today) == (today < date(2022, 10, 25))
    assert Slip.objects.filter(is_open_on(today)).exists() == open_on(slip, today)
    if today > date(2022, 10, 25):
        today_is(on)
        client = signed_in("liaison")
        assert client.get("/supervision/desk/").context["desk"].slips == ()
        assert client.get(f"/supervision/slips/{slip.pk}/").context["may_answer"] is False


@pytest.mark.parametrize("act", ["acknowledge", "answer"])
def test_what_the_desk_no_longer_asks_for_is_not_taken_either(assigned, people, act):
    matter = assigned(due=DUE, coops=())
    slip = actions.issue_slip(
        matter=matter, colour="blue", reason="催办", by=people["chief"], at=day("2022-10-18")
    )
    for step in (
        {"claim": "done", "process": "完成"},
        {"passed": True, "text": "属实"},
        {},
    ):
        matter.refresh_from_db()
        if "claim" in step:
            actions.feed_back(matter=matter, **step, by=people["liaison"], at=day("2022-10-19"))
        elif step:
            actions.check(matter=matter, **step, by=people["clerk"], at=day("2022-10-20"))
        else:
            actions.close(matter=matter, by=people["clerk"], at=day("2022-10-25"))
    words = {"text": "已办"} if act == "answer" else {}
    with pytest.raises(Refused, match="已办结"):
        getattr(actions, act)(slip=slip, **words, by=people["liaison"], at=day("2022-10-25"))
    slip.refresh_from_db()
    assert (slip.answered_at, slip.acknowledged_at) == (None, None)


@pytest.mark.parametrize("on, stands", [("2022-10-30", True), ("2022-10-31", False), ("2022-11-01", False)])
def test_a_withdrawn_slip_stands_until_the_day_of_its_withdrawal_in_every_count(assigned, people, on, stands):
    slip = actions.issue_slip(
        matter=assigned(due=DUE, coops=()), colour="blue", reason="催办", by=people["chief"],
        at=day("2022-10-18"),
    )  # fmt: skip
    actions.withdraw(slip=slip, reason="发错", by=people["chief"], at=day("2022-10-31"))
    slip, today = Slip.objects.select_related("matter").get(pk=slip.pk), date.fromisoformat(on)
    assert open_on(slip, today) is stands
    assert slip_labels.state_of(slip, today).words == ("逾期5天未回复" if stands else "已撤回")
    counts = slip_queries.counts(Slip.objects.all(), today)
    assert (counts["open"], counts["withdrawn"]) == (int(stands), int(not stands))
    assert slip_queries.by_colour(Month(2022, 10)) == {}  # the bulletin of the month that saw it withdrawn
    assert missing_steps.history([slip.matter_id], today).served[slip.matter_id][0].withdrawn is not stands


def test_a_slip_withdrawn_in_the_next_month_counts_in_the_bulletin_of_the_month_that_served_it(
    assigned, people
):
    slip = actions.issue_slip(
        matter=assigned(due=DUE, coops=()), colour="blue", reason="催办", by=people["chief"],
        at=day("2022-10-18"),
    )  # fmt: skip
    actions.withdraw(slip=slip, reason="发错", by=people["chief"], at=day("2022-11-01"))
    assert slip_queries.by_colour(Month(2022, 10)) == {"blue": 1}
