"""`python -m bars [NAME…] [--seed N]`: every bar, or the named ones, each in a process of its own.

A bar is a file here with one function `bar(seed: int) -> Result`; it becomes one line. A bar that raises
NotRunError, dies, or prints nothing is NOT RUN. Ends with 0 only when every line says PASS.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

from bars.bar import NotRunError, line

FOLDER = Path(__file__).parent
TRUST = FOLDER.parent / "docs" / "trust.md"
PARTS = {"__init__", "__main__", "bar"}


def names() -> list[str]:
    """Every bar; a file that begins with an underscore is a part of one."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in PARTS and path.stem[0] != "_")


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bars", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--seed", type=int, default=20221014)
    parser.add_argument("--write", action="store_true", help="keep what was printed in docs/trust.md")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := sorted(set(asked.names) - set(names())):
        parser.error(f"no bar is called {', '.join(unknown)}; there are: {', '.join(names())}")
    if asked.one:
        return run(asked.names[0], asked.seed)
    codes = []
    for name in asked.names or names():
        code, printed = apart(name, asked.seed)
        codes.append(code)
        if asked.write:
            keep(name, printed)
    return max(codes, default=1)


def keep(name: str, printed: str, page: Path = TRUST) -> None:
    """The line of a bar takes the place of its former one, in the block of lines of the page."""
    before, fence, rest = page.read_text(encoding="utf-8").partition("```\n")
    block, end, after = rest.partition("```")
    lines = {line.partition(" |")[0]: line for line in block.splitlines()}
    lines[name] = printed
    kept = "".join(f"{lines[key]}\n" for key in sorted(lines))
    page.write_text(f"{before}{fence}{kept}{end}{after}", encoding="utf-8")


def run(name: str, seed: int) -> int:
    """One bar, in this process."""
    try:
        result = importlib.import_module(f"bars.{name}").bar(seed)
    except NotRunError as error:
        print(f"{name} | NOT RUN: {error} | seed {seed} | FAIL", flush=True)
        return 1
    print(line(name, seed, result), flush=True)
    return 0 if result.good else 1


def apart(name: str, seed: int) -> tuple[int, str]:
    """One bar in its own process: its exit code and its line; what it says besides goes to stderr."""
    command = [sys.executable, "-m", "bars", "--one", name, "--seed", str(seed)]
    done = subprocess.run(command, cwd=FOLDER.parent, stdout=subprocess.PIPE, text=True, check=False)
    said = [text for text in done.stdout.splitlines() if text.startswith(f"{name} |")]
    printed = said[-1] if said else f"{name} | NOT RUN: ended with {done.returncode} | seed {seed} | FAIL"
    print(printed, flush=True)
    return (1 if done.returncode or not said else 0), printed


if __name__ == "__main__":
    sys.exit(main())
