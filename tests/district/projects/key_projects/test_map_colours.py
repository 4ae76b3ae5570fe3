"""挂图作战: what is done is green with a tick, what is late red with a mark; never the other way round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wenpan

CSS = (Path(wenpan.__file__).parent / "district" / "static" / "rooms" / "projects.css").read_text()


def rule(selector: str) -> str:
    """What stands on the screen: the first rule of that selector (a later one is for print)."""
    found = re.search(rf"{re.escape(selector)} \{{([^}}]*)\}}", CSS)
    assert found, selector
    return found[1]


@pytest.mark.parametrize("flag, colour, other", [("done", "green", "red"), ("late", "red", "green")])
def test_done_is_green_and_late_is_red(flag, colour, other):
    said = rule(f".pj-flag.is-{flag}")
    assert f"--wp-{colour}" in said
    assert other not in said


def test_they_are_told_apart_without_colour_too():
    assert "✓" in rule(".pj-flag.is-done::before")
    assert "!" in rule(".pj-flag.is-late::before")
