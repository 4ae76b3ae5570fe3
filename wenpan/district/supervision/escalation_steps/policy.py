"""The steps in force, from rules/supervision/ladder.yaml; a place's own file wins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from wenpan import rules
from wenpan.district.supervision.escalation_steps.rules import (
    AUDIENCES,
    EscalationRules,
    EscalationStep,
    Reminder,
)
from wenpan.rules.loading import RuleError, path_of
from wenpan.rules.schema import Fits, each_of, form, read, whole

NAME = "supervision/ladder"
NAMED, TALK = "named", "talk"  # the steps that the bulletin reads
_WORDS = {"number": "", "title": "", "due": "", "unit": "", "after": 0}


def _can_be_filled(text: Any) -> bool:
    try:
        return bool(str(text or "").format_map(_WORDS))
    except (KeyError, IndexError, ValueError):
        return False


_SENTENCE = Fits(_can_be_filled, f"只含 {'、'.join(_WORDS)} 的句子")
_GIVEN = Fits(bool, "必填")


@form
@dataclass(frozen=True)
class _StepEntry:
    code: Annotated[str, _GIVEN]
    name: Annotated[str, _GIVEN]
    level: Annotated[int, whole(0)]
    after: Annotated[int, whole(1)]
    to: Annotated[tuple[str, ...], each_of(AUDIENCES, least=1)]
    text: Annotated[str, _SENTENCE]


@form
@dataclass(frozen=True)
class _ReminderEntry:
    code: Annotated[str, _GIVEN]
    before: Annotated[int, whole(1)]
    to: Annotated[tuple[str, ...], each_of(AUDIENCES, least=1)]
    text: Annotated[str, _SENTENCE]


@form
@dataclass(frozen=True)
class _EscalationFile:
    steps: tuple[_StepEntry, ...] = ()
    reminders: tuple[_ReminderEntry, ...] = ()
    note: str = ""


def escalation_rules() -> EscalationRules:
    """RuleError where a step lacks something, rises out of order, or tells nobody that is known."""
    data, provenance = rules.load_yaml(NAME)
    return _built(provenance.file, id(data))


@lru_cache(maxsize=4)
def _built(_file: str, _version: int) -> EscalationRules:
    data, provenance = rules.load_yaml(NAME)
    said = read(_EscalationFile, data, provenance.file)
    steps = tuple(EscalationStep(e.code, e.name, e.level, e.after, e.to, e.text) for e in said.steps)
    reminders = tuple(Reminder(e.code, e.before, e.to, e.text) for e in said.reminders)
    for name in ("level", "after"):
        found = [getattr(step, name) for step in steps]
        if found != sorted(set(found)):
            raise _fault(f"steps.{name}", found, "逐级递增")
    for code in (NAMED, TALK):
        if code not in {step.code for step in steps}:
            raise _fault("steps.code", [step.code for step in steps], f"含 {code}")
    return EscalationRules(steps, reminders, provenance.effective_from, said.note)


def _fault(key: str, found: object, expected: str) -> RuleError:
    return RuleError(path_of(NAME), key, found, expected)
