"""Red and yellow lights propose matters: one open proposal or matter a cause, until the light is green."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.indicators.actions import set_target
from wenpan.district.intake.models import Original, Submission
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.district.projects.models import KeyProject, Problem
from wenpan.district.supervision.lights import actions as lighting
from wenpan.district.supervision.lights.causes import LightProposal, PresentLights, present_lights
from wenpan.district.supervision.lights.policy import LightMatters, light_matters
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.sources.actions import deciding, undoing
from wenpan.rules.loading import RuleError

pytestmark = pytest.mark.django_db
ON = date(2022, 10, 14)
AT = timezone.make_aware(datetime(2022, 10, 14, 9))


@pytest.fixture
def lamps(monkeypatch, units):
    """lamps(fai="RED"): what shines now; a name without an underscore is an indicator of 经发局."""
    marks = {"mark": "2022-09"}

    def light(mark=None, **colours):
        marks["mark"] = mark or marks["mark"]
        lit = [
            LightProposal(f"indicator:{code}", f"{code}亮{colour}", colour, "indicator_light", marks["mark"],
                units["jfj"], (), (f"{code}不足",), "默认规则 1", f"/indicators/{code}/")
            for code, colour in colours.items() if colour in ("RED", "YELLOW")
        ]  # fmt: skip
        now = PresentLights(lit, {f"indicator:{code}": colour for code, colour in colours.items()})
        monkeypatch.setattr(lighting, "present_lights", lambda on, policy, asked: now)
        return lighting.propose_from_lights(on=ON, at=AT)

    return light


def open_ones():
    return list(Proposal.objects.filter(state="open").order_by("pk"))


def test_a_red_light_proposes_with_owner_reason_rules_and_the_way_back(lamps, units):
    lamps(fai="RED")
    p = Proposal.objects.get()
    assert (p.cause, p.origin, p.lead, p.kind) == ("indicator:fai", "light", units["jfj"], "indicator_light")
    assert "红灯 · 默认规则 1 · 数据截至 2022-09" in p.evidence and "fai不足" in p.evidence
    assert p.detail["url"] == "/indicators/fai/"
    assert not Matter.objects.exists()


def test_the_same_lights_again_change_nothing(lamps):
    lamps(fai="RED", gdp="YELLOW")
    entries = Entry.objects.count()
    assert lamps(fai="RED", gdp="YELLOW").total == 0
    assert (Proposal.objects.count(), Entry.objects.count()) == (2, entries)


def test_a_green_light_takes_back_what_nobody_confirmed(lamps):
    lamps(fai="RED")
    assert lamps(fai="GREEN").withdrawn == 1
    p = Proposal.objects.get()
    assert (p.state, p.note, p.decided_by) == ("dropped", "灯已转绿，系统撤回", None)


def test_a_light_that_is_unknown_this_month_keeps_its_proposal(lamps):
    lamps(fai="RED")
    assert lamps(fai="UNKNOWN").total == 0
    assert len(open_ones()) == 1


def test_an_open_matter_is_only_noted_and_once(lamps, people):
    lamps(fai="RED")
    matter = deciding.confirm(proposal=Proposal.objects.get(), by=people["clerk"])
    assert matter.cause == "indicator:fai"
    assert lamps(fai="RED").total == 0
    assert lamps(fai="GREEN").noted == 1
    assert lamps(fai="GREEN").noted == 0
    matter.refresh_from_db()
    assert (matter.state, matter.events.last().text) == ("draft", "灯由红灯转为绿灯")
    assert matter.events.last().by is None
    assert lamps(fai="YELLOW").noted == 1
    assert not open_ones()


def test_worse_news_renews_the_words_but_not_those_a_person_wrote(lamps, people):
    lamps(fai="YELLOW")
    assert lamps(fai="RED").renewed == 1
    [p] = open_ones()
    assert (p.text, p.detail["light"]) == ("fai亮RED", "RED")
    deciding.edit(proposal=p, changes={"text": "经发局说明情况"}, by=people["clerk"])
    lamps(mark="2022-10", fai="RED")
    [p] = open_ones()
    assert (p.text, p.detail["mark"]) == ("经发局说明情况", "2022-10")


def test_what_a_person_dropped_comes_again_only_when_it_is_worse_or_was_green(lamps, people):
    lamps(fai="YELLOW")
    deciding.dismiss(proposal=open_ones()[0], by=people["clerk"], reason="另有安排")
    assert lamps(mark="2022-10", fai="YELLOW").proposed == 0
    assert lamps(fai="RED").proposed == 1
    deciding.dismiss(proposal=open_ones()[0], by=people["clerk"], reason="另有安排")
    assert lamps(fai="RED").proposed == 0
    lamps(fai="GREEN")
    assert lamps(fai="YELLOW").proposed == 1


def test_after_its_matter_is_over_only_newer_figures_propose_anew(lamps, people):
    lamps(fai="RED")
    matter = deciding.confirm(proposal=open_ones()[0], by=people["clerk"])
    Matter.objects.filter(pk=matter.pk).update(state="closed", closed_on=ON)
    assert lamps(fai="RED").proposed == 0
    assert lamps(mark="2022-10", fai="RED").proposed == 1


def test_taking_back_a_confirmation_leaves_one_open_proposal(lamps, people):
    lamps(fai="RED")
    p = open_ones()[0]
    deciding.confirm(proposal=p, by=people["clerk"])
    undoing.undo(proposal=p, by=people["clerk"])
    assert lamps(fai="RED").total == 0
    assert open_ones() == [p]


def test_a_light_is_neither_split_nor_merged(lamps, people):
    lamps(fai="RED", gdp="RED")
    first, second = open_ones()
    for deed in (
        lambda: deciding.split(proposal=first, parts=["甲", "乙"], by=people["clerk"]),
        lambda: deciding.merge(proposal=second, into=first, by=people["clerk"]),
    ):
        with pytest.raises(Exception, match="拆分|同一来源"):
            deed()


def test_a_person_without_the_right_may_not_ask(lamps, people):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        lighting.propose_from_lights(on=ON, by=people["liaison"])


# from the rooms below


def key_project(code, **more):
    values = {"name": f"重点{code}", "level": "district", "planned_total": 30_000, "stage": "preparation"}
    values |= {"year": 2022, "kind": "industry", "pinyin": code, "planned_start": "2022-05", "year_plan": 900}
    return KeyProject.objects.create(code=code, **values | more)


def test_a_late_project_and_a_late_problem_are_two_causes(units, people):
    project = key_project("Z1", department=units["zjj"], unit=units["tongxi"])
    Problem.objects.create(
        key_project=project, kind="land", text="缺地", owner=units["jfj"], level="department",
        raised_on=date(2022, 9, 1), due=date(2022, 9, 30), raised_by=people["clerk"],
    )  # fmt: skip
    lighting.propose_from_lights(on=ON, at=AT)
    found = {p.cause.partition(":")[0]: p for p in open_ones()}
    assert set(found) == {"key_project", "problem"}
    light, problem = found["key_project"], found["problem"]
    assert (light.lead, light.coops, light.kind) == (units["zjj"], ["tongxi"], "project_light")
    assert light.text == "重点Z1红灯整改"
    assert (problem.lead, problem.text) == (units["jfj"], "重点Z1用地问题办理")
    assert "应于2022-09-30办结，已逾期：缺地" in problem.evidence
    Problem.objects.update(closed_on=date(2022, 10, 13), resolution="已供地", closed_by=people["clerk"])
    project.retracted = True
    project.save()
    assert lighting.propose_from_lights(on=ON, at=AT).withdrawn == 2
    assert {p.note for p in Proposal.objects.all()} == {"已不再亮灯，系统撤回"}


@pytest.fixture
def ledger(units, people):
    """A home district whose investment grew by 1 % from February to September."""
    city = Region.objects.create(code="city", name="宁城", order=0, pinyin="ningcheng")
    home = Region.objects.create(code="jia", name="甲区", parent=city, home=True, order=1, pinyin="jia")
    original = Original.objects.create(sha256="0" * 64, size=1, first_name="表.xlsx", stored_at=AT)
    submission = Submission.objects.create(
        original=original, filename="表.xlsx", kind="city_table", state="accepted", decided_at=AT,
        uploaded_by=people["analyst"], uploaded_at=AT, decided_by=people["analyst"],
    )  # fmt: skip
    batch = Batch.objects.create(submission=submission, recorded_at=AT, recorded_by=people["analyst"])
    for month in range(2, 10):
        Observation.objects.create(
            region=home, indicator="fai", period=f"2022-{month:02d}", measure="ytd_growth", basis="natural",
            version=1, status="value", value=Decimal("1.0"), value_text="1", batch=batch, sheet="表1",
            cell="C5", recorded_at=AT,
        )  # fmt: skip


def test_after_judging_the_lights_propose_by_themselves(ledger, people):
    set_target(indicator="fai", year=2022, value=8, set_by="city", document="安政〔2022〕1号",
               by=people["analyst"], effective_from=date(2022, 1, 1))  # fmt: skip
    p = Proposal.objects.get(cause="indicator:fai")
    assert p.text == "固定资产投资黄灯整改" and "8.0%" in p.evidence
    assert p.detail["url"] == reverse("indicators:indicator", args=["fai"])
    assert Entry.objects.filter(action="proposal.light", actor_id=None).exists()


def test_history_that_is_loaded_proposes_nothing(ledger, people):
    set_target(indicator="fai", year=2022, value=8, set_by="city", document="安政〔2022〕1号",
               by=people["analyst"], effective_from=date(2022, 1, 1), at=AT)  # fmt: skip
    assert not Proposal.objects.exists()


def test_the_clock_looks_at_the_lights_too(units, people):
    from wenpan.district.supervision.tick import tick

    key_project("Z1", department=units["zjj"])
    Problem.objects.create(
        key_project=KeyProject.objects.get(), kind="land", text="缺地", owner=units["jfj"],
        level="department", raised_on=date(2022, 9, 1), due=date(2022, 9, 30), raised_by=people["clerk"],
    )  # fmt: skip
    tick({}, lambda percent, words: None)
    assert [p.cause.partition(":")[0] for p in open_ones()] == ["problem"]  # the list of 2022 is history


# the rule


def test_which_lights_propose_is_a_dated_rule():
    policy = light_matters()
    assert policy.indicators == policy.projects == policy.key_projects == {"RED", "YELLOW"}
    assert policy.version


@pytest.mark.parametrize(
    "change, key",
    [
        ({"projects": {"lights": ["ORANGE"]}}, "projects.lights"),
        ({"indicators": {"lights": ["RED"], "only": ["no_such"]}}, "indicators.only"),
        ({"problems": {"overdue": "yes"}}, "problems.overdue"),
    ],
)
def test_a_wrong_rule_says_where(change, key, settings):
    from wenpan import rules

    data, _ = rules.load_yaml("supervision/light_matters")
    folder = settings.WENPAN_HOME / "rules" / "supervision"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "light_matters.yaml"
    path.write_text(yaml.safe_dump({**data, **change}, allow_unicode=True), "utf-8")
    try:
        with pytest.raises(RuleError) as found:
            light_matters()
        assert found.value.key == key
    finally:
        path.unlink()


def test_red_only_leaves_yellow_alone(units, people):
    key_project("Z2", planned_start="2022-09")
    only_red = LightMatters(*[frozenset({"RED"})] * 3, problems=True)
    assert [x.light for x in present_lights(ON, light_matters(), set()).lit] == ["YELLOW"]
    assert present_lights(ON, only_red, set()).lit == []


def test_what_was_dropped_is_not_opened_again_beside_another_of_its_cause(lamps, people):
    lamps(fai="YELLOW")
    old = open_ones()[0]
    deciding.dismiss(proposal=old, by=people["clerk"], reason="另有安排")
    lamps(fai="RED")
    with pytest.raises(Refused, match="同一起因另有一条待确认") as told:
        undoing.undo(proposal=old, by=people["clerk"])
    assert told.value.code == "state"
    old.refresh_from_db()
    assert (old.state, len(open_ones())) == ("dropped", 1)


@pytest.mark.parametrize("deed", ["confirm", "join"])
def test_nor_is_what_was_confirmed_or_joined_and_has_ended_in_the_meantime(lamps, people, assigned, deed):
    lamps(fai="RED")
    old = open_ones()[0]
    if deed == "join":
        deciding.join(proposal=old, matter=assigned(), by=people["clerk"])
    else:
        deciding.confirm(proposal=old, by=people["clerk"])
        old.refresh_from_db()
        Matter.objects.filter(pk=old.matter_id).update(cause="")  # the one it followed is another's by now
    lamps(mark="2022-10", fai="RED")
    if not open_ones():
        Proposal.objects.create(cause="indicator:fai", text="再提")
    with pytest.raises(Refused, match="同一起因另有一条待确认"):
        undoing.undo(proposal=old, by=people["clerk"])
