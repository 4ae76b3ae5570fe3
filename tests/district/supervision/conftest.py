"""A district with an office of supervision, two departments, two towns, and people who handle and check."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

SHANGHAI = timezone(timedelta(hours=8))
MORNING = datetime(2022, 10, 14, 9, 0, tzinfo=SHANGHAI)  # a Friday


def day(text: str, hour: int = 9) -> datetime:
    """day("2022-10-14"): that morning in the place's own time."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=SHANGHAI)


@pytest.fixture
def units(db):
    from wenpan.district.accounts.actions import sync_units
    from wenpan.district.accounts.models import Unit

    names = [
        ("dcb", "督查绩效办", "department"),
        ("jfj", "经发局", "department"),
        ("zjj", "住建局", "department"),
        ("tongxi", "桐溪镇", "town"),
        ("liuwan", "柳湾镇", "town"),
    ]
    sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)
    return {unit.code: unit for unit in Unit.objects.all()}


@pytest.fixture
def people(units, make_user):
    """By what they do: clerk, second and chief of the office, liaison and head of 住建局, town, leader."""
    who = {
        "clerk": ("supervisor", "dcb"),
        "second": ("supervisor", "dcb"),
        "chief": ("supervision_head", "dcb"),
        "liaison": ("liaison", "zjj"),
        "head": ("unit_head", "zjj"),
        "town": ("liaison", "tongxi"),
        "leader": ("leader", None),
        "analyst": ("analyst", "jfj"),
    }
    return {
        name: make_user(role, username=name, unit=units.get(unit) if unit else None)
        for name, (role, unit) in who.items()
    }


@pytest.fixture
def drafted(people):
    """drafted("title"): a matter that the clerk has drafted on Friday 14 October 2022."""
    from wenpan.district.supervision import actions

    def make(title="完成桐溪智造园二期供地", at=MORNING, **more):
        values = {"title": title, "kind": "meeting", "by": people["clerk"], "at": at, **more}
        return actions.draft(**values)

    return make


@pytest.fixture
def assigned(drafted, people, units):
    """assigned(due=…): registered by the chief and handed to 住建局 with 桐溪镇."""
    from wenpan.district.supervision import actions

    def make(title="完成桐溪智造园二期供地", at=MORNING, lead="zjj", coops=("tongxi",), **more):
        matter = drafted(title, at=at)
        actions.register(matter=matter, by=people["chief"], at=at)
        matter.refresh_from_db()
        actions.assign(
            matter=matter,
            lead=units[lead],
            coops=[units[c] for c in coops],
            by=people["clerk"],
            at=at,
            **more,
        )
        matter.refresh_from_db()
        return matter

    return make


@pytest.fixture
def today_is(monkeypatch):
    """today_is("2022-10-20"): pages see that morning as now."""

    def set_to(text: str, hour: int = 10):
        monkeypatch.setattr("django.utils.timezone.now", lambda: day(text, hour))

    return set_to


@pytest.fixture
def signed_in(people):
    """signed_in("clerk"): a browser of that person."""
    from django.test import Client

    def sign(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return sign


@pytest.fixture
def slip_rules(tmp_path, monkeypatch):
    """slip_rules("sanming"): that set serves slips, by a file of the place's own."""

    def choose(code):
        own = tmp_path / "rules" / "supervision"
        own.mkdir(parents=True, exist_ok=True)
        (own / "slips_in_force.yaml").write_text(
            'version: "t"\neffective_from: 2000-01-01\nsource: 测试\n'
            f"in_force: [{{from: 2000-01-01, rules: {code}}}]\n"
        )
        monkeypatch.setenv("WENPAN_HOME", str(tmp_path))

    return choose


@pytest.fixture
def shines(monkeypatch):
    """shines("project:1", "RED"): what the rooms below say on top of the matters; None takes it back."""
    from wenpan.district.supervision.lights import weekly_subjects

    lit = {}
    real = weekly_subjects._matters

    def projects(_on):
        for key, light in lit.items():
            yield weekly_subjects.InspectionSubject(key, f"对象{key}", None, light, "进度滞后", "/x/")

    monkeypatch.setattr(weekly_subjects, "_matters", real)
    monkeypatch.setattr(weekly_subjects, "_projects", projects)
    monkeypatch.setattr(weekly_subjects, "_indicators", lambda _on: iter(()))

    def change(key, light):
        lit.pop(key, None)
        if light:
            lit[key] = light

    return change


@pytest.fixture
def late(assigned):
    return [assigned(f"事项{n}", due=date(2022, 10, 20)) for n in range(3)]
