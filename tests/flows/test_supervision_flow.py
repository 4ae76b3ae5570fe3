"""The closed loop as the demonstration tells it: papers become matters, units report, the office checks;
slips, escalation, the week and the bulletin follow; all adds up."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from wenpan.demo.play import build as demo
from wenpan.demo.play import supervision

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TODAY = date(2022, 11, 23)


@pytest.fixture
def told(settings, tmp_path, monkeypatch):
    """The story of supervision alone, in a district without figures."""
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    settings.WENPAN_HOME = tmp_path
    demo._install_place(tmp_path)
    from wenpan.commands.init import sync_place

    sync_place()
    users = demo._users()
    supervision.fill(users, TODAY)
    return users


def test_from_the_papers_to_the_bulletin(told, head_is_kept):
    from wenpan.commands import doctor
    from wenpan.district.ground.journal.queries import verify
    from wenpan.district.supervision.log import lifecycle
    from wenpan.district.supervision.log.append import state_of
    from wenpan.district.supervision.models import (
        Event,
        InspectionItem,
        Matter,
        Notice,
        Proposal,
        Slip,
        WeeklyInspection,
    )

    states = Counter(Matter.objects.values_list("state", flat=True))
    assert states["closed"] >= 15
    assert states["working"] >= 8
    open_ones = Proposal.objects.filter(state="open", source__isnull=False)
    assert {p.source.title for p in open_ones} <= {
        "2022年10月20日经济运行调度会议定事项"
    }  # still to be confirmed
    for matter in Matter.objects.all():
        now = state_of(matter)
        assert (now.state, now.due, now.closed_on) == (matter.state, matter.due, matter.closed_on), matter
    # nobody who handled a matter checked or closed it
    for matter in Matter.objects.filter(state=lifecycle.CLOSED):
        people = {kind: set() for kind in ("handled", "checked")}
        for kind, by, unit in Event.objects.filter(matter=matter).values_list("kind", "by", "unit"):
            if kind in {"feedback", "answered"}:
                people["handled"].add(by)
            if kind in {"passed", "closed", "returned"}:
                people["checked"].add(by)
                assert unit != matter.lead_id
        assert not people["handled"] & people["checked"]
    # slips and notices: once a level and due date
    assert Slip.objects.count() >= 5
    assert len(set(Slip.objects.values_list("key", flat=True))) == Slip.objects.count()
    assert len(set(Notice.objects.values_list("key", flat=True))) == Notice.objects.count()
    # every week that was closed accounts for each of its rows
    closed = WeeklyInspection.objects.exclude(closed_at=None)
    assert closed.count() >= 5
    assert InspectionItem.objects.filter(cycle__in=closed).exclude(result="").count() > 0
    head_is_kept()
    assert list(doctor.examine()) == [] or all("timed work" in t for t in doctor.examine())
    assert verify().whole
    _the_bulletins_were_issued()


def _the_bulletins_were_issued():
    from wenpan.district.bulletins.models import Document

    issued = Document.objects.filter(kind="bulletin").order_by("as_of")
    assert [d.as_of for d in issued] == ["2022-09", "2022-10"]
    assert all(d.state == "issued" for d in issued)
