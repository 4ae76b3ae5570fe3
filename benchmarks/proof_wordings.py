"""核数 on papers in others' words: forty papers on the ledger's figures, five hundred errors put in.

    python benchmarks/proof_wordings.py [--errors 500] [--half other] [--misses] [--alarms] [--print]

The figures are those of the demonstration (`demonstration.py`). Thirty-four ways of writing
(`proof_wordings/*.txt`), after the wording of published reports (addresses in proof.md), are filled with the
figures of four months. A gap says what it is, so an error can be put into any of them and nothing depends on
patterns over the text. Each lot was written and committed before its first reading; proof.md says what came.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from demonstration import demonstration
from proof_gaps import OPPOSITE, Gap, Ledger, written

WAYS = Path(__file__).parent / "proof_wordings"
MONTHS = ("2021-09", "2021-12", "2022-06", "2022-09")
KINDS = ("figure", "sign", "rank", "region", "unit", "date", "sum", "share")
UNITS = {
    "亿元": "万元",
    "万元": "亿元",
    "元": "万元",
    "万千瓦时": "亿千瓦时",
    "亿千瓦时": "万千瓦时",
    "万平方米": "平方米",
    "万美元": "亿美元",
    "%": "个百分点",
}
PAGE = 600
PROSE = 25  # characters of a paragraph at least
FOREIGN = (Path(__file__).parent / "proof_foreign.txt").read_text("utf-8").splitlines()
HALVES = (
    "tuned",
    "kept",
    "last",
    "newest",
    "other",
    "other odd",
    "other even",
    "third odd",
    "third even",
    "third",
    "old",
)
LAST_FROM = 10  # the ways after it were written when the others had been read
NEWEST_FROM = 16  # and these when those had been
OTHER_FROM = 22  # and these by another hand than the rules'
THIRD_FROM = 34  # and these by a third, before any of its readings


def half_of(n: int) -> str:
    """The lot of a way by its number."""
    side = "odd" if n % 2 else "even"
    if n > OTHER_FROM:
        return f"{'third' if n > THIRD_FROM else 'other'} {side}"
    return (
        "newest" if n > NEWEST_FROM else "last" if n > LAST_FROM else {"odd": "kept", "even": "tuned"}[side]
    )


def spoilt(kind: str, old: str, gap: Gap, dice: random.Random) -> str:
    """Another value for a gap: never one that prints the same."""
    if kind in ("rank", "date", "sum") and "." not in old:
        most = 12 if kind == "date" else 99
        return str(
            dice.choice(
                [
                    n
                    for n in range(max(2 if kind == "date" else 1, int(old) - 3), int(old) + 4)
                    if n != int(old) and n <= most
                ]
            )
        )
    if kind == "sign":
        return gap.alternatives[0] if gap.alternatives else OPPOSITE[old]
    if kind == "unit":
        return UNITS[old]
    if kind == "region":
        return dice.choice(gap.alternatives)
    minus, whole = old.startswith("-"), abs(Decimal(old))
    plain = str(whole)
    digits = len(plain.partition(".")[2])
    step, figures = Decimal(1).scaleb(-digits), plain.replace(".", "")
    way = dice.randrange(4)
    if way == 0 and whole >= 1:
        new = whole * 10  # the point moved
    elif way == 1 and len(figures) > 1 and figures[0] != figures[1] and figures[1] != "0":
        new = Decimal(figures[1] + figures[0] + figures[2:]).scaleb(-digits)
    elif way == 2:
        new = abs(whole + step * dice.choice((-1, 1)) * dice.randint(2, 9))
    else:
        new = whole * (1 + Decimal(dice.choice((-1, 1)) * dice.randint(5, 60)) / 100)
    new = new.quantize(step, ROUND_HALF_UP)
    return f"{'-' if minus else ''}{new if new != whole else whole + 3 * step}"


def sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(s, 0, at) for s in "。；\n") + 1
    return start, min([e for s in "。；" if (e := text.find(s, at)) >= 0], default=len(text))


def papers(half: str) -> Iterator[tuple[str, list[str], list[Gap], Any, Any]]:
    from django.utils import timezone

    from wenpan.district.proofs import known
    from wenpan.economy.time.periods import parse_month

    at, beside = timezone.now(), {}
    for month in MONTHS:
        beside[month] = known.vocabulary(parse_month(month)), known.ledger(parse_month(month), at)
    for path in sorted(WAYS.glob("*.txt")):
        n = int(path.stem[:2])
        lot = half_of(n)
        if half and half not in (lot, lot.split()[0]) and not (half == "old" and n <= THIRD_FROM):
            continue
        for month in MONTHS:
            vocabulary, ledger = beside[month]
            book = Ledger(ledger.values, dict(ledger.names), ledger.whole, vocabulary.home, ledger.falling)
            book.month = month
            paragraphs, gaps = written(path.read_text("utf-8"), book)
            yield f"{path.stem} {month}", paragraphs, gaps, vocabulary, ledger


def foreign_alarms(read: list[tuple[Any, ...]], dice: random.Random, sign: str) -> tuple[int, int]:
    """Sentences of what no ledger of the place holds, put in behind `sign`: how many, and alarms for them."""
    from wenpan.documents.proof.proof import proof

    put = alarms = 0
    for _, paragraphs, _, vocabulary, ledger, before in read:
        ends = [i for i, text in enumerate(paragraphs) if len(text) > PROSE and text.endswith("。")]
        changed = [*paragraphs]
        for i in dice.sample(ends, min(3, len(ends))):
            changed[i] = changed[i][:-1] + sign + dice.choice(FOREIGN)
            put += 1
        alarms += sum(
            v.state in ("wrong", "contradictory") and (v.figure.paragraph, v.figure.words) not in before
            for v in proof(changed, vocabulary, ledger)
        )
    return put, alarms


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    parser.add_argument("--print", action="store_true", help="print the papers")
    parser.add_argument("--half", choices=HALVES, default="")
    given = parser.parse_args()
    with demonstration():
        measure(given)


def measure(given: argparse.Namespace) -> None:
    from wenpan.documents.proof.proof import proof

    wrong = ("wrong", "contradictory")
    dice = random.Random(given.seed)
    read, alarms, pages, figures, unknown = [], 0, 0.0, 0, 0
    began = time.process_time()
    for name, paragraphs, gaps, vocabulary, ledger in papers(given.half):
        if given.print:
            print(f"── {name}", *paragraphs, sep="\n")
        verdicts = proof(paragraphs, vocabulary, ledger)
        said_wrong = [v for v in verdicts if v.state in wrong]
        figures, unknown = figures + len(verdicts), unknown + sum(v.state == "unknown" for v in verdicts)
        alarms, pages = alarms + len(said_wrong), pages + sum(map(len, paragraphs)) / PAGE
        for v in said_wrong if given.alarms else ():
            print(f"  alarm {name}: {v.figure.words} | {v.reason} | {paragraphs[v.figure.paragraph]}")
        read.append(
            (
                name,
                paragraphs,
                gaps,
                vocabulary,
                ledger,
                {(v.figure.paragraph, v.figure.words) for v in said_wrong},
            )
        )
    spent = time.process_time() - began
    seeded, found, beside = Counter[str](), Counter[str](), 0
    each = -(-given.errors // len(KINDS))
    for kind in KINDS:
        places = [(r, g) for r in read for g in r[2] if g.kind == kind]
        for (name, paragraphs, _, vocabulary, ledger, before), gap in dice.sample(
            places, min(each, len(places))
        ):
            old = paragraphs[gap.paragraph]
            new = spoilt(kind, old[gap.start : gap.end], gap, dice)
            changed = [*paragraphs]
            changed[gap.paragraph] = old[: gap.start] + new + old[gap.end :]
            from_, to = sentence(changed[gap.paragraph], gap.start)
            hits = [
                v
                for v in proof(changed, vocabulary, ledger)
                if v.state in wrong and (v.figure.paragraph, v.figure.words) not in before
            ]
            near = [v for v in hits if v.figure.paragraph == gap.paragraph and from_ <= v.figure.start < to]
            seeded[kind] += 1
            found[kind] += bool(near)
            beside += sum(v not in near for v in hits)
            if given.misses and not near:
                was, told = old[gap.start : gap.end], changed[gap.paragraph][from_:to]
                print(f"  miss {kind} {name}: {was} → {new} | {told}")
    print(
        f"{len(read)} papers, {figures} figures, {unknown} unknown, {pages:.0f} pages, "
        f"{alarms} alarms untouched, {spent:.2f} s of {platform.machine()}"
    )
    for kind in KINDS:
        if seeded[kind]:
            print(
                f"{kind:8} seeded {seeded[kind]:3} found {found[kind]:3} = {found[kind] / seeded[kind]:.3f}"
            )
    for sign in "。，":
        put, false = foreign_alarms(read, dice, sign)
        print(f"other subjects behind {sign} {put} sentences, {false} alarms")
    share = found.total() / max(1, seeded.total())
    print(
        f"all      seeded {seeded.total():3} found {found.total():3} = {share:.3f}; "
        f"{beside} verdicts in other sentences"
    )


if __name__ == "__main__":
    main()
