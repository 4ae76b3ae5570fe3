"""The house can be read: no room holds more than 25 files side by side, no file is long, most are short."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

CODE = Path(__file__).resolve().parents[2]


def lengths(top: str) -> dict[str, int]:
    """Lines of every Python file below a folder, without migrations."""
    files = (p for p in (CODE / top).rglob("*.py") if "migrations" not in p.parts)
    return {p.relative_to(CODE).as_posix(): len(p.read_text().splitlines()) for p in files}


def test_no_folder_holds_more_than_25_files_side_by_side():
    folders = Counter(str(Path(name).parent) for top in ("wenpan", "tests") for name in lengths(top))
    assert {folder: n for folder, n in folders.items() if n > 25} == {}


def test_no_file_of_the_program_is_longer_than_330_lines_and_none_of_its_tests_longer_than_400():
    found = {name: n for name, n in lengths("wenpan").items() if n > 330}
    assert found | {name: n for name, n in lengths("tests").items() if n > 400} == {}


def test_the_files_of_the_program_are_short():
    found = sorted(lengths("wenpan").values())
    assert median(found) <= 100
    assert found[int(len(found) * 0.9)] < 220
