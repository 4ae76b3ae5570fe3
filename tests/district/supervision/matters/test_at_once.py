"""Several people at once: one wins, the others hear why; nobody meets an error. Tells most on PostgreSQL."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from tests.district.supervision.conftest import day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.log.soundness import troubles
from wenpan.district.supervision.models import InspectionItem, Matter, Proposal, Slip, WeeklyInspection
from wenpan.district.supervision.sources.actions import deciding, instructions
from wenpan.district.supervision.weekly import weeks

pytestmark = pytest.mark.django_db(transaction=True)
AT = day("2022-10-18")


def at_once(*acts):
    """What became of each: "done", or the code of its refusal; any other error fails the test."""
    gate, found = threading.Barrier(len(acts)), []

    def work(act):
        try:
            gate.wait()
            act()
            found.append("done")
        except Refused as refusal:
            found.append(refusal.code)
        except Exception as error:
            found.append(repr(error))
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(act,)) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sorted(found)


def again(matter):
    return Matter.objects.get(pk=matter.pk)


def test_two_answer_a_slip_while_others_write_to_its_matter(assigned, people):
    for n in range(3):
        matter = assigned(f"事项{n}", due=date(2022, 10, 31))
        slip = actions.issue_slip(matter=matter, colour="blue", reason="催办", rules="sanming",
                                  by=people["clerk"], at=day("2022-10-17"))  # fmt: skip
        found = at_once(
            *(
                lambda who=who, pk=slip.pk: actions.answer(
                    slip=Slip.objects.get(pk=pk), text="已办", by=people[who], at=AT
                )
                for who in ("liaison", "head")
            ),
            lambda m=matter: actions.note(matter=again(m), text="已催", by=people["clerk"], at=AT),
            lambda m=matter: actions.feed_back(
                matter=again(m), claim="progress", process="清表", by=people["liaison"], at=AT
            ),
        )
        assert set(found) <= {"done", "clash"}
        assert matter.events.filter(kind="slip_answered").count() <= 1
    assert list(troubles(date(2022, 10, 18))) == []


def test_a_week_is_recorded_while_the_units_report(assigned, people):
    matters = [assigned(f"事项{n}", due=date(2022, 10, 17)) for n in range(5)]
    way = next(iter(dict(weeks.WAYS)))
    actions.open_week(by=people["clerk"], at=AT)
    for _n in range(3):
        found = at_once(
            lambda: actions.record_inspections(
                items=list(InspectionItem.objects.select_related("cycle")), result="moving", way=way,
                by=people["clerk"], at=AT,
            ),
            *(
                lambda m=matter: actions.feed_back(
                    matter=again(m), claim="progress", process="清表", by=people["liaison"], at=AT
                )
                for matter in reversed(matters)
            ),
        )  # fmt: skip
        assert set(found) <= {"done", "clash", "unchanged"}  # the same words again are asked about
    close = [lambda: actions.close_week(cycle=WeeklyInspection.objects.get(), by=people["clerk"], at=AT)] * 2
    assert at_once(*close) == ["done", "state"]


def test_who_draft_at_once_get_a_number_each(people):
    drafts = [
        lambda n=n: actions.draft(title=f"事项{n}", kind="meeting", by=people["clerk"], at=AT)
        for n in range(5)
    ]
    assert at_once(*drafts) == ["done"] * 5
    assert sorted(Matter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5]


def test_one_proposal_is_decided_once(people, units):
    for n in range(3):
        planned = instructions.MatterPlan(text=f"事项{n}", kind="note", lead=units["zjj"])
        made = instructions.take_note(leader="区长", words=f"请住建局办理{n}", dated=date(2022, 10, 14),
                                planned=planned, by=people["clerk"], at=AT)  # fmt: skip

        def fresh(pk=made.pk):
            return Proposal.objects.get(pk=pk)

        found = at_once(
            lambda f=fresh: deciding.confirm(proposal=f(), by=people["clerk"], at=AT),
            lambda f=fresh: deciding.confirm(proposal=f(), by=people["second"], at=AT),
            lambda f=fresh: deciding.edit(
                proposal=f(), changes={"text": "别的话"}, by=people["second"], at=AT
            ),
            lambda f=fresh: deciding.dismiss(proposal=f(), by=people["second"], reason="另有安排", at=AT),
        )
        assert "done" in found and set(found) <= {"done", "clash", "state"}
    assert Matter.objects.count() == Proposal.objects.filter(state="confirmed").count()
