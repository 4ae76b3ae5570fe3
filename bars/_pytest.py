"""Part of bars whose measure is a set of tests, on each database, and with the promise broken on purpose."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as Xml
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bars.bar import NotRunError

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """`names` of the tests that ran, `failed` those that did not pass."""

    names: tuple[str, ...]
    failed: tuple[str, ...]
    skipped: int


def ran(tests: Sequence[str], *, database: str = "sqlite", broken: str = "") -> Ran:
    """The tests in a process of their own. `broken`: a module of bars, a plugin that breaks the promise."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["TESTS_EVERY_CASE"] = "1"  # a proof leaves no case out, on PostgreSQL neither
    if database == "postgresql":
        if not os.environ.get("PGHOST"):
            raise NotRunError("no PostgreSQL: script/bars starts one where it is installed")
        environment["DATABASE_URL"] = "postgresql:///wenpan"
    with tempfile.TemporaryDirectory(prefix="wenpan-bar-tests-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        command += ["-p", f"bars.{broken}"] if broken else []
        done = subprocess.run(
            [*command, *tests], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if not report.exists():
            raise NotRunError(
                f"pytest ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}"
            )
        # Our own report: it holds nothing foreign.
        cases = list(Xml.parse(report).getroot().iter("testcase"))
    if not cases:
        raise NotRunError("no test was found")
    failed = [c for c in cases if c.find("failure") is not None or c.find("error") is not None]
    if not broken:
        for case in failed:
            print(f"{database}: {case.get('classname')} {case.get('name')}", file=sys.stderr)
    return Ran(
        tuple(str(case.get("name")) for case in cases),
        tuple(str(case.get("name")) for case in failed),
        sum(case.find("skipped") is not None for case in cases),
    )
