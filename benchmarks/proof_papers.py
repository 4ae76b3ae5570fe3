"""核数 on errors seeded into the place's own papers: analyses and bulletins, month by month.

    python benchmarks/proof_papers.py [--full] [--papers 40] [--errors 60] [--seed 18] [--misses]

Papers are drafted in a copy of the demonstration (demonstration.py). Each is written anew for its month and
read back from its .docx; then errors are put in one at a time by `proof.py`'s patterns, which know nothing of
the rules. A false alarm is a verdict of wrong or contradictory on a paper that nobody touched. The ledger is
today's: a paper of an earlier month is compared with what was published later too. By default the papers are
those of four months, with --full all, and 500 errors.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from demonstration import demonstration
from proof import KINDS, PAGE, places, seeded, sentence_of

Read = tuple[str, list[str], list[str], Any, Any]  # name, paragraphs, places, vocabulary, ledger
WRONG = ("wrong", "contradictory")
FIRST, LATE, LAST = (2019, 3), (2022, 6), (2022, 9)


def papers(first: tuple[int, int] = FIRST) -> Iterator[Read]:
    """Every paper that the months give, with what it is compared with."""
    from django.utils import timezone

    from wenpan.district.accounts.models import User
    from wenpan.district.bulletins.actions import make_briefing
    from wenpan.district.bulletins.models import Document
    from wenpan.district.ground import originals
    from wenpan.district.proofs import known
    from wenpan.documents.orders import text as reading
    from wenpan.documents.papers.facts import Inconsistent
    from wenpan.economy.time.periods import Month, parse_month

    at, analyst = timezone.now(), User.objects.get(username="analyst")
    month = Month(*first)
    kept = set(Document.objects.filter(kind="briefing").values_list("as_of", flat=True))
    while month <= Month(*LAST):
        if str(month) in kept:
            month = month.plus(1)
            continue
        try:
            make_briefing(as_of=month, by=analyst, at=at)
        except Inconsistent as refusal:
            print(f"{month}: {refusal}")
        month = month.plus(1)
    for document in Document.objects.exclude(state=Document.State.REPLACED).order_by("as_of", "kind"):
        if document.as_of < str(Month(*first)):
            continue
        read = reading.read(originals.get(document.sha256), "paper.docx")
        period = parse_month(document.as_of)
        beside = known.vocabulary(period), known.ledger(period, at)
        yield f"{document.kind} {document.as_of}", list(read.paragraphs), list(read.places), *beside


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--errors", type=int, default=60)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--full", action="store_true", help="every month, 500 errors")
    args = parser.parse_args()
    if args.full:
        args.errors = 500
    with demonstration():
        run(list(papers(FIRST if args.full else LATE))[: args.papers], args)


def run(chosen: Sequence[Read], args: argparse.Namespace) -> None:
    from wenpan.documents.proof.proof import proof

    dice, tally = random.Random(args.seed), dict[str, list[int]]()
    false, figures, pages = 0, 0, 0.0
    spots = list[tuple[int, str, int, Any]]()
    for n, (name, paragraphs, where, known, ledger) in enumerate(chosen):
        clean = proof(paragraphs, known, ledger, where)
        alarms = [v for v in clean if v.state in WRONG]
        false, figures = false + len(alarms), figures + len(clean)
        pages += sum(map(len, paragraphs)) / PAGE
        for v in alarms:
            print(f"  ALARM {name}: {v.figure.words}: {v.reason}")
        spots += [(n, *spot) for spot in places(paragraphs, where)]
    print(f"{len(chosen)} papers, {figures} figures, {pages:.0f} pages, {false} alarms untouched", flush=True)
    dice.shuffle(spots)
    each = -(-args.errors // len(KINDS))
    by_kind = {kind: [s for s in spots if s[1] == kind] for kind in KINDS}
    picked = [s for kind in KINDS for s in by_kind[kind][:each]]
    rest = [s for kind in KINDS for s in by_kind[kind][each:]]
    picked += rest[: max(0, args.errors - len(picked))]
    for n, kind, i, m in picked:
        name, paragraphs, where, known, ledger = chosen[n]
        regions = [r for r in known.regions if r.endswith(("区", "县")) and known.regions[r] != known.home][
            :8
        ]
        new = seeded(kind, m[0], dice, regions)
        if new == m[0]:
            continue
        changed = [*paragraphs]
        changed[i] = changed[i][: m.start()] + new + changed[i][m.end() :]
        a, b = sentence_of(changed[i], m.start())
        found = [v for v in proof(changed, known, ledger, where) if v.state in WRONG]
        hit = any(v.figure.paragraph == i and a <= v.figure.start <= b for v in found)
        row = tally.setdefault(kind, [0, 0])
        row[0], row[1] = row[0] + 1, row[1] + hit
        if args.misses and not hit:
            print(f"  MISS {name} {kind} {m[0]} → {new}: {changed[i][a:b]}")
    for kind, (n, hits) in tally.items():
        print(f"{kind:8} seeded {n:3} found {hits:3} = {hits / n:.3f}")
    n, hits = (sum(row[k] for row in tally.values()) for k in (0, 1))
    print(f"all      seeded {n} found {hits} = {hits / max(1, n):.3f}")


if __name__ == "__main__":
    main()
