"""A rule file that was changed, added or taken away behind the program is named by doctor."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.commands import doctor
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ground.journal import rule_digests
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(tmp_path, settings, monkeypatch):
    """A place with two rule files, as it was first served."""
    settings.WENPAN_HOME = tmp_path
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    folder = tmp_path / "rules"
    (folder / "lights").mkdir(parents=True)
    (folder / "place.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "lights" / "own.yaml").write_text("b: 1\n", encoding="utf-8")
    rule_digests.begin()
    return folder


def told() -> list[str]:
    return list(doctor._rules())


def test_files_as_they_were_are_no_trouble(rules):
    assert told() == []
    rule_digests.begin()
    assert Entry.objects.filter(action=rule_digests.ACTION).count() == 1


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("lights/own.yaml", "b: 2\n", "rules/lights/own.yaml was changed"),
        ("lights/own.yaml", "b: 1 \n", "rules/lights/own.yaml was changed"),
        ("ranks.yaml", "c: 1\n", "rules/ranks.yaml is new"),
        ("place.yaml", None, "rules/place.yaml is missing"),
    ],
)
def test_a_change_behind_the_program_is_named_until_somebody_answers_for_it(rules, name, content, words):
    if content is None:
        (rules / name).unlink()
    else:
        (rules / name).write_text(content, encoding="utf-8")
    (trouble,) = told()
    assert words in trouble
    entry = rule_digests.note(why="区政府常务会议决定")
    assert entry.detail["changed"] == [name]
    assert told() == []
    assert rule_digests.note(why="再说一次") is None


def test_a_file_that_the_program_writes_is_journalled_with_it(rules, make_user):
    from wenpan.district.indicators.rule_actions import say_warning_cost

    admin = make_user(next(role for role in ROLES if "rules.set" in ROLES[role].permissions))
    say_warning_cost(dispatches=10, reason="会议议定", since=date(2022, 11, 1), by=admin)
    assert told() == []
    assert Entry.objects.filter(action=rule_digests.ACTION).count() == 2


def test_the_command_says_what_it_took_into_the_journal(rules, monkeypatch, capsys):
    from wenpan import cli
    from wenpan.commands import _start

    monkeypatch.setattr(_start, "start_django", lambda: None)
    (rules / "place.yaml").write_text("a: 2\n", encoding="utf-8")
    assert cli.main(["journal", "rules", "--reason", "区划调整"]) == 0
    assert "place.yaml" in capsys.readouterr().out
    assert (
        Entry.objects.filter(action=rule_digests.ACTION)
        .latest("sequence")
        .summary.startswith("确认规则文件：区划调整")
    )
