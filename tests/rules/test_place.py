"""The place: one home among its districts, units by code, nothing of it in code."""

import pytest

from wenpan import rules
from wenpan.rules import RuleError

HEAD = "version: '1'\neffective_from: 2022-01-01\nsource: 演示\n"
CITY = "city: {code: ninglan, name: 宁澜市}\n"
REGIONS = (
    "regions:\n  - {code: anhe, name: 安禾区, aliases: [安禾], home: true}\n  - {code: dong, name: 东澜区}\n"
)
UNITS = (
    "units:\n  - {code: swj, name: 商务局}\n  - {code: tongxi, name: 桐溪镇, kind: town, aliases: [桐溪]}\n"
)


def described(tmp_path, text: str):
    path = tmp_path / "rules" / "place.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + text, "utf-8")
    return rules.place(tmp_path)


def test_a_place_that_is_not_described_is_none(tmp_path):
    assert rules.place(tmp_path) is None


def test_a_place_is_read_whole(tmp_path):
    place = described(tmp_path, CITY + REGIONS + UNITS)
    assert (place.city.name, place.home.code, place.home.aliases) == ("宁澜市", "anhe", ("安禾",))
    assert [(u.code, u.kind, u.order) for u in place.units] == [
        ("swj", "department", 0),
        ("tongxi", "town", 1),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (REGIONS, "city"),
        (CITY + REGIONS.replace("true", "false"), "regions.home"),
        (CITY + REGIONS + "  - {code: xi, name: 西澜区, home: true}\n", "regions.home"),
        (CITY + REGIONS + "  - {code: dong, name: 又一个}\n", "regions.code"),
        (CITY + REGIONS + "  - {name: 无码}\n", "regions"),
        (CITY + REGIONS + UNITS + "  - {code: x, name: 企业, kind: firm}\n", "units.x.kind"),
        (CITY + REGIONS + UNITS + "  - {code: swj, name: 又一个}\n", "units.code"),
    ],
)
def test_a_place_that_cannot_be_used_names_the_key(tmp_path, text, key):
    with pytest.raises(RuleError) as caught:
        described(tmp_path, text)
    assert caught.value.key == key


MERGED = (
    "units:\n  - {code: slj, name: 水利局, active_to: 2022-12-31, successor: swj}\n"
    "  - {code: swj, name: 水务局, active_from: 2023-01-01}\n"
)


def test_a_unit_keeps_its_dates_and_who_took_over(tmp_path):
    gone, heir = described(tmp_path, CITY + REGIONS + MERGED).units
    assert (str(gone.active_to), gone.successor, str(heir.active_from)) == ("2022-12-31", "swj", "2023-01-01")


def test_a_place_of_a_city_may_have_districts_and_an_older_place_its_others(tmp_path):
    units = (
        "units:\n  - {code: a, name: 安禾区, kind: district}\n  - {code: b, name: 供电公司, kind: other}\n"
    )
    assert [u.kind for u in described(tmp_path, CITY + REGIONS + units).units] == ["district", "department"]


@pytest.mark.parametrize(
    ("units", "key"),
    [
        (MERGED.replace("successor: swj", "successor: xyz"), "units.slj.successor"),
        (MERGED.replace("successor: swj", "successor: slj"), "units.slj.successor"),
        (MERGED.replace("active_to: 2022-12-31, ", ""), "units.slj.active_to"),
        (MERGED.replace("2022-12-31", "去年底"), "units.slj.active_to"),
        (
            "units:\n  - {code: a, name: 甲局, active_from: 2023-01-01, active_to: 2022-01-01}\n",
            "units.a.active_to",
        ),
    ],
)
def test_dates_and_successors_that_cannot_be_are_named(tmp_path, units, key):
    with pytest.raises(RuleError) as caught:
        described(tmp_path, CITY + REGIONS + units)
    assert caught.value.key == key
