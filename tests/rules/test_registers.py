"""Registers of other authorities are described by data; what cannot be used is refused by its key."""

import pytest
import yaml

from wenpan.rules import RuleError
from wenpan.rules.loading import OURS
from wenpan.rules.registers import register_kinds

FILE = "registers/uk_gmpp.yaml"


@pytest.fixture
def own(tmp_path):
    def write(**changed):
        data = yaml.safe_load((OURS / FILE).read_text("utf-8")) | changed
        path = tmp_path / "rules" / FILE
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump({k: v for k, v in data.items() if v is not None}), "utf-8")
        return tmp_path

    return write


def test_ours_says_its_unit_and_its_colours(tmp_path):
    kind = register_kinds(tmp_path)["uk_gmpp"]
    assert (kind.unit, kind.currency, kind.per_unit) == ("百万英镑", "英镑", 1_000_000)
    assert kind.scale == {"Green": "GREEN", "Amber/Green": "YELLOW", "Amber": "YELLOW", "Amber/Red": "RED",
                          "Red": "RED"}  # fmt: skip


def test_a_place_describes_its_own(own):
    assert register_kinds(own(name="本地登记册"))["uk_gmpp"].name == "本地登记册"


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"unit": None}, "unit"),
        ({"scale": {"Red": "BLUE"}}, "scale.Red"),
        ({"columns": {"colour": ["rag"]}}, "columns"),
        ({"columns": {"name": "project"}}, "columns.name"),
        ({"as_of": [{"from": 0, "month": 13, "day": 1, "years": 0}]}, "as_of"),
        ({"alike": 0}, "alike"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_key(own, changed, key):
    with pytest.raises(RuleError) as refused:
        register_kinds(own(**changed))
    assert refused.value.key == key
