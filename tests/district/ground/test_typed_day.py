"""A day that is none is refused with a sentence wherever a person types one, never moved to a day near by."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import DayField, typed_day

DISTRICT = Path(__file__).parents[3] / "wenpan" / "district"
NONE = ("2022-02-30", "2022-02-29", "2022-13-01", "2022-00-10", "周八", "2月30日", "1999-12-31", "2100-01-01",
        "9999-12-31", "0222-10-18", "", "²", "2022-10-18\0")  # fmt: skip
SOME = {"2000-01-01": date(2000, 1, 1), "2024-02-29": date(2024, 2, 29), "2099-12-31": date(2099, 12, 31)}


@pytest.mark.parametrize("words", NONE)
def test_no_day_is_refused(words):
    with pytest.raises(Refused, match="2022-10-18") as refusal:
        typed_day(words)
    assert refusal.value.code == "bad_value"
    with pytest.raises(ValidationError):
        DayField().clean(words)


@pytest.mark.parametrize("words", SOME)
def test_a_day_is_that_day(words):
    assert typed_day(f" {words} ") == DayField().clean(words) == SOME[words]


def test_no_room_reads_typed_days_by_itself():
    """Days out of forms come through `typed_day`, days out of addresses through `ui.asked`."""
    wrong = []
    for path in sorted(DISTRICT.rglob("*.py")):
        if path.name in {"typed_day.py", "asked.py"} or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called, words = ast.unparse(node.func), ast.unparse(node)
            typed = called.endswith("fromisoformat") and any(w in words for w in ("POST", "GET", "post"))
            if called == "forms.DateField" or typed:
                wrong.append(f"{path.relative_to(DISTRICT)}:{node.lineno} {words[:80]}")
    assert wrong == []
