"""What a month's judgement says, what it keeps, and when it is made anew."""

# ruff: noqa: E501  (tables of cases read better in one line)
from __future__ import annotations

from datetime import date

import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.indicators import actions, hooks, queries
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.observations.models import Observation
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)


def target(place, indicator="fai", value=6, set_by="city", **more):
    return actions.set_target(
        indicator=indicator,
        year=2022,
        value=value,
        set_by=set_by,
        document="市发〔2022〕3号",
        by=place.analyst,
        **more,
    )


def row(indicator="fai", as_of=SEPTEMBER):
    return next(j for j in queries.board(as_of=as_of).rows if j.indicator == indicator)


def test_the_board_shows_what_was_judged(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    target(place)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    fai = row()
    assert (fai.actual, fai.target, fai.gap, fai.gap_unit) == (4.0, 6.0, -2.0, "points")
    assert (fai.rank, fai.rivals) == (5, 5)
    assert (fai.city, fai.versus_city) == (6.0, -2.0)
    assert fai.light in ("YELLOW", "RED")
    assert fai.target_label == "市下达 ≥6.0%"
    assert fai.owner_name == "经发局"


def test_an_indicator_without_a_figure_is_unknown_and_never_green(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    retail = row("retail")
    assert retail.light == "UNKNOWN"
    assert retail.actual is None
    assert retail.reasons


def test_a_release_date_typed_late_does_not_hide_a_figure(place, figures, steady, behind_the_back):
    place.record(figures("fai", steady(4.0)))
    with behind_the_back():
        Observation.objects.update(released=date(2026, 11, 23))
    target(place)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    assert row().actual == 4.0


def test_a_month_kept_from_before_an_indicator_became_quarterly_does_not_count_twice(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    before = (row().rank, row().rivals)
    twice = [f for f in figures("fai", steady(4.0)) if f[2] == "2022-09"]
    assert twice
    place.record([(region, code, "2022-Q3", *rest) for region, code, _month, *rest in twice])
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    assert (row().rank, row().rivals) == before


def test_an_indicator_without_a_target_has_no_gap_and_is_not_green(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    assert row().target is None
    assert row().gap is None
    assert row().light != "GREEN"


def test_a_target_of_zero_is_a_target(place, figures, steady):
    place.record(figures("fai", steady(1.0)))
    target(place, value=0)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    assert row().target == 0
    assert row().gap == 1.0


def test_the_citys_target_is_shown_before_the_congress_and_the_others_stand_beside_it(place, figures, steady):
    place.record(figures("fai", steady(7.0)))
    target(place, value=8, set_by="congress")
    target(place, value=6, set_by="city")
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    fai = row()
    assert fai.set_by == "city"
    assert [(c.set_by, c.target, c.gap) for c in fai.other_targets] == [("congress", 8.0, -1.0)]


def test_a_revision_makes_a_new_judgement_and_the_old_one_stays_readable(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    target(place)
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    before = Judgement.objects.get(indicator="fai", as_of="2022-09", superseded_at__isnull=True)
    batch = place.record([("jia", "fai", "2022-09", "ytd_growth", 7.0)])
    hooks.figures_changed(batch, {"fai"}, {"2022-09"}, place.analyst, None)
    assert row().actual == 7.0
    before.refresh_from_db()
    assert before.superseded_at is not None
    assert before.facts["actual"] == 4.0


def test_only_the_touched_indicator_is_judged_anew(place, figures, steady):
    place.record([*figures("fai", steady(4.0)), *figures("retail", steady(2.0))])
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    retail = Judgement.objects.get(indicator="retail", as_of="2022-09", superseded_at__isnull=True).pk
    batch = place.record([("jia", "fai", "2022-09", "ytd_growth", 5.0)])
    hooks.figures_changed(batch, {"fai"}, {"2022-09"}, place.analyst, None)
    assert Judgement.objects.get(indicator="retail", as_of="2022-09", superseded_at__isnull=True).pk == retail
    assert row().actual == 5.0


def test_bulk_loading_judges_each_month_once_at_its_end(place, figures):
    with hooks.deferred():
        for month in ("2022-07", "2022-08", "2022-09"):
            batch = place.record(figures("fai", {month: 4.0}))
            hooks.figures_changed(batch, {"fai"}, {month}, place.analyst, None)
        assert not Judgement.objects.exists()
    assert [str(m) for m in queries.judged_months()] == ["2022-09", "2022-08", "2022-07"]
    assert not Judgement.objects.filter(superseded_at__isnull=False).exists()


def test_a_light_says_since_when_it_is_on(place, figures):
    with hooks.deferred():
        batch = place.record(
            [*figures("fai", {"2022-07": 9.0}, -1.0), *figures("fai", {"2022-08": 1.0, "2022-09": 1.0})]
        )
        target(place, effective_from=date(2022, 1, 1))
        hooks.figures_changed(batch, {"fai"}, {"2022-07", "2022-08", "2022-09"}, place.analyst, None)
    assert row(as_of=Month(2022, 7)).since == "2022-07"
    assert row().since == "2022-08"


def test_a_month_without_any_figures_judges_everything_unknown(place):
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    board = queries.board()
    assert board.counts.unknown == len(board.rows) > 0


def test_a_judgement_is_journalled_in_the_same_transaction(place, monkeypatch):
    def broken(**_kwargs):
        raise RuntimeError("the journal cannot be written")

    monkeypatch.setattr("wenpan.district.ground.journal.actions.record", broken)
    with pytest.raises(RuntimeError):
        actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    assert not Judgement.objects.exists()
    with pytest.raises(RuntimeError):
        target(place)
    assert not Target.objects.exists()


def test_a_judgement_names_the_rules_it_was_made_by(place):
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    board = queries.board()
    assert board.rule_set == "default"
    assert board.rule_version
    assert Entry.objects.filter(action="judgement.make", subject="judgement:jia:2022-09").count() == 1


def test_the_liaison_sees_what_their_unit_owns_or_has_a_target_in(place, figures, steady):
    place.record(figures("fai", steady(4.0)))
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    liaison = place.people["liaison"]
    seen = {j.indicator for j in queries.board(user=liaison).rows}
    assert "retail" in seen
    assert "fai" not in seen
    target(place, value=3, set_by="district", unit=place.units["swj"])
    assert "fai" in {j.indicator for j in queries.board(user=liaison).rows}


def test_reading_the_board_takes_the_same_few_queries_however_many_indicators(
    place, figures, steady, django_assert_max_num_queries
):
    place.record(figures("fai", steady(4.0)))
    target(place)
    target(place, value=8, set_by="congress")
    actions.judge_month(as_of=SEPTEMBER, by=place.analyst)
    with django_assert_max_num_queries(4):
        queries.board()
