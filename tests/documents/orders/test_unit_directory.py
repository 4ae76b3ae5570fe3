"""Names in a paper and the units they stand for: abbreviations, groups by level, units merged away."""

from dataclasses import replace
from datetime import date

import pytest

from wenpan.documents.orders.propose import propose
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.documents.orders.units.unit_directory import KnownUnit, UnitDirectory, unit_directory
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ON = date(2023, 3, 8)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
UNITS = (
    KnownUnit("zfb", "安禾区人民政府办公室", "区政府办"),
    KnownUnit("fgj", "安禾区发展和改革局", "区发改局"),
    KnownUnit("zjj", "安禾区住房和城乡建设局", "区住建局"),
    KnownUnit("wlj", "安禾区文化和旅游局", "区文旅局", aliases=("文广旅局",)),
    KnownUnit("slj", "安禾区水利局", "区水利局", active_to=date(2022, 12, 31), successor="swj"),
    KnownUnit("swj", "安禾区水务局", "区水务局", active_from=date(2023, 1, 1)),
    KnownUnit("wgj", "安禾区文广新局", "区文广新局", active_to=date(2019, 1, 31)),
    KnownUnit("tongxi", "桐溪镇", kind="town"),
    KnownUnit("liuwan", "柳湾镇", kind="town"),
    KnownUnit("hedong", "河东街道", kind="town"),
    KnownUnit("jkq", "安禾经济开发区", "经开区", kind="park"),
    KnownUnit("anhe", "安禾区", kind="district"),
    KnownUnit("qing", "青岑县", kind="district"),
)
COUNTY = unit_directory(UNITS, on=ON, home="安禾区")
CITY = unit_directory(UNITS, on=ON, level="city", home="宁澜市")
DEPARTMENTS = ("zfb", "fgj", "zjj", "wlj", "swj")
TOWNS = ("tongxi", "liuwan", "hedong")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("区住建局", "zjj"),
        ("住建局", "zjj"),
        ("区住房城乡建设局", "zjj"),
        ("安禾区住房和城乡建设局", "zjj"),
        ("安禾区发展改革局", "fgj"),
        ("文广旅局", "wlj"),
        ("桐溪镇人民政府", "tongxi"),
        ("桐溪镇党委", "tongxi"),
        ("河东街道办事处", "hedong"),
        ("经开区管委会", "jkq"),
        ("区政府办公室", "zfb"),
        ("区住建局（牵头）", "zjj"),
    ],
)
def test_one_unit_is_known_by_its_usual_names(name: str, code: str) -> None:
    assert COUNTY.meaning(name).codes == (code,)
    assert not COUNTY.meaning(name).questions


@pytest.mark.parametrize(
    ("place", "name", "codes"),
    [
        (COUNTY, "各镇街", TOWNS),
        (COUNTY, "各乡镇（街道）", TOWNS),
        (COUNTY, "各镇", ("tongxi", "liuwan")),
        (COUNTY, "各街道办事处", ("hedong",)),
        (COUNTY, "各镇（街道、园区）", (*TOWNS, "jkq")),
        (COUNTY, "各园区", ("jkq",)),
        (COUNTY, "各部门", DEPARTMENTS),
        (COUNTY, "区直各部门", DEPARTMENTS),
        (COUNTY, "各单位", (*DEPARTMENTS, *TOWNS, "jkq")),
        (COUNTY, "各县区", ()),
        (CITY, "各县区", ("anhe", "qing")),
        (CITY, "各县（市、区）人民政府", ("anhe", "qing")),
        (CITY, "市直各部门", DEPARTMENTS),
    ],
)
def test_a_group_means_what_the_level_of_the_paper_says(
    place: UnitDirectory, name: str, codes: tuple[str, ...]
) -> None:
    meaning = place.meaning(name)
    assert meaning.is_group
    assert set(meaning.codes) == set(codes)
    assert bool(meaning.questions) == (not codes)


