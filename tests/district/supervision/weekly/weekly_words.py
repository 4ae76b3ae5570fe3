"""What the tests of the weekly check say often."""

from __future__ import annotations

from tests.district.supervision.conftest import day
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import InspectionItem, Matter


def fresh(matter):
    return Matter.objects.get(pk=matter.pk)


def see(look, people, who="clerk", at="2022-10-25", result="moving", note="", way="phone"):
    return actions.record_inspection(
        item=InspectionItem.objects.get(pk=look.pk),
        result=result,
        way=way,
        note=note,
        by=people[who],
        at=day(at),
    )
