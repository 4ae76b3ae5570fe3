"""Faults that once lived through all tests: each is put into a copy of the program, and a test must see it.

Control: the copy without any fault, which the same tests pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bars.bar import Result

ROOT = Path(__file__).resolve().parents[1]
SUPERVISION, _TESTS = "wenpan/district/supervision", "tests/district/supervision"
SOON = (
    f"{_TESTS}/matters/test_told_and_decided.py"
    "::test_the_light_of_a_day_is_the_same_by_rule_and_in_the_database"
)
EXTENSION = f"{_TESTS}/matters/test_life.py::test_an_extension_is_asked_up_to_the_end_of_the_day_due"
NEW_FINDING = (
    "tests/district/intake/test_intake_acceptance.py"
    "::test_a_soft_finding_that_is_new_at_acceptance_needs_a_reason_too"
)


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]  # where it must be seen


MUTANTS = (
    Mutant(
        "the earlier rule is the graver",
        "wenpan/economy/judging/lights.py",
        "SEVERITY[_excused(rule, facts)], self.rules.index(rule))",
        "SEVERITY[_excused(rule, facts)], -self.rules.index(rule))",
        ("tests/economy/judging/test_lights.py",),
    ),
    Mutant(
        "soon begins a day late, in the rule",
        f"{SUPERVISION}/log/lifecycle.py",
        "(standing.due - on).days <= soon",
        "(standing.due - on).days < soon",
        (SOON,),
    ),
    Mutant(
        "soon begins a day late, in the database",
        f"{SUPERVISION}/log/matter_sets.py",
        "Q(due__lte=soon)",
        "Q(due__lt=soon)",
        (SOON,),
    ),
    Mutant(
        "no extension on the day due",
        f"{SUPERVISION}/matters/available_actions.py",
        "if due < s.on:",
        "if due <= s.on:",
        (EXTENSION,),
    ),
    Mutant(
        "an extension on the day after",
        f"{SUPERVISION}/matters/available_actions.py",
        "if due < s.on:",
        "if (s.on - due).days > 1:",
        (EXTENSION,),
    ),
    Mutant(
        "feedback on the day due is late",
        f"{SUPERVISION}/scoring/walk.py",
        "day > now.due_with_notice",
        "day >= now.due_with_notice",
        (f"{_TESTS}/scoring/test_scoring.py",),
    ),
    Mutant(
        "a note does not end an obstacle",
        f"{SUPERVISION}/log/events.py",
        "        EventKind.NOTED,\n        EventKind.ASSIGNED,\n        EventKind.PASSED,",
        "        EventKind.ASSIGNED,\n        EventKind.PASSED,",
        (f"{_TESTS}/scoring/test_office_silence.py",),
    ),
    Mutant(
        "twins count twice",
        "wenpan/district/projects/lights.py",
        "found.setdefault(one.address, one)",
        "found.setdefault(one.address + str(len(found)), one)",
        (
            f"{_TESTS}/lights/test_one_project_on_two_lists.py"
            "::test_a_red_key_project_and_its_twin_count_once_everywhere",
        ),
    ),
    Mutant(
        "the change of rank is lost between board and paper",
        "wenpan/district/bulletins/lines.py",
        "        rank_change=row.rank_change,\n",
        "",
        ("tests/district/bulletins/test_indicator_line.py",),
    ),
    Mutant(
        "the distance to the city is lost between board and paper",
        "wenpan/district/bulletins/lines.py",
        "        versus_city=row.versus_city,\n",
        "",
        ("tests/district/bulletins/test_indicator_line.py",),
    ),
    Mutant(
        "a new soft finding at acceptance needs no reason",
        "wenpan/district/intake/check_result.py",
        "if len(soft) <= MOST_FINDINGS and set(soft) - set(submission.reasons):",
        "if not soft and set(soft) - set(submission.reasons):",
        (NEW_FINDING,),
    ),
    Mutant(
        "the same bytes under way are opened again",
        "wenpan/district/intake/actions/submitting.py",
        "open_or_held = [State.ACCEPTED, State.CHECKING, State.UNKNOWN, State.READY]",
        "open_or_held = [State.ACCEPTED, State.UNKNOWN, State.READY]",
        ("tests/flows/test_same_file_at_once.py::test_a_table_is_taken_in_once_and_both_follow_it",),
    ),
    Mutant(
        "two fields of a kept row are swapped",
        "wenpan/documents/papers/bulletin/rows.py",
        '"new", "closed_now", "due_next",',
        '"closed_now", "new", "due_next",',
        ("tests/documents/papers/test_golden_papers.py",),
    ),
)


def bar(seed: int) -> Result:
    del seed
    with tempfile.TemporaryDirectory(prefix="wenpan-bar-mutants-") as folder:
        copy = Path(folder)
        for part in ("wenpan", "tests", "bars", "benchmarks"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("pyproject.toml", "manage.py"):
            shutil.copyfile(ROOT / file, copy / file)
        lived = [mutant.name for mutant in MUTANTS if not _seen(copy, mutant)]
        tests = sorted({test for mutant in MUTANTS for test in mutant.tests})
        whole = _fails(copy, tests)
    for name in lived:
        print(f"lived: {name}", file=sys.stderr)
    return Result(
        f"{len(MUTANTS) - len(lived)}/{len(MUTANTS)} faults seen",
        "all",
        not lived,
        f"the program without a fault: the same tests {'fail' if whole else 'pass'}",
        not whole,
    )


def _seen(copy: Path, mutant: Mutant) -> bool:
    path = copy / mutant.file
    source = path.read_text(encoding="utf-8")
    if source.count(mutant.right) != 1:
        print(f"{mutant.name}: its place in {mutant.file} is not what it was", file=sys.stderr)
        return False
    path.write_text(source.replace(mutant.right, mutant.wrong), encoding="utf-8")
    try:
        return _fails(copy, mutant.tests)
    finally:
        path.write_text(source, encoding="utf-8")


def _fails(copy: Path, tests: tuple[str, ...] | list[str]) -> bool:
    """True where a test failed; False where all passed. What could not run is no test that saw it."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(f"pytest ended with {done.returncode}: {done.stdout[-400:]}", file=sys.stderr)
        return False
    return done.returncode == 1
