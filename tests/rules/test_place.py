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