def test_a_vague_group_gives_all_and_asks_which() -> None:
    meaning = COUNTY.meaning("各有关部门")
    assert set(meaning.codes) == set(DEPARTMENTS)
    assert "圈定" in meaning.questions[0]


def test_a_unit_merged_last_year_gives_its_successor_with_a_question() -> None:
    meaning = COUNTY.meaning("区水利局")
    assert meaning.codes == ("swj",)
    assert meaning.questions == ("区水利局已于2022-12-31撤并, 是否由区水务局承接?",)
    before = replace(COUNTY, on=date(2022, 12, 31)).meaning("区水利局")
    assert (before.codes, before.questions) == (("slj",), ())


def test_a_unit_that_ended_without_a_successor_is_asked_for() -> None:
    meaning = COUNTY.meaning("区文广新局")
    assert meaning.codes == () and "没有登记承接单位" in meaning.questions[0]


def test_mergers_in_a_row_lead_to_who_stands_and_a_circle_to_nobody() -> None:
    a = KnownUnit("a", "甲局", active_to=date(2020, 1, 1), successor="b")
    b = KnownUnit("b", "乙局", active_to=date(2021, 1, 1), successor="c")
    c = KnownUnit("c", "丙局")
    assert unit_directory((a, b, c), on=ON).meaning("甲局").codes == ("c",)
    assert unit_directory((a, replace(b, successor="a"), c), on=ON).meaning("甲局").codes == ()


def test_a_unit_of_a_later_day_is_asked_about() -> None:
    early = replace(COUNTY, on=date(2022, 6, 1)).meaning("区水务局")
    assert early.codes == ("swj",) and "才设立" in early.questions[0]


def test_an_unknown_name_stands_for_nobody_and_is_asked_for() -> None:
    assert COUNTY.meaning("区气象局").codes == ()
    assert "请指定单位" in COUNTY.meaning("区气象局").questions[0]


def test_an_abbreviation_of_two_units_stands_for_neither() -> None:
    twins = unit_directory(
        (KnownUnit("a", "安禾区交通运输局"), KnownUnit("b", "安禾区交通局")), on=ON, home="安禾区"
    )
    assert twins.meaning("安禾区交通运输局").codes == ("a",)
    assert twins.meaning("安禾县交通运输管理局").codes == ()


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        unit_directory(UNITS, on=ON, level="village")


def proposals(text: str):
    return propose(text.split("\n"), on=ON, calendar=CALENDAR, gazetteer=Gazetteer.of(COUNTY))


def test_a_proposal_carries_the_codes_of_its_units_and_what_must_be_asked() -> None:
    (p,) = proposals("由区水利局牵头，各镇配合，在4月底前完成河道清淤。")
    assert (p.lead, p.units, p.coop_units) == ("区水利局", ("swj",), ("tongxi", "liuwan"))
    assert any("是否由区水务局承接" in q for q in p.questions)


def test_a_group_that_the_paper_names_elsewhere_is_those_units() -> None:
    found = proposals(
        "1.建设城市公园。（牵头单位：区住建局；责任单位：桐溪镇）\n"
        "2.编制十大项目。（牵头单位：区发改局）\n"
        "各牵头单位要于3月20日前将推进计划报区政府办。"
    )
    assert found[-1].lead == "各牵头单位"
    assert found[-1].units == ("zjj", "fgj")
    assert any("请核对" in q for q in found[-1].questions)


def test_a_clause_over_all_matters_adds_its_units_with_their_codes() -> None:
    found = proposals("以下均需各镇街落实，不再单独列出。\n1.建设城市公园。（区住建局）")
    assert found[0].coop == ("各镇街",)
    assert found[0].coop_units == TOWNS


def test_a_deadline_before_the_papers_day_is_asked_about() -> None:
    (p,) = proposals("区住建局要在2022年12月31日前完成整改。")
    assert p.deadline == date(2022, 12, 31)
    assert "时限早于文件日期" in p.questions
