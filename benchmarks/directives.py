"""How well matters are proposed: passages labelled by the clerk's rules against `directives.propose`.

    python benchmarks/directives.py [--write] [--misses] [FILE OR FOLDER …]

A proposal finds a labelled matter when their characters overlap by at least 0.6 (F1 of positions),
one to one. F1 is over all passages, those without any matter included; lead and deadline are
shares of the matters found: lead exact, deadline exact (the date; for a recurrence or an event the words;
for none, none). Each set is a row: what it gave when it was read for the first time stands in
`directives.md`, what it gives now is printed here. The passages are in `tests/documents/passages/`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wenpan.documents.orders import propose as directives
from wenpan.documents.orders.propose import MatterProposal
from wenpan.documents.orders.task_tables import rows as task_rows
from wenpan.documents.orders.task_tables.grid import TextGrid
from wenpan.documents.words.characters import same_length
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

FOLDER = Path(__file__).parents[1] / "tests" / "documents" / "passages"
LATER = ("provinces", "unseen", "third", "fourth", "fifth", "sixth", "seventh", "real_forms")  # in that order
ENOUGH = 0.6


@dataclass(frozen=True)
class Label:
    span: tuple[int, int]
    lead: str
    coop: str
    due: date | None
    words: str


@dataclass(frozen=True)
class Passage:
    id: str
    on: date
    paragraphs: tuple[str, ...]
    labels: tuple[Label, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass
class Score:
    passages: int = 0
    labelled: int = 0
    proposed: int = 0
    found: int = 0
    lead: int = 0
    coop: int = 0
    deadline: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.labelled + self.proposed)

    def share(self, name: str) -> float:
        return int(getattr(self, name)) / max(1, self.found)


def passages(folder: Path = FOLDER) -> Iterator[Passage]:
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else [folder]:
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield _passage(entry)


def _passage(entry: dict[str, Any]) -> Passage:
    if "table" in entry:
        lines = [line.text for line in task_rows.read(TextGrid(entry["table"]))[0]]
    else:
        lines = entry["text"].split("\n")
    paragraphs = tuple(line for line in lines if line.strip())
    text = "\n".join(paragraphs)
    labels, cursor = [], 0
    for words, lead, coop, due, limit in entry.get("matters", []):
        span = _span(text, words, cursor)
        labels.append(Label(span, lead, coop, due or None, limit))
        cursor = span[1]
    return Passage(entry["id"], entry["dated"], paragraphs, tuple(labels))


def _span(text: str, words: str, cursor: int) -> tuple[int, int]:
    """`first words…last words` as positions."""
    first, _, last = words.partition("…")
    start = text.find(first, cursor)
    end = text.find(last, start + len(first))
    if min(start, end) < 0:
        raise ValueError(f"no words {words!r} after {text[cursor : cursor + 20]!r}")
    return start, end + len(last)


def calendar() -> Calendar:
    return Calendar.from_data(load_yaml("calendars/china")[0])


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return 2 * shared / max(1, a[1] - a[0] + b[1] - b[0])


def pairs(labels: Sequence[Label], found: Sequence[MatterProposal]) -> list[tuple[Label, MatterProposal]]:
    """One to one, the best overlap first."""
    ranked = sorted(
        ((overlap(label.span, p.span), i, j) for i, label in enumerate(labels) for j, p in enumerate(found)),
        reverse=True,
    )
    used_labels, used_found, result = set[int](), set[int](), []
    for value, i, j in ranked:
        if value >= ENOUGH and i not in used_labels and j not in used_found:
            used_labels.add(i)
            used_found.add(j)
            result.append((labels[i], found[j]))
    return result


def _plain(words: str) -> str:
    return same_length(words).strip(" ,.。;于在")


def _names(listed: str) -> set[str]:
    """Split by 、 outside brackets."""
    return {_plain(name) for name in re.split(r"、(?![^（(]*[）)])", listed) if name}


def same_deadline(label: Label, p: MatterProposal) -> bool:
    if label.due or p.deadline:
        return label.due == p.deadline
    return _plain(label.words) == _plain(p.deadline_text)


def score(chosen: Iterable[Passage], days: Calendar) -> Score:
    total = Score()
    for passage in chosen:
        found = directives.propose(passage.paragraphs, on=passage.on, calendar=days)
        matched = pairs(passage.labels, found)
        total.passages += 1
        total.labelled += len(passage.labels)
        total.proposed += len(found)
        total.found += len(matched)
        for label, p in matched:
            total.lead += _plain(label.lead) == _plain(p.lead)
            total.coop += _names(label.coop) == {_plain(c) for c in p.coop}
            total.deadline += same_deadline(label, p)
        total.misses += _misses(passage, found, matched)
    return total


def _misses(
    passage: Passage, found: Sequence[MatterProposal], matched: Sequence[tuple[Label, MatterProposal]]
) -> Iterator[str]:
    taken, got = [id(label) for label, _ in matched], [id(p) for _, p in matched]
    for label in passage.labels:
        if id(label) not in taken:
            yield f"{passage.id} NOT FOUND {passage.text[slice(*label.span)]} | {label.lead} | {label.words}"
    for p in found:
        if id(p) not in got:
            yield f"{passage.id} TOO MUCH {p.text} | {p.lead} | {p.deadline_text}"
    for label, p in matched:
        if _plain(label.lead) != _plain(p.lead):
            yield f"{passage.id} LEAD {label.lead!r} but {p.lead!r}: {p.text}"
        if not same_deadline(label, p):
            yield f"{passage.id} DEADLINE {label.due} {label.words!r} but {p.deadline} {p.deadline_text!r}"
        if _names(label.coop) != {_plain(c) for c in p.coop}:
            yield f"{passage.id} COOP {label.coop!r} but {p.coop}"


def rows(scores: dict[str, Score]) -> Iterator[str]:
    yield "| passages | n | matters | proposed | F1 | lead | deadline | cooperating |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for name, s in scores.items():
        shares = " | ".join(f"{s.share(key):.3f}" for key in ("lead", "deadline", "coop"))
        yield f"| {name} | {s.passages} | {s.labelled} | {s.proposed} | {s.f1:.3f} | {shares} |"


def sets() -> dict[str, list[Passage]]:
    """The first passages as one set, the later sets each for itself, and all."""
    later = {name: list(passages(FOLDER / f"{name}.yaml")) for name in LATER}
    known = {p.id for chosen in later.values() for p in chosen}
    everything = list(passages())
    return {"first": [p for p in everything if p.id not in known], **later, "all": everything}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    chosen = {path.stem: list(passages(path)) for path in args.paths} or sets()
    scores = {name: score(part, calendar()) for name, part in chosen.items()}
    print("\n".join(rows(scores)))
    if args.misses:
        print("\n".join(line for name, s in scores.items() if name != "all" for line in s.misses))
    if args.write:
        note = Path(__file__).with_suffix(".md")
        head, _, _ = note.read_text(encoding="utf-8").partition("<!-- numbers -->")
        note.write_text(head + "<!-- numbers -->\n\n" + "\n".join(rows(scores)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
