"""How many must have published for a place: dated, with a source, refused where it cannot be used."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan import rules

HEAD = "version: '1'\neffective_from: 2020-01-01\nsource: 本地文件\n"


def place(tmp_path, entries):
    (tmp_path / "rules").mkdir(exist_ok=True)
    (tmp_path / "rules" / "ranks.yaml").write_text(f"{HEAD}in_force: {entries}\n", "utf-8")
    return tmp_path


def test_by_default_all_of_the_month_before():
    found = rules.rank_rule(date(2022, 10, 31))
    assert (found.of_last, found.of_family) == (1.0, 0.5)
    assert "未核对" in rules.load_yaml("ranks")[1].source


@pytest.mark.parametrize(("day", "share"), [("2022-08-31", 1.0), ("2022-09-01", 0.8), ("2022-09-02", 0.8)])
def test_a_rule_holds_from_its_day_on(tmp_path, day, share):
    home = place(tmp_path, "[{from: 2020-01-01, of_last: 1, of_family: 0.5}, "
                           "{from: 2022-09-01, of_last: 0.8, of_family: 0.5}]")  # fmt: skip
    assert rules.rank_rule(date.fromisoformat(day), home).of_last == share


@pytest.mark.parametrize(
    ("entries", "key"),
    [
        ("[]", "in_force"),
        ("[{from: soon, of_last: 1, of_family: 0.5}]", "from"),
        ("[{from: 2020-01-01, of_last: 80, of_family: 0.5}]", "of_last"),
        ("[{from: 2020-01-01, of_last: 1}]", "of_family"),
        ("[{from: 2020-01-01, of_last: 1, of_family: 0.5, share: 1}]", "share"),
        ("[{from: 2099-01-01, of_last: 1, of_family: 0.5}]", "in_force"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, entries, key):
    with pytest.raises(rules.RuleError, match=key):
        rules.rank_rule(date(2022, 10, 31), place(tmp_path, entries))
