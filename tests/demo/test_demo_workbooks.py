"""The workbooks of the demonstration, read back by the real reader: every layout says what was printed."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from wenpan.demo.files import promises, samples, workbooks
from wenpan.demo.play.build import PLACE
from wenpan.demo.story.publication import tables
from wenpan.demo.story.world import CITY, HOME, simulate
from wenpan.documents.spreadsheets import workbook
from wenpan.documents.tables.interpret import Context, interpret
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue, workbook_kinds
from wenpan.rules.place import place


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "rules").mkdir()
    (home / "rules" / "place.yaml").write_bytes(PLACE.read_bytes())
    return place(home)


@pytest.fixture(scope="module")
def names(here):
    return workbooks.FileNames(here.city.name, here.home.name, {r.code: r.name for r in here.regions})


@pytest.fixture(scope="module")
def read(here):
    regions = {n: r.code for r in (here.city, *here.regions) for n in (r.name, *r.aliases)}
    units = {n: u.code for u in here.units for n in (u.name, u.short_name, *u.aliases)}
    context = Context(catalogue(), regions, units, HOME, {}, workbook_kinds(), city=CITY)
    return lambda data, name: interpret(workbook.read(data, name), context)


WORLD = simulate()


def shown(printed):
    """What a table says, as the ledger will know it; cells without a number are left out."""
    return {
        (p.region, p.indicator, str(p.period), str(p.measure), p.basis): Decimal(f"{p.value:.{p.decimals}f}")
        for p in printed
        if p.value is not None
    }


def as_read(reading):
    return {(f.region, f.indicator, f.period, f.measure, f.basis): f.value
            for f in reading.figures if f.status == "value"}  # fmt: skip


@pytest.mark.parametrize(
    "month", ["2019-01", "2019-03", "2020-02", "2020-12", "2021-01", "2022-06", "2022-09"]
)
def test_the_city_table_of_every_year_is_read_as_it_was_printed(month, read, names):
    at = Month(int(month[:4]), int(month[5:]))
    printed = tables(WORLD, catalogue(), at)
    file = workbooks.city_table(at, printed, catalogue(), names)
    reading = read(file.data, file.name)
    assert reading.kind == "city_table"
    assert reading.period == month
    assert as_read(reading) == shown(printed)
    assert not [f for f in reading.findings if f.severity != "note"]


@pytest.mark.parametrize("month", ["2021-02", "2021-12", "2022-01", "2022-09", "2022-10"])
def test_the_home_table_is_read_with_its_ranks(month, read, names):
    at = Month(int(month[:4]), int(month[5:]))
    printed = tables(WORLD, catalogue(), at)
    file = workbooks.home_table(at, printed, catalogue(), names)
    reading = read(file.data, file.name)
    assert reading.period == month
    assert as_read(reading) == shown(p for p in printed if p.region == HOME)
    assert not [f for f in reading.findings if f.severity != "note"]
    own = {k: v for k, v in shown(printed).items() if k[3].endswith("growth")}
    assert reading.ranks
    for rank in reading.ranks:
        place = (rank.indicator, rank.period, rank.measure, rank.basis)
        values = [v for k, v in own.items() if k[0] != CITY and k[1:] == place]
        mine = own[(HOME, *place)]
        down = catalogue()[rank.indicator].direction == "down"
        assert rank.rank == 1 + sum(v < mine if down else v > mine for v in values), rank


def test_the_four_troubles_are_printed_as_last_of_ten(read, names):
    printed = tables(WORLD, catalogue(), Month(2022, 9))
    file = workbooks.home_table(Month(2022, 9), printed, catalogue(), names)
    ranks = {(r.indicator, r.basis): r.rank for r in read(file.data, file.name).ranks}
    assert [ranks[c, "natural"] for c in ("fai", "other_services", "catering", "revenue")] == [10] * 4


@pytest.mark.parametrize("year", promises.YEARS)
def test_targets_are_read_with_who_set_them_and_on_what_ground(year, read, names):
    file = promises.targets_table(year, catalogue(), names)
    reading = read(file.data, file.name)
    said = {
        (t.indicator, t.set_by, t.measure.endswith("growth")): (t.value, t.document) for t in reading.targets
    }
    meant = {
        (code, setter, table is promises.GROWTH): (
            Decimal(str(values[year][i])),
            promises.documents(year, names)[setter],
        )
        for table in (promises.GROWTH, promises.LEVELS)
        for code, values in table.items()
        for i, setter in enumerate(promises.SETTERS)
        if values[year][i] is not None
    }
    assert said == meant


def test_splits_stop_at_departments_towns_and_the_park(read, names, here):
    units = {u.code: u for u in here.units}
    file = promises.splits_table(catalogue(), names, {u.code: u.short_name for u in here.units})
    reading = read(file.data, file.name)
    said = {(t.indicator, t.unit): t.value for t in reading.targets}
    meant = {(c, u): Decimal(str(v)) for c, split in promises.SPLITS_2022.items() for u, v in split.items()}
    assert said == meant
    assert {units[u].kind for _, u in said} <= {"department", "town", "park"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, names) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    samples.write(folder, WORLD, catalogue(), names, Month(2022, 9))
    return folder


def test_the_samples_are_listed_and_there(folder):
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert {entry["file"] for entry in index} == {p.name for p in folder.iterdir()} - {"index.json"}
    assert all(entry["title"] and entry["about"] for entry in index)
    assert Counter(entry["expect"] for entry in index)["ok"] >= 3


def test_faulty_samples_are_refused_by_the_reader_with_their_defect(folder, read):
    codes = {}
    for part in ("加密", "传输中断", "网页改名"):
        path = next(p for p in folder.iterdir() if part in p.name)
        with pytest.raises(workbook.Unreadable) as refusal:
            read(path.read_bytes(), path.name)
        codes[part] = refusal.value.code
    assert codes == {"加密": "encrypted", "传输中断": "truncated", "网页改名": "html"}


def test_the_unknown_layout_asks_for_a_person(folder, read):
    path = next(p for p in folder.iterdir() if "未知" in p.name)
    assert read(path.read_bytes(), path.name).unknown is not None


def test_last_months_table_under_a_new_title_carries_last_months_numbers(folder, read):
    path = next(p for p in folder.iterdir() if "上月" in p.name and "有误" in p.name)
    reading = read(path.read_bytes(), path.name)
    assert reading.period == "2022-10"
    september = shown(p for p in tables(WORLD, catalogue(), Month(2022, 9)) if p.region == HOME)
    fai = next(f for f in reading.figures if f.indicator == "fai" and f.measure == "ytd_growth")
    assert fai.value == september[HOME, "fai", "2022-09", "ytd_growth", "natural"]
