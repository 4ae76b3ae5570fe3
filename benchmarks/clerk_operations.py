"""The clerk's work: how many operations ten dense pages of real papers take until every matter is right.

    python benchmarks/clerk_operations.py [--pages 10] [--also FOLDER]

The labelled passages of the shared folder, those with most matters a character first, make one paper. Counted
as the page of a paper offers it: 确认全部把握较大的 is one operation for all that are certain (confidence, a
unit, no question), 其余已看过，确认 one for the others that have a unit, after the exceptions; one that names
no unit is decided by itself (one). A unit or a day is set by marking its words and one choice (two), a
proposal too many is dropped (one), a missed matter is marked and made (two): the words bring unit and limit
(`sources.marked_words`); what they do not bring is set (two each).
By hand: three operations a matter (words, unit, day), with one more for each cooperating list.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks import real_directives as real
from wenpan.documents.orders import take_in
from wenpan.documents.orders.proposal import NO_LIMIT
from wenpan.documents.orders.units.gazetteer import Gazetteer
from wenpan.rules.policies import acceptance

PAGE = 600  # characters of a page of GB/T 9704
SURE = 0.8  # as the page of a paper asks (sources.queries.SURE)


def operations(t: real.Tally, asked: bool = False) -> tuple[int, int]:
    """Of a paper, and by hand. `asked`: as if a matter without a limit raised a question."""
    count, rest = 0, False
    for j in t.judged:
        sure = j.proposal.confidence >= SURE and not _questions(j, asked)
        if j.label is None:
            count += 1
            continue
        count += 2 * (not j.lead) + 2 * (not j.deadline)
        rest = rest or (not sure and bool(j.proposal.lead))
        count += not j.proposal.lead
    missed = sum(2 + 2 * unread for unread in (_unread(case, label) for case, label in t.missed))
    labels = [j.label for j in t.judged if j.label is not None] + [w for _, w in t.missed]
    by_hand = sum(1 + bool(w.get("lead")) + bool(w.get("deadline")) + bool(w.get("coop")) for w in labels)
    return count + missed + 1 + rest, by_hand


def _unread(case: real.Case, label: dict[str, Any]) -> int:
    """How many of unit and limit the sentence that the clerk marks does not bring with it, 0 to 2."""
    text, shared = case.record["text"], real.scorer()
    at = max(0, text.find(label["text"][:6]))
    start = max(text.rfind(sign, 0, at) for sign in ",，。;；\n") + 1
    end = min((e for sign in "。;；\n" if (e := text.find(sign, at)) >= 0), default=len(text))
    units = Gazetteer({u: u for u in real.units_of(case.record)})
    before = text[text.rfind("\n", 0, start) + 1 : start]
    (one,) = take_in.marked(text[start:end], before, case.on, real.calendar(), units, acceptance())
    names, norm = shared["names"], shared["norm"]
    lead = names(one.lead) == names(label.get("lead"))
    day = norm(one.deadline_text) == norm(label.get("deadline"))
    return (not lead) + (not day)


def _questions(j: real.Judged, asked: bool) -> list[str]:
    return [q for q in j.proposal.questions if asked or q != NO_LIMIT]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--also", type=Path, action="append", default=[])
    args = parser.parse_args()
    found = [c for folder in (real.FOLDER, *args.also) for c in real.cases(folder)]
    dense = sorted(found, key=lambda c: -len(c.record.get("tasks", [])) / len(c.record["text"]))
    taken, length = list[real.Case](), 0
    for case in dense:
        if length >= args.pages * PAGE:
            break
        taken.append(case)
        length += len(case.record["text"])
    t = real.tally(taken, real.calendar(), acceptance())["all"]
    mine, by_hand = operations(t)
    print(f"{length / PAGE:.1f} pages, {t.wanted} matters: {mine} operations, by hand {by_hand}")
    print(f"were a matter without a limit a question: {operations(t, asked=True)[0]} operations")


if __name__ == "__main__":
    main()
