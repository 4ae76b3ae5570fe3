"""The ladder in force, from rules/supervision/ladder.yaml; a place's own file wins."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from wenpan import rules
from wenpan.district.supervision.ladder.rules import AUDIENCES, Ladder, LadderStep, Reminder
from wenpan.rules.loading import RuleError, path_of

NAME = "supervision/ladder"
NAMED, TALK = "named", "talk"  # the steps that the bulletin reads
_WORDS = {"number": "", "title": "", "due": "", "unit": "", "after": 0}


def ladder() -> Ladder:
    """RuleError where a step lacks something, rises out of order, or tells nobody that is known."""
    data, provenance = rules.load_yaml(NAME)
    return _built(provenance.file, id(data))


@lru_cache(maxsize=4)
def _built(_file: str, _version: int) -> Ladder:
    data, provenance = rules.load_yaml(NAME)
    steps = tuple(_step(at, entry) for at, entry in enumerate(data.get("steps") or ()))
    reminders = tuple(_reminder(at, entry) for at, entry in enumerate(data.get("reminders") or ()))
    for name in ("level", "after"):
        found = [getattr(step, name) for step in steps]
        if found != sorted(set(found)):
            raise _fault(f"steps.{name}", found, "逐级递增")
    for code in (NAMED, TALK):
        if code not in {step.code for step in steps}:
            raise _fault("steps.code", [step.code for step in steps], f"含 {code}")
    return Ladder(steps, reminders, provenance.effective_from, str(data.get("note", "")))


def _fault(key: str, found: object, expected: str) -> RuleError:
    return RuleError(path_of(NAME), key, found, expected)


def _number(entry: Mapping[str, Any], key: str, name: str, least: int) -> int:
    value = entry.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise _fault(f"{key}.{name}", value, f"不小于{least}的整数")
    return value


def _audience(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    to = tuple(entry.get("to") or ())
    if not to or not set(to) <= set(AUDIENCES):
        raise _fault(f"{key}.to", list(to), "、".join(AUDIENCES))
    return to


def _text(entry: Mapping[str, Any], key: str) -> str:
    text = str(entry.get("text") or "")
    try:
        said = text.format_map(_WORDS)
    except (KeyError, IndexError, ValueError):
        said = ""
    if not said:
        raise _fault(f"{key}.text", text, f"只含 {'、'.join(_WORDS)} 的句子")
    return text


def _step(at: int, entry: Mapping[str, Any]) -> LadderStep:
    key = f"steps[{at}]"
    for name in ("code", "name"):
        if not entry.get(name):
            raise _fault(f"{key}.{name}", entry.get(name), "必填")
    return LadderStep(
        str(entry["code"]),
        str(entry["name"]),
        _number(entry, key, "level", 0),
        _number(entry, key, "after", 1),
        _audience(entry, key),
        _text(entry, key),
    )


def _reminder(at: int, entry: Mapping[str, Any]) -> Reminder:
    key = f"reminders[{at}]"
    if not entry.get("code"):
        raise _fault(f"{key}.code", entry.get("code"), "必填")
    before = _number(entry, key, "before", 1)
    return Reminder(str(entry["code"]), before, _audience(entry, key), _text(entry, key))
