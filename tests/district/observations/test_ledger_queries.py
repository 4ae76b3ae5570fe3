"""The frame, the newest month, the keys: what judgement and documents read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Thread

import polars as pl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan.district.ground.refused import Refused
from wenpan.district.observations import kept_columns, queries
from wenpan.district.observations.actions import sync_regions, undo_batch
from wenpan.district.observations.models import Region
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db


def test_the_frame_has_its_shape_even_when_the_ledger_is_empty(regions):
    frame = queries.frame()
    assert frame.is_empty() and frame.schema["value"] == pl.Float64 and frame.schema["released"] == pl.Date


def test_a_frame_row_is_the_figure_as_published(stored, make_figure):
    stored(make_figure("retail", "-3.25"), make_figure("tax", "…", region="donglan"))
    rows = {row["indicator"]: row for row in queries.frame().to_dicts()}
    assert rows["retail"]["value"] == -3.25 and rows["retail"]["released"] == date(2022, 10, 18)
    assert rows["tax"]["value"] is None and rows["tax"]["region"] == "donglan"


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2022-05", None, {"2022-05", "2022-09", "2022-Q2", "2022-Q3"}),
        ("2022-07", None, {"2022-09", "2022-Q3"}),
        (None, "2022-08", {"2022-04", "2022-05", "2022-Q1", "2022-Q2"}),
        (None, Month(2022, 3), {"2022-Q1"}),
        ("2022-05", "2022-06", {"2022-05", "2022-Q2"}),
    ],
)
def test_quarters_are_bounded_by_their_last_month(stored, make_figure, since, until, found):
    periods = ("2022-04", "2022-05", "2022-09", "2022-Q1", "2022-Q2", "2022-Q3")
    stored(*(make_figure("gdp", "5", period=p, cell=f"C{i}") for i, p in enumerate(periods, 5)))
    assert set(queries.frame(since=since, until=until)["period"]) == found


def test_the_frame_is_filtered_in_the_database(stored, make_figure):
    stored(make_figure("retail"), make_figure("tax"), make_figure("retail", region="donglan"))
    assert queries.frame(indicators=["retail"], regions=["anhe"]).height == 1
    assert queries.frame(indicators=[]).is_empty()
    assert queries.frame(regions=["nowhere"]).is_empty()


def test_the_rows_of_a_page_are_those_of_the_frame(stored, make_figure):
    at = [datetime(2022, 10, day, 4, tzinfo=UTC) for day in (18, 19)]
    stored(make_figure("retail", "5.1"), make_figure("retail", "4.2", period="2022-08"), at=at[0])
    stored(make_figure("retail", "-3.25"), make_figure("retail", "…", measure="ytd", cell="D5"), at=at[1])
    stored(make_figure("tax", "2.0"), make_figure("retail", region="donglan"), at=at[1])
    asked = {"indicators": ["retail"], "regions": ["anhe", "ninglan"], "since": "2022-08", "until": "2022-09"}
    columns = ("region", "indicator", "period", "measure", "basis", "value", "id")
    same = set(queries.frame(**asked).select(columns).iter_rows())
    assert set(queries.rows(**asked)) == same
    assert {(r[2], r[3], r[5]) for r in same} == {
        ("2022-08", "ytd_growth", 4.2), ("2022-09", "ytd_growth", -3.25), ("2022-09", "ytd", None),
    }  # fmt: skip
    assert {r[3] for r in queries.rows(**asked, measures=["ytd"])} == {"ytd"}
    assert queries.rows(indicators=[], regions=["anhe"]) == []


def test_the_newest_month_is_of_the_home_district_and_has_a_number(stored, make_figure):
    assert queries.latest_month() is None
    stored(
        make_figure(period="2022-08"),
        make_figure(period="2022-10", region="donglan"),
        make_figure("tax", "…"),
    )
    assert queries.latest_month() == Month(2022, 8)
    stored(make_figure("gdp", "4", period="2022-Q3"))
    assert queries.latest_month() == Month(2022, 9)


def test_figure_ids_are_those_of_the_versions_that_hold(stored, make_figure):
    key = ("anhe", "retail", "2022-09", "ytd_growth", "natural")
    stored(make_figure(value="5.1"))
    first = queries.figure_ids([key])[key]
    stored(make_figure(value="5.3"), at=datetime(2022, 10, 20, tzinfo=UTC))
    assert queries.figure_ids([key])[key] > first
    assert queries.figure_ids([("anhe", "gdp", "2022-09", "ytd", "natural")]) == {}


def test_an_origin_tells_file_cell_person_and_every_version(
    stored, make_figure, statistician, django_assert_num_queries
):
    stored(make_figure(value="5.1"))
    stored(make_figure(value="5.3", cell="D7"), at=datetime(2022, 10, 20, tzinfo=UTC))
    (now,) = queries.frame()["id"]
    with django_assert_num_queries(2):
        origin = queries.origin(now)
    assert (origin.indicator_name, origin.region_name, origin.version.text) == (
        "社会消费品零售总额",
        "安禾区",
        "5.3",
    )
    assert (origin.submission.filename, origin.version.cell, origin.version.recorded_by) == (
        "第2批.xlsx",
        "D7",
        "statistician",
    )
    assert [v.text for v in origin.versions] == ["5.3", "5.1"]
    assert not queries.origin(origin.versions[1].pk).current


def test_naming_the_regions_twice_changes_nothing(regions):
    again = sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}, {"code": "donglan", "name": "东澜区"}],
        city={"code": "ninglan", "name": "宁澜市"},
        by=None,
    )
    assert [r.pk for r in again] == [r.pk for r in regions] and Region.objects.count() == 3
    assert queries.home().parent.code == "ninglan"
    assert queries.regions_frame().filter(region="ninglan")["parent"].to_list() == [None]


def _others(**asked):
    asked = {"indicators": ["retail", "tax"], "since": Month(2022, 5), "until": Month(2022, 9)} | asked
    return kept_columns.others(aside=["anhe", "ninglan"], **asked)


def _read_anew(**asked):
    asked = {"indicators": ["retail", "tax"], "since": "2022-05", "until": Month(2022, 9)} | asked
    found = queries.frame(regions=["donglan", "beicheng"], **asked)
    columns = ("region", "indicator", "period", "measure", "basis", "value")
    return sorted(found.select(columns).iter_rows(), key=str)


def _rows(frame):
    return sorted(frame.drop("at").iter_rows(), key=str)


@pytest.fixture
def kept(regions, monkeypatch):
    """What is read is kept however little it is."""
    sync_regions(
        regions=[
            {"code": "anhe", "name": "安禾区", "home": True},
            {"code": "donglan", "name": "东澜区"},
            {"code": "beicheng", "name": "北城区"},
        ],
        city={"code": "ninglan", "name": "宁澜市"},
        by=None,
    )
    monkeypatch.setattr(kept_columns, "WORTH", 0)
    kept_columns.forget()
    yield
    kept_columns.forget()


_FIGURES = st.lists(
    st.tuples(
        st.sampled_from(["anhe", "donglan", "beicheng"]),
        st.sampled_from(["retail", "tax", "gdp"]),
        st.sampled_from(["2022-03", "2022-06", "2022-09", "2022-10", "2022-Q2", "2022-Q3"]),
        st.sampled_from(["ytd", "ytd_growth"]),
        st.sampled_from(["1.0", "2.5", "-3.25", "…"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda f: f[:4],
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.one_of(_FIGURES, st.integers(0, 5)), min_size=3, max_size=7))
def test_kept_columns_are_what_the_ledger_says_after_any_deeds(
    kept, stored, make_figure, statistician, monkeypatch, steps
):
    """Accepted, corrected (a list of figures) and taken back (a number)."""
    kept_columns.forget()
    monkeypatch.setattr(transaction, "on_commit", lambda keep: keep())
    with transaction.atomic():
        batches = []
        for step in steps:
            if isinstance(step, int):
                with suppress(Refused, IndexError):
                    submission = batches[step % len(batches) if batches else 0].submission
                    undo_batch(submission=submission, by=statistician, reason="报错了")
            else:
                figures = (make_figure(i, v, region=r, period=p, measure=m) for r, i, p, m, v in step)
                batches.append(stored(*figures))
            assert _rows(_others()) == _read_anew()
            one = {"indicators": ["gdp"], "until": Month(2022, 6)}
            if step == steps[-1]:
                assert _rows(_others(**one)) == _read_anew(**one)
        assert kept_columns._kept is not None
        transaction.set_rollback(True)


def test_kept_columns_are_not_read_again_and_a_rollback_leaves_none(
    kept, stored, make_figure, monkeypatch, django_capture_on_commit_callbacks, django_assert_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        stored(make_figure(region="donglan"))
        _others()
    with django_assert_num_queries(2):  # the regions, the batches
        assert _others()["value"].to_list() == [5.1]
    before = kept_columns._kept
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        stored(make_figure(value="9.9", region="donglan"))
        assert _others()["value"].to_list() == [9.9]
        raise ZeroDivisionError
    assert kept_columns._kept is before and _others()["value"].to_list() == [5.1]
    # another's batch takes the number that was given back
    stored(make_figure(value="7.7", region="donglan"), at=datetime(2022, 10, 19, tzinfo=UTC))
    assert _others()["value"].to_list() == [7.7]


def test_kept_columns_of_another_ledger_are_forgotten(
    kept, stored, make_figure, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        batch = stored(make_figure(region="donglan"))
        _others()
    held = kept_columns._kept
    at, wrong = held.columns["at"] - 1, held.columns["period"] * 0
    stale = held.columns.with_columns(at=at, period=wrong)  # a figure of nowhere, in another month
    other = replace(held, columns=held.columns.clear())
    monkeypatch.setattr(kept_columns, "_kept", other)
    assert _others().is_empty()  # it stood in this state, and is believed
    for state in ({batch.pk: (datetime(2022, 1, 1, tzinfo=UTC), None)}, {batch.pk + 1: held.state[batch.pk]}):
        monkeypatch.setattr(kept_columns, "_kept", replace(held, columns=stale, state=state))
        assert _others()["value"].to_list() == [5.1]


def test_kept_columns_serve_what_they_hold_and_no_more(kept, stored, make_figure, monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", lambda keep: keep())
    old = (make_figure(c, "1.5", region="donglan", period="2021-09") for c in ("retail", "tax"))
    lower = stored(*old)
    stored(*(make_figure(region=r) for r in ("donglan", "ninglan")), at=datetime(2022, 10, 19, tzinfo=UTC))
    long = {"since": Month(2021, 5)}
    _others(indicators=["retail"])
    assert _rows(_others(indicators=["retail"], **long)) == _read_anew(indicators=["retail"], **long)
    _others(indicators=["tax"])  # of a shorter past than what is held
    assert _rows(_others(**long)) == _read_anew(**long)
    wide = kept_columns.others(
        indicators=["retail"], aside=["anhe"], since=Month(2022, 5), until=Month(2022, 9)
    )
    assert sorted(wide["region"]) == ["donglan", "ninglan"]

    _others(**long)
    held = kept_columns._kept
    state = {pk: moments for pk, moments in held.state.items() if pk != lower.pk}
    without = held.columns.filter(pl.col("at") >= Month(2022, 1).index)
    monkeypatch.setattr(kept_columns, "_kept", replace(held, state=state, columns=without))
    assert _rows(_others(**long)) == _read_anew(**long)  # it committed after one with a higher number

    monkeypatch.setattr(kept_columns, "_kept", replace(held, columns=held.columns.clear()))
    monkeypatch.setattr(kept_columns, "_place", lambda: "another database")
    assert _rows(_others(**long)) == _read_anew(**long)
    kept_columns.forget()
    monkeypatch.setattr(kept_columns, "MOST", 2)
    _others(**long)
    assert kept_columns._kept is None


def test_a_region_that_comes_with_its_figures_while_others_reads_is_not_forgotten(
    kept, stored, make_figure, monkeypatch, django_capture_on_commit_callbacks
):
    """What is believed of a state must hold all that its batches brought, whoever they are of."""
    batches = kept_columns._batches

    def late():
        Region.objects.create(code="xicheng", name="西城区", parent=Region.objects.get(code="ninglan"))
        stored(make_figure(region="xicheng"), at=datetime(2022, 10, 19, tzinfo=UTC))
        return batches()

    with django_capture_on_commit_callbacks(execute=True):
        stored(make_figure(region="donglan"))
        monkeypatch.setattr(kept_columns, "_batches", late)
        _others()
    monkeypatch.setattr(kept_columns, "_batches", batches)
    assert sorted(_others()["region"]) == ["donglan", "xicheng"]


def test_two_threads_never_give_two_words_one_number(monkeypatch):
    """A number given twice would name one indicator's figures as another's."""
    one, other = (
        pl.DataFrame(
            {"region_id": 1, "indicator": words, "period": "2022-09", "measure": "ytd"}
        ).with_columns(basis=pl.lit("natural"), value=1.0)
        for words in (["a", "b"], ["c", "d"])
    )
    threads = []

    class Slow(dict):
        def setdefault(self, word, number):  # the number was chosen; now the other thread has its turn
            if not threads:
                threads.append(Thread(target=kept_columns._coded, args=(other,)))
                threads[0].start()
                threads[0].join(0.05)
            return super().setdefault(word, number)

    monkeypatch.setitem(kept_columns._words, "indicator", Slow())
    kept_columns._coded(one)
    threads[0].join()
    assert sorted(kept_columns._words["indicator"].values()) == [0, 1, 2, 3]
