"""What another set or threshold would have given last month, with the boundary days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.district.fiscal.conftest import put  # noqa: F401  (fixture)
from tests.district.supervision.conftest import assigned, drafted, people, units  # noqa: F401  (fixtures)
from wenpan.district.accounts.actions import note_presence, note_refusal
from wenpan.district.accounts.models import User
from wenpan.district.adjustments import (
    last_month,
    last_month_judgements,
    last_month_sign_ins,
    preview,
    thresholds,
)
from wenpan.district.indicators.models import Judgement
from wenpan.district.observations.models import Region
from wenpan.district.projects.models import KeyProject
from wenpan.district.supervision.matters.actions.batches import act_on_many
from wenpan.district.supervision.matters.actions.undoing import take_back_many
from wenpan.district.supervision.models import Matter
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


def test_the_share_that_must_have_published_is_tried_on_the_newest_period(regions, put):  # noqa: F811
    """Two districts published the month before, one has published this one."""
    put("anhe", "fai", "2022-08", natural="5.0")
    put("donglan", "fai", "2022-08", natural="6.0")
    put("anhe", "fai", "2022-09", natural="5.0")
    found = last_month_judgements.ranks(1.0, 0.5, Month(2022, 10))
    assert "由0项变为1项" in found.words and found.lines == (("固投", "不排位", "排位"),)
    assert last_month_judgements.ranks(1.0, 0.51, Month(2022, 10)).lines == ()
    assert "由1项变为1项" in last_month_judgements.ranks(1.0, 0.5, Month(2022, 8)).words


def test_better_periods_are_tried_on_the_newest_board(regions):  # noqa: F811
    assert "还没有研判" in last_month_judgements.better_periods(2, 1, Month(2022, 10)).words
    home = Region.objects.get(home=True)
    told = {"set_by": "city", "measure": "ytd_growth", "basis": "natural", "gap": -1.0}
    for month, raw, light in (("2022-08", "RED", "RED"), ("2022-09", "GREEN", "RED")):
        Judgement.objects.create(
            region=home, indicator="fai", as_of=month, primary=True, light=light, rule_set="default",
            rule_version="1", judged_at=timezone.now(), facts=told | {"period": month, "raw_light": raw},
        )  # fmt: skip
    found = last_month_judgements.better_periods(2, 1, Month(2022, 10))
    assert "2022年9月" in found.words and found.lines == (("固投", "红", "绿"),)
    assert last_month_judgements.better_periods(2, 3, Month(2022, 10)).lines == ()


def test_bond_money_is_tried_at_the_end_of_last_month(units):  # noqa: F811
    KeyProject.objects.create(
        code="K1", name="污水厂", pinyin="wsc", year=2022, unit=units["zjj"], planned_total=5000, bond=1000,
        bond_spent=500, bond_issued="2022-04",
    )  # fmt: skip
    found = last_month_judgements.bonds(24, 6, Month(2022, 10))
    assert "1个有专项债的项目中1个灯不同" in found.words
    assert [line[0] for line in found.lines] == ["污水厂"]
    assert "0个有专项债" in last_month_judgements.bonds(24, 6, Month(2022, 3)).words


def test_rules_of_signing_in_are_tried_on_the_journal_of_last_month(people):  # noqa: F811
    at = timezone.make_aware(datetime(2022, 10, 10, 8))
    one = people["liaison"]
    User.objects.update(password_set_at=None)
    User.objects.filter(pk=one.pk).update(password_set_at=at)
    assert last_month_sign_ins.age(90, 21, Month(2022, 10)).lines == ((str(one), "不算", "算"),)
    assert last_month_sign_ins.age(90, 22, Month(2022, 10)).lines == ()
    assert last_month_sign_ins.age(21, 0, Month(2022, 10)).lines == ((str(one), "算", "不算"),)
    note_presence(user=one, entered=True, address="10.0.0.1", at=at)
    note_presence(user=one, entered=False, address="10.0.0.1", at=at + timedelta(hours=9))
    assert "由0次变为1次" in last_month_sign_ins.longest(12, 8, Month(2022, 10)).words
    assert "登录1次、1人" in last_month_sign_ins.idle(30, 10, Month(2022, 10)).words
    note_refusal(username=one.username, address="10.0.0.1", locked=False, tries=5, everywhere=5, at=at)
    assert "由0人变为1人" in last_month_sign_ins.failures(8, 5, Month(2022, 10)).words
    assert "由0个变为0个" in last_month_sign_ins.resets(72, 1, Month(2022, 10)).words
    assert "密码长短不留存" in last_month_sign_ins.length(10, 12, Month(2022, 10)).words


def test_minutes_of_taking_back_are_tried_on_what_was_taken_back_last_month(
    assigned,  # noqa: F811
    people,  # noqa: F811
):
    """A reminder of 24 October taken back after five minutes."""
    matter, by, at = (
        assigned(due=date(2022, 10, 20)),
        people["clerk"],
        timezone.make_aware(datetime(2022, 10, 24, 10)),
    )
    number = Matter.objects.get(pk=matter.pk).version
    act_on_many(action="urge", keys=[f"{matter.pk}@{number}"], by=by, words="", at=at)
    number = Matter.objects.get(pk=matter.pk).version
    key = f"{matter.pk}@{number}"
    assert take_back_many(action="urge", keys=[key], by=by, at=at + timedelta(minutes=5)).done
    assert len(last_month.undone(15, 4, Month(2022, 10)).lines) == 1
    assert last_month.undone(15, 5, Month(2022, 10)).lines == ()  # the fifth minute itself is in time
    assert last_month.undone(15, 4, Month(2022, 9)).lines == ()


def test_every_threshold_has_a_preview_of_its_own():
    """But for what is text or a day."""
    numbers = {i.code for i in thresholds.single_settings() if i.kind in ("whole", "number")}
    assert {c for c in numbers if not c.startswith("step-")} <= set(preview.NUMBERS)
