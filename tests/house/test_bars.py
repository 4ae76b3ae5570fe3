"""The runner of the slow proofs: what does not run, or whose negative control passes, has failed."""

from __future__ import annotations

import pytest

from bars import __main__ as runner
from bars.bar import NotRunError, Result, line
from tests.sampled import sampled

GOOD = Result("10/10", "all", passed=True, control="0/10", control_failed=True)


def test_a_line_says_name_number_limit_control_seed_and_verdict():
    assert line("kill", 7, GOOD) == "kill | 10/10 | limit: all | control: 0/10 | seed 7 | PASS"


@pytest.mark.parametrize(("passed", "control_failed"), [(False, True), (True, False), (False, False)])
def test_a_bar_fails_when_its_number_or_its_negative_control_does(passed, control_failed):
    result = Result("9/10", "all", passed=passed, control="10/10", control_failed=control_failed)
    assert line("kill", 7, result).endswith("| FAIL")


def test_what_could_not_run_has_failed(monkeypatch, capsys):
    class Missing:
        @staticmethod
        def bar(seed):
            raise NotRunError("no PostgreSQL here")

    monkeypatch.setattr(runner.importlib, "import_module", lambda name: Missing)
    assert runner.run("kill", 7) == 1
    assert "NOT RUN: no PostgreSQL here | seed 7 | FAIL" in capsys.readouterr().out


def test_a_bar_that_dies_without_a_word_has_failed(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(runner.sys, "executable", "false")
    code, printed = runner.apart("kill", 7)
    assert code == 1
    assert "kill | NOT RUN" in capsys.readouterr().out
    assert printed.endswith("| FAIL")


def test_what_was_printed_is_kept_in_the_place_of_the_bars_former_line(tmp_path):
    page = tmp_path / "trust.md"
    page.write_text("words\n\n```\nkill | old | PASS\nzebra | z | PASS\n```\n\nafter\n", encoding="utf-8")
    runner.keep("kill", "kill | new | FAIL", page)
    runner.keep("addresses", "addresses | a | PASS", page)
    assert page.read_text(encoding="utf-8") == (
        "words\n\n```\naddresses | a | PASS\nkill | new | FAIL\nzebra | z | PASS\n```\n\nafter\n"
    )


def test_every_file_of_bars_is_a_bar_or_a_part_of_one():
    for name in runner.names():
        assert "def bar(seed: int) -> Result" in (runner.FOLDER / f"{name}.py").read_text(encoding="utf-8")


def test_of_a_test_with_many_cases_three_run_on_postgresql_and_of_one_that_asks_for_it_all():
    class Case:
        def __init__(self, nodeid, marked=False):
            self.nodeid, self.marked = nodeid, marked

        def get_closest_marker(self, name):
            return self.marked

    many, few = [Case(f"a::b[{n}]") for n in range(9)], [Case("a::c[x]"), Case("a::d")]
    whole = [Case(f"a::e[{n}]", marked=True) for n in range(9)]
    assert sampled([*many, *few, *whole]) == [many[0], many[4], many[8], *few, *whole]
