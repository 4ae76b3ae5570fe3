"""The catalogue: found by any of its names, overridden entry by entry, refused with the key that is wrong."""

import pytest

from wenpan import rules
from wenpan.rules import RuleError

HEAD = "version: '1'\neffective_from: 2022-01-01\nsource: 本地文件\nindicators:\n"


@pytest.fixture
def local(tmp_path):
    def write(entries: str):
        path = tmp_path / "rules" / "indicators" / "local.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + entries, "utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fai", "fai"),
        ("固定资产投资", "fai"),
        (" 固定资产投资（不含农户） ", "fai"),
        ("固 投", "fai"),
        ("500-5000万元项目", "fai_small"),
        ("５００—５０００万元项目投资", "fai_small"),
        ("GDP", "gdp"),
        ("gdp", "gdp"),
        ("其中：税收收入", "tax"),
    ],
)
def test_an_indicator_is_found_by_any_of_its_names(tmp_path, text, code):
    assert rules.catalogue(tmp_path).find(text).code == code


def test_an_unknown_name_is_not_guessed(tmp_path):
    assert rules.catalogue(tmp_path).find("固定资产") is None


def test_no_name_of_our_catalogue_means_two_indicators(tmp_path):
    catalogue = rules.catalogue(tmp_path)
    for code, indicator in catalogue.items():
        for name in (code, indicator.name, indicator.short, *indicator.aliases):
            assert catalogue.find(name).code == code, name


def test_the_definitions_are_whole_sentences(tmp_path):
    assert all(i.definition.endswith(".") for i in rules.catalogue(tmp_path).values() if i.definition)


def test_a_place_changes_one_field_of_one_entry(local):
    home = local("  - {code: fai, owner: tcj}\n  - {code: tea, name: 茶叶产量, unit: 吨}\n")
    catalogue = rules.catalogue(home)
    assert (catalogue["fai"].owner, catalogue["fai"].name) == ("tcj", "固定资产投资")
    assert list(catalogue)[-1] == "tea"
    assert "tea" not in rules.catalogue(home / "elsewhere")


def test_a_places_file_named_like_ours_still_adds_to_ours(tmp_path):
    path = tmp_path / "rules" / "indicators" / "district.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + "  - {code: fai, owner: tcj}\n", "utf-8")
    assert len(rules.catalogue(tmp_path)) == len(rules.catalogue(tmp_path / "elsewhere"))


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("{name: 无码}", "indicators.code"),
        ("{code: x}", "x.name"),
        ("{code: x, name: 甲, colour: red}", "x.colour"),
        ("{code: x, name: 甲, definition: 半句, 另半句}", "x.另半句"),
        ("{code: x, name: 甲, direction: sideways}", "x.direction"),
        ("{code: x, name: 甲, frequency: weekly}", "x.frequency"),
        ("{code: x, name: 甲, basis: mine}", "x.basis"),
        ("{code: x, name: 甲, measures: [total]}", "x.measures"),
        ("{code: x, name: 甲, headline: total}", "x.measures"),
        ("{code: x, name: 甲, seasonal: [0.5, 1]}", "x.seasonal"),
        ("{code: x, name: 甲, seasonal: [.1, .2, .3, .4, .5, .4, .7, .8, .9, .9, .9, 1]}", "x.seasonal"),
        ("{code: x, name: 甲, parts: [nowhere]}", "x.parts"),
    ],
)
def test_an_entry_that_cannot_be_used_names_its_key(local, entry, key):
    with pytest.raises(RuleError) as caught:
        rules.catalogue(local(f"  - {entry}\n"))
    assert caught.value.key == key


SUB_ROWS = [
    ("a part that the catalogue does not have", "{茶园: tea_land}", "fai.sub_rows.茶园"),
    ("a word that alone means another indicator", "{税收: fai_industry}", "fai.sub_rows.税收"),
    ("a list instead of words and codes", "[工业]", "fai.sub_rows"),
]


@pytest.mark.parametrize(("said", "key"), [c[1:] for c in SUB_ROWS], ids=[c[0] for c in SUB_ROWS])
def test_words_of_sub_rows_mean_one_indicator(local, said, key):
    home = local(f"  - {{code: fai, sub_rows: {said}}}\n")
    with pytest.raises(RuleError) as refusal:
        rules.catalogue(home)
    assert refusal.value.key == key
