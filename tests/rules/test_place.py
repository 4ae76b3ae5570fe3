"""The place: one home among its districts, units by code, nothing of it in code."""

import pytest

from wenpan import rules
from wenpan.commands._place_changes import taken_back
from wenpan.commands.init import install_place
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


OWN = CITY + REGIONS + (
    "units:\n  - {code: slj, name: 水利局, active_to: 2022-12-31, successor: swj}\n"
    "  - {code: swj, name: 水务局, parent: zfb, names: [{from: 2023-05-01, name: 水务集团}]}\n"
    "  - {code: zfb, name: 政府办, aliases: [府办]}\n"
)  # fmt: skip
TAKES_BACK = [  # what the given file says; what the place's own file said
    ("  - {code: zfb, name: 政府办, aliases: [府办]}", "", "zfb 政府办: is not named any more"),
    (", aliases: [府办]", "", "zfb 政府办 aliases: 府办 → —"),
    (", active_to: 2022-12-31, successor: swj", "", "slj 水利局 active_to: 2022-12-31 → —"),
    ("2022-12-31", "2023-12-31", "slj 水利局 active_to: 2022-12-31 → 2023-12-31"),
    (", names: [{from: 2023-05-01, name: 水务集团}]", "", "swj 水务局 names: 水务集团 (2023-05-01) → —"),
    (", parent: zfb", "", "swj 水务局 parent: zfb → —"),
    ("name: 东澜区", "name: 东澜县", "dong 东澜区 name: 东澜区 → 东澜县"),
]


@pytest.mark.parametrize(("word", "instead", "told"), TAKES_BACK, ids=[row[2] for row in TAKES_BACK])
def test_what_pages_have_put_in_force_is_not_taken_back_by_an_old_file_unasked(
    tmp_path, capsys, word, instead, told
):
    own = tmp_path / "rules" / "place.yaml"
    described(tmp_path, OWN)
    before = own.read_text("utf-8")
    given = tmp_path / "place.yaml"
    text = (HEAD + OWN).replace(word, instead)
    given.write_text(text if "code: zfb" in text else text.replace(", parent: zfb", ""), "utf-8")
    with pytest.raises(SystemExit) as ended:
        install_place(given, tmp_path)
    assert ended.value.code == 1
    assert told in capsys.readouterr().err
    assert own.read_text("utf-8") == before
    install_place(given, tmp_path, replace=True)
    assert own.read_text("utf-8") == given.read_text("utf-8")


def test_a_file_that_only_adds_is_taken_at_once_and_so_is_the_same_again(tmp_path):
    old = described(tmp_path, OWN)
    given = tmp_path / "place.yaml"
    for text in (
        OWN,
        OWN.replace("[府办]", "[府办, 区府办]") + "  - {code: new, name: 数据局, parent: zfb}\n",
    ):
        given.write_text(HEAD + text, "utf-8")
        install_place(given, tmp_path)
    now = rules.place(tmp_path)
    assert [unit.code for unit in now.units][-1] == "new"
    assert taken_back(now, old) == [
        "zfb 政府办 aliases: 府办, 区府办 → 府办",
        "new 数据局: is not named any more",
    ]
