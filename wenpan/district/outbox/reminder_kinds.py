"""Kinds of reminders, from `rules/reminders.yaml`; a place's own file wins. Every kind the program uses must
be there: what no file names would reach nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from wenpan.rules.loading import RuleError, load_yaml
from wenpan.rules.schema import FLAG, SOME, TEXT, one_of, read, whole_form

NAME = "reminders"
CODES = ("slip", "raised", "instructed", "urged", "due", "return", "notice")


@whole_form
@dataclass(frozen=True)
class ReminderKind:
    """`must`: reaches a person whatever that person chose."""

    code: Annotated[str, one_of(*CODES)]
    name: Annotated[str, TEXT]
    must: Annotated[bool, FLAG]


@whole_form
@dataclass(frozen=True)
class _RemindersFile:
    version: Annotated[str, TEXT]
    effective_from: object
    source: object
    kinds: Annotated[tuple[ReminderKind, ...], SOME]


def reminder_kinds() -> tuple[ReminderKind, ...]:
    """In the order of the file; RuleError where one is named twice or is missing."""
    data, provenance = load_yaml(NAME)
    kinds = read(_RemindersFile, data, provenance.file).kinds
    codes = [kind.code for kind in kinds]
    if sorted(codes) != sorted(CODES):
        raise RuleError(provenance.file, "kinds", "、".join(codes), f"每种恰好一次：{'、'.join(CODES)}")
    return kinds
