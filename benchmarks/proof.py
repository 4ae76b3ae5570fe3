"""核数 on seeded errors: how many are found, and how many alarms are false.

    python benchmarks/proof.py [--full]    # the newest analysis and bulletin of the demonstration
    python benchmarks/proof.py PAPER.docx … --figures observations.csv --period 2022-09 [--each 40] [--misses]

Eight kinds of error are put into right papers, one at a time, by patterns over the text that know nothing of
the rules: figure, sign, rank, region's name, unit of quantity, date, sum (a count of counts), share. One is
found when a verdict of wrong or contradictory stands in its sentence. Alarms on the untouched papers and in
other sentences are false. Needs and forecasts (需, 可能, 预计) are not seeded: no ledger holds them.
With papers the place is that of WENPAN_HOME. By default 4 errors of each kind are put into a paper, with
--full 40.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wenpan.commands.plain_files.proof import known_of
from wenpan.documents.orders import text as reading
from wenpan.documents.proof.proof import proof

Paper = tuple[str, bytes, Any, Any]  # name, bytes, vocabulary, ledger
PAGE = 600  # characters of a page of GB/T 9704: 22 lines of 28
KINDS = {
    "figure": r"(?<=增长|下降)\d+\.\d(?=%)|(?<=值|额|入)\d+\.\d+(?=亿元)",
    "sign": r"(?<=[，])(?:增长|下降)(?=\d+\.\d%)",
    "rank": r"(?<=第)\d+(?=位)",
    "unit": r"(?<=\d)亿元(?=[，；。])",
    "region": r"(?<=[高低]于)全市平均",
    "date": r"(?<=1—)\d{1,2}(?=月，)",
    "sum": r"(?<=办结销号)\d+(?=项)|(?<=未到期)\d+(?=项)",
    "share": r"(?<=占)\d+\.\d(?=%)",
}


def seeded(kind: str, old: str, dice: random.Random, regions: Sequence[str]) -> str:
    if kind in ("figure", "share"):
        whole, _, tenth = old.partition(".")
        moved = (int(tenth) + dice.randint(1, 8 * 10 ** (len(tenth) - 1))) % 10 ** len(tenth)
        return f"{whole}.{str(moved).zfill(len(tenth))}"
    if kind in ("rank", "date", "sum"):
        return (
            str(max(1, int(old) + dice.choice((-2, -1, 1, 2))))
            if old != "1"
            else str(int(old) + dice.choice((1, 2)))
        )
    if kind == "sign":
        return {"增长": "下降", "下降": "增长"}[old]
    return "万元" if kind == "unit" else dice.choice(regions)


def places(paragraphs: Sequence[str], tables: Sequence[str]) -> Iterator[tuple[str, int, re.Match[str]]]:
    for kind, pattern in KINDS.items():
        for i, text in enumerate(paragraphs):
            if not tables[i]:
                for m in re.finditer(pattern, text):
                    piece = re.split("[，；。（]", text[: m.start()])[-1]
                    if not re.search("目标|预计|力争|概率|预测|需|可能", piece):
                        yield kind, i, m


def sentence_of(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(s, 0, at) for s in "。；\n") + 1
    ends = [e for s in "。；" if (e := text.find(s, at)) >= 0]
    return start, min(ends, default=len(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", nargs="*", type=Path)
    parser.add_argument("--figures", type=Path)
    parser.add_argument("--period")
    parser.add_argument("--home-region")
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--full", action="store_true", help="40 errors of each kind in each paper")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    if args.full:
        args.each = 40
    if args.papers:
        if not args.period:
            parser.error("--period: the month of the papers")
        measure([(path.name, path.read_bytes(), *known_of(args)) for path in args.papers], args)
        return
    from demonstration import demonstration

    with demonstration():
        measure(papers_of_the_place(), args)


def papers_of_the_place() -> list[Paper]:
    """The newest analysis and the newest bulletin of the demonstration, each as of the moment it was made."""
    from wenpan.district.bulletins.models import Document
    from wenpan.district.ground import originals
    from wenpan.district.proofs import known
    from wenpan.economy.time.periods import parse_month

    found = []
    for kind in Document.Kind.values:
        paper = Document.objects.filter(kind=kind).order_by("-as_of", "-edition").first()
        month = parse_month(paper.as_of)
        words, figures = known.vocabulary(month), known.ledger(month, paper.made_at)
        found.append((f"{kind}-{month}.docx", originals.get(paper.sha256), words, figures))
    return found


def measure(papers: Sequence[Paper], args: argparse.Namespace) -> None:
    dice, tally, false, pages = random.Random(18), dict[str, list[int]](), 0, 0.0
    for name, content, known, ledger in papers:
        others = [n for n in known.regions if n.endswith(("区", "县")) and known.regions[n] != known.home]
        regions = others[:8]
        read = reading.read(content, name)
        begun = time.process_time()
        clean = proof(read.paragraphs, known, ledger, read.places)
        spent = time.process_time() - begun
        pages += len(read.joined) / PAGE
        quiet = [v for v in clean if v.state in ("wrong", "contradictory")]
        print(f"{name}: {len(clean)} figures, {len(quiet)} alarms, {spent:.2f} s of {platform.machine()}")
        false += len(quiet)
        chosen = list(places(read.paragraphs, read.places))
        dice.shuffle(chosen)
        for kind in KINDS:
            for _, i, m in [c for c in chosen if c[0] == kind][: args.each]:
                new = seeded(kind, m[0], dice, regions)
                if new == m[0]:
                    continue
                text = read.paragraphs[i]
                changed = [
                    *read.paragraphs[:i],
                    text[: m.start()] + new + text[m.end() :],
                    *read.paragraphs[i + 1 :],
                ]
                a, b = sentence_of(changed[i], m.start())
                alarms = [
                    v
                    for v in proof(changed, known, ledger, read.places)
                    if v.state in ("wrong", "contradictory")
                ]
                hit = any(v.figure.paragraph == i and a <= v.figure.start <= b for v in alarms)
                far = sum(not (v.figure.paragraph == i and a <= v.figure.start <= b) for v in alarms)
                row = tally.setdefault(kind, [0, 0, 0])
                row[0], row[1], row[2] = row[0] + 1, row[1] + hit, row[2] + far
                if args.misses and not hit:
                    print(f"  {kind} {m[0]} → {new}: {changed[i][a:b]}")
    for kind, (n, hits, far) in tally.items():
        print(f"{kind:8} seeded {n:3} found {hits:3} = {hits / n:.3f}   other alarms {far}")
    n, hits = (sum(row[k] for row in tally.values()) for k in (0, 1))
    share = hits / max(n, 1)
    print(f"all      seeded {n} found {hits} = {share:.3f}; false alarms {false} on {pages:.0f} pages")


if __name__ == "__main__":
    main()
