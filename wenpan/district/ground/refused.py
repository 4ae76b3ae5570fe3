"""An act that did not happen, and why: nothing was changed when this is raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """Both sides of a clash: what the person saw, and what holds now."""

    subject: str
    seen: str
    now: str


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """`message` says in Chinese what happened and what to do; `code` is stable.

    Codes: permission · state · clash · hard_findings · reasons_missing · figures_changed ·
    later_batch · reason_missing · unreadable · bad_value.
    """

    def __init__(self, code: str, message: str, differences: Sequence[Difference] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.differences = tuple(differences)
