"""Foreign files in the house: what they are, under which licence, unchanged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import wenpan

VENDOR = Path(wenpan.__file__).parent / "district" / "static" / "vendor"
ENTRIES = json.loads((VENDOR / "vendor.json").read_text())


def test_every_foreign_file_is_the_one_that_was_brought_in():
    found = {
        entry["file"]: hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() for entry in ENTRIES
    }
    assert found == {entry["file"]: entry["sha256"] for entry in ENTRIES}


def test_every_foreign_file_is_listed_with_version_and_licence():
    scripts = {path.name for path in VENDOR.iterdir() if path.suffix in {".js", ".css"}}
    assert scripts == {entry["file"] for entry in ENTRIES}
    assert all(entry["version"] and entry["licence"] for entry in ENTRIES)
    assert all((VENDOR / f"{entry['name']}.LICENSE").exists() for entry in ENTRIES)
