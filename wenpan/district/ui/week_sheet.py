"""What is asked of a unit beside its matters, on the same sheet of the week (本周合报).

A room registers `asked_on_sheet(provider)`: called with the person and the moment, it gives its lines. What
the unit has said elsewhere already stands in the line; one tick sends it, nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wenpan.district.ground.refused import Refused
from wenpan.district.ground.registries import Providers

__all__ = ["SheetAnswer", "SheetQuestion", "asked_on_sheet", "send_answers", "sheet_questions"]


@dataclass(frozen=True)
class SheetQuestion:
    """`key`: one of the sheet; `draft`: the unit's own words, "" where it has said nothing yet, and
    `draft_from` where; `note`: what is known; `write` writes the words at the moment, or raises Refused."""

    key: str
    kind: str
    title: str
    url: str
    longest: int
    write: Callable[[str, datetime], Any]
    draft: str = ""
    draft_from: str = ""
    note: str = ""
    hint: str = ""


@dataclass(frozen=True)
class SheetAnswer:
    """What came back of a line: `take`: the tick beside words that stood there."""

    words: str = ""
    take: bool = False

    def sends(self, question: SheetQuestion) -> bool:
        """Words that only stood there are not sent by themselves."""
        said = self.words.strip()
        return bool(said) and (self.take or said != question.draft.strip())


_PROVIDERS: Providers[[Any, datetime], tuple[SheetQuestion, ...]] = Providers()
asked_on_sheet = _PROVIDERS.add


def sheet_questions(user: Any, at: datetime) -> list[SheetQuestion]:
    """Of all rooms, in the order of registering."""
    return [question for told in _PROVIDERS.ask(user, at) for question in told]


def send_answers(
    questions: list[SheetQuestion], answers: Mapping[str, SheetAnswer], at: datetime
) -> tuple[list[str], dict[str, str]]:
    """Keys that were written, and of each that was refused why; one that is refused spoils no other."""
    done: list[str] = []
    refused: dict[str, str] = {}
    for question in questions:
        given = answers.get(question.key, SheetAnswer())
        if not given.sends(question):
            continue
        try:
            question.write(given.words, at)
        except Refused as refusal:
            refused[question.key] = refusal.message
        else:
            done.append(question.key)
    return done, refused
