"""Kinds of dispatch meeting (调度会) as dated data: what the memo holds, what is asked, who speaks first.

`rules/meetings.yaml`; a place's own file wins. What a question may name is fixed here by its occasion, so
that a wrong word in a template is told when the file is read, not when the meeting begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Annotated

from wenpan.rules.loading import RuleError, load_yaml, path_of
from wenpan.rules.schema import DAY, SOME, TEXT, each_of, read, whole, whole_form

SECTIONS = (
    "answers", "agreed", "reds", "pulls", "supports", "expectations", "projects", "deals", "requests",
    "questions", "agenda",
)  # fmt: skip
FIELDS: dict[str, frozenset[str]] = {  # occasion of a question → what its words may name
    "late_decision": frozenset({"meeting", "title", "number", "due", "days"}),
    "unanswered": frozenset({"meeting", "title"}),
    "silent_decision": frozenset({"meeting", "title", "number", "days"}),
    "new_red": frozenset({"name", "before", "period", "actual", "gap", "needed", "months"}),
    "standing_red": frozenset({"name", "before", "period", "actual", "gap", "needed", "months"}),
    "missed_expectation": frozenset({"name", "period", "expected", "actual", "error"}),
    "below_needed": frozenset({"name", "period", "expected", "target"}),
    "no_expectation": frozenset({"name", "period", "actual"}),
    "red_project": frozenset({"name", "words"}),
    "still_deal": frozenset({"name", "words"}),
    "late_request": frozenset({"number", "words"}),
}


@whole_form
@dataclass(frozen=True)
class MeetingKind:
    """One kind of meeting from a day on."""

    code: Annotated[str, TEXT]
    name: Annotated[str, TEXT]
    from_: Annotated[date, DAY]
    near_days: Annotated[int, whole(0, 30)]
    silent_after: Annotated[int, whole(1, 60)]
    most: Annotated[int, whole(1, 100)]
    most_of_unit: Annotated[int, whole(1, 20)]
    sections: Annotated[tuple[str, ...], each_of(SECTIONS, least=1)]
    ask: Annotated[tuple[str, ...], each_of(FIELDS, least=1)]
    indicators: tuple[str, ...] = ()


@whole_form
@dataclass(frozen=True)
class QuestionForm:
    """How a question is asked on one occasion, and how early its unit speaks for it."""

    points: Annotated[int, whole(0, 20)]
    text: Annotated[str, TEXT]


@dataclass(frozen=True)
class MeetingRules:
    """All kinds in force on a day, by code, in the order of the file."""

    kinds: Mapping[str, MeetingKind]
    questions: Mapping[str, QuestionForm]
    version: str


@whole_form
@dataclass(frozen=True)
class _File:
    version: str
    effective_from: date
    source: str
    kinds: Annotated[tuple[MeetingKind, ...], SOME]
    questions: dict[str, QuestionForm]


def meeting_rules(on: date, home: Path | None = None) -> MeetingRules:
    """RuleError names what cannot be used: an unknown field in a template, an occasion without words."""
    data, provenance = load_yaml("meetings", home)
    path = path_of("meetings", home)
    found = read(_File, data, path)
    for occasion, form in found.questions.items():
        _check(occasion, form, path)
    kinds: dict[str, MeetingKind] = {}
    for kind in sorted(found.kinds, key=lambda k: k.from_):
        if missing := [occasion for occasion in kind.ask if occasion not in found.questions]:
            raise RuleError(path, f"questions.{missing[0]}", None, "提问的写法")
        if kind.from_ <= on:
            kinds[kind.code] = kind
    order = list(dict.fromkeys(kind.code for kind in found.kinds))
    return MeetingRules({code: kinds[code] for code in order if code in kinds}, found.questions,
                        provenance.version)  # fmt: skip


def _check(occasion: str, form: QuestionForm, path: Path) -> None:
    known = FIELDS.get(occasion)
    if known is None:
        raise RuleError(path, f"questions.{occasion}", occasion, "、".join(FIELDS))
    try:
        named = {name for _text, name, _spec, _conversion in Formatter().parse(form.text) if name is not None}
    except ValueError:
        named = {"{"}
    if wrong := sorted(named - known):
        raise RuleError(path, f"questions.{occasion}.text", wrong[0], f"只能用 {'、'.join(sorted(known))}")
