"""A proposed matter: who is to do what by when, the words it comes from, and what a clerk must ask.

Pure. Made by `directives` (text), `task_table` (tables) or `helper_model` (a configured model); a
person confirms, edits or drops every one before anything is issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NO_LIMIT = "未写明时限"  # a question: the paper gives no day
NO_UNIT = "未写明责任单位"


@dataclass(frozen=True)
class MatterProposal:
    """One proposed matter. `span` are positions in the joined text (paragraphs with newlines)."""

    text: str
    lead: str
    coop: tuple[str, ...]
    deadline: date | None
    deadline_text: str
    recurrence: str
    span: tuple[int, int]
    confidence: float
    questions: tuple[str, ...] = ()  # what the clerk must ask: 未写明责任单位 …
    place: str = ""  # where the evidence stands: 第3页, 任务表!B4:F4, 表1第4行; empty in plain text
    source: str = "rules"  # rules | model
    units: tuple[str, ...] = ()  # codes of the leads that the gazetteer knows, groups expanded
    coop_units: tuple[str, ...] = ()
    signs: tuple[tuple[str, float], ...] = ()  # what the confidence was judged by (`acceptance.NAMES`)
