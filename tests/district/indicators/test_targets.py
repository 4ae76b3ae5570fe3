"""Targets: several at once, in versions, each with its document, from its day on."""

# ruff: noqa: E501  (tables of cases read better in one line)
from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from wenpan.district.ground.refused import Refused
from wenpan.district.indicators import actions, queries
from wenpan.district.indicators.handler import TargetHandler
from wenpan.district.indicators.models import Target
from wenpan.district.indicators.queries import targets as found
from wenpan.district.intake.models import Original, Submission
from wenpan.district.observations.hooks import planned
from wenpan.documents.tables.interpret import Reading, TargetFigure
from wenpan.economy.time.periods import Month


def set_fai(place, value, **more):
    more = {"set_by": "city", "document": "市发〔2022〕3号", "by": place.analyst} | more
    return actions.set_target(indicator="fai", year=2022, value=value, **more)


def fai(month):
    return next(j for j in queries.board(as_of=Month(2022, month)).rows if j.indicator == "fai")


def test_a_change_is_a_new_version_and_the_old_one_stays(place):
    first = set_fai(place, 8)
    second = set_fai(place, 6, document="市发〔2022〕30号", effective_from=date(2022, 8, 1))
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.value == 8
    assert first.superseded_at is not None
    assert second.superseded_at is None
    assert [v.version for v in found.history(second)] == [2, 1]


def test_a_target_lowered_in_august_does_not_excuse_july(place, figures, steady):
    place.record(figures("fai", steady(7.0)))
    set_fai(place, 8)
    set_fai(place, 6, document="市发〔2022〕30号", effective_from=date(2022, 8, 1))
    assert (fai(7).target, fai(7).gap) == (8.0, -1.0)
    assert (fai(8).target, fai(8).gap) == (6.0, 1.0)


def test_a_target_needs_its_document(place):
    with pytest.raises(ValidationError):
        set_fai(place, 8, document="  ")
    assert not Target.objects.exists()


def test_a_curve_has_twelve_rising_shares_up_to_one(place):
    with pytest.raises(ValidationError):
        set_fai(place, 8, schedule="curve", curve=[0.2, 0.1])
    curve = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]
    assert set_fai(place, 8, schedule="curve", curve=curve).curve == curve


def test_the_same_promise_again_changes_nothing(place):
    assert set_fai(place, 8).pk == set_fai(place, "8.0").pk


def test_a_form_sent_twice_sets_one_version(place):
    first = set_fai(place, 8, request_key="a-key", expected_version=0)
    assert set_fai(place, 8, request_key="a-key", expected_version=0).pk == first.pk
    assert Target.objects.count() == 1


def test_two_people_changing_the_same_version_clash_and_see_both_sides(place):
    set_fai(place, 8)
    theirs = set_fai(place, 7, document="甲", expected_version=1)
    with pytest.raises(actions.ClashError) as clash:
        set_fai(place, 6, document="乙", expected_version=1)
    assert clash.value.theirs == theirs
    assert Target.objects.get(superseded_at__isnull=True).value == 7


def test_only_who_may_set_targets_sets_them(place):
    with pytest.raises(PermissionDenied):
        set_fai(place, 8, by=place.people["leader"])


def test_a_target_belongs_to_the_district_or_a_unit_and_to_nothing_below():
    fields = {field.name for field in Target._meta.get_fields()}
    assert not fields & {"enterprise", "company", "firm", "project"}


def a_file(place, number=900):
    original = Original.objects.create(
        sha256=f"{number:064d}", size=1, first_name="目标.xlsx", stored_at="2022-02-20T09:00+08:00"
    )
    return Submission.objects.create(
        original=original, filename="目标.xlsx", title="2022年度目标表", kind="annual_targets",
        uploaded_by=place.analyst, uploaded_at="2022-02-20T09:00+08:00",
    )  # fmt: skip


def line(value, *, unit="", set_by="city", region="jia", cell="C5", document=""):
    return TargetFigure(
        region,
        unit,
        "fai",
        2022,
        "ytd_growth",
        "natural",
        ">=",
        Decimal(value),
        value,
        set_by,
        document,
        "表1",
        cell,
    )


def imported(place, *lines, number=900):
    submission, reading = a_file(place, number), Reading("annual_targets", targets=list(lines))
    handler = TargetHandler()
    examined = handler.examine(reading, submission)
    handler.store(submission, examined.plan, by=place.analyst, at=submission.uploaded_at and place_at())
    return handler, submission, examined


def place_at():
    from datetime import datetime

    from django.utils import timezone

    return timezone.make_aware(datetime(2022, 2, 20, 9, 0))


def test_an_import_shows_old_and_new_and_stores_exactly_that(place):
    set_fai(place, 8)
    _handler, _file, examined = imported(place, line("6"), line("7", set_by="congress", cell="D5"))
    assert [(c.kind, c.old, c.new) for c in examined.changes] == [("revised", "≥8", "≥6"), ("new", "", "≥7")]
    assert {t.set_by: t.value for t in Target.objects.filter(superseded_at__isnull=True)} == {
        "city": 6,
        "congress": 7,
    }
    assert Target.objects.get(set_by="congress").document == "2022年度目标表"


def test_undoing_an_import_brings_the_version_before_back(place):
    set_fai(place, 8)
    handler, submission, _examined = imported(place, line("6"), line("7", set_by="congress", cell="D5"))
    handler.undo(submission, by=place.analyst, reason="发错了", at=place_at())
    now = Target.objects.filter(superseded_at__isnull=True)
    assert [(t.set_by, t.value, t.version) for t in now] == [("city", 8, 3)]
    assert Target.objects.filter(withdrawn_at__isnull=False).count() == 2


def test_an_import_whose_target_was_changed_since_cannot_be_undone(place):
    handler, submission, _examined = imported(place, line("6"))
    set_fai(place, 5, document="后来的文件")
    with pytest.raises(Refused):
        handler.undo(submission, by=place.analyst, reason="发错了", at=place_at())
    assert Target.objects.get(superseded_at__isnull=True).value == 5


def test_a_target_of_another_region_or_an_unknown_unit_is_a_hard_finding(place):
    reading = Reading("annual_targets", targets=[line("6", region="yi"), line("6", unit="nobody", cell="D5")])
    examined = TargetHandler().examine(reading, a_file(place))
    assert [f.check for f in examined.findings] == ["targets.other_region", "targets.unknown_unit"]
    assert not examined.changes


def test_the_same_target_twice_with_two_values_is_a_hard_finding(place):
    reading = Reading("annual_targets", targets=[line("6"), line("7", cell="C9")])
    examined = TargetHandler().examine(reading, a_file(place))
    assert [f.check for f in examined.findings] == ["targets.twice"]


def test_the_ledger_is_told_which_levels_the_year_wants_against_which_a_printed_progress_is_held(place):
    for value, by in ((31, "city"), (32, "district")):
        actions.set_target(
            indicator="revenue",
            year=2022,
            value=value,
            measure="ytd",
            set_by=by,
            document="市发〔2022〕3号",
            by=place.analyst,
        )
    set_fai(place, 8)
    assert planned({"revenue", "fai"}, {2022}) == {("jia", "revenue", 2022): (31.0, 32.0)}
    assert planned({"revenue"}, {2021}) == {}
