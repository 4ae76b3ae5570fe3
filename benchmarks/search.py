"""The search box over 20,000 long documents: time of a page of hits, and recall against a substring scan.

    python benchmarks/search.py [--documents 20000] [--words 40]

A home of its own in the temporary folder, filled with policies of some 500 characters each (words of a
vocabulary of 20,000, the few as often as in a paper), indexed as a commit would. Printed: machine, size and
time of the index; p50 and p95 of `search()` (time passed, and of the processor alone, for a machine that is
busy) for words of one to four characters and for initials, all kinds and rights included; recall and
precision of every word against `word in text`.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

VOCABULARY = 20_000
MARKS = "，。、；"


def vocabulary(rng: random.Random) -> tuple[list[str], list[float]]:
    """Words of one to four characters out of 3,000, the few as often as in a paper (1 / (rank + 10))."""
    characters = [chr(0x4E00 + n) for n in rng.sample(range(15_000), 3_000)]
    sizes = rng.choices((1, 2, 3, 4), weights=(1, 6, 2, 2), k=VOCABULARY)
    words = ["".join(rng.choices(characters, k=size)) for size in sizes]
    total, weights = 0.0, []
    for rank in range(VOCABULARY):
        total += 1 / (rank + 10)
        weights.append(total)
    return words, weights


def text(rng: random.Random, words: list[str], weights: list[float], length: int) -> str:
    parts = rng.choices(words, cum_weights=weights, k=length // 2)
    return "".join(part + (rng.choice(MARKS) if n % 7 == 6 else "") for n, part in enumerate(parts))


def fill(count: int) -> tuple[list[tuple[int, str]], float]:
    from wenpan.district.firms.models import SupportClause
    from wenpan.district.search.keeping import rebuild
    from wenpan.district.search.tokens import normalise

    rng = random.Random(14)
    words, weights = vocabulary(rng)
    at = datetime(2022, 10, 14, tzinfo=UTC)
    SupportClause.objects.bulk_create(
        [
            SupportClause(
                code=f"c{n}", name=f"{text(rng, words, weights, 12)}{n}", source="区政规〔2022〕6号",
                text=text(rng, words, weights, rng.randrange(200, 600)), conditions={},
                valid_from=date(2022, 1, 1), at=at,
            )
            for n in range(count)
        ],
        batch_size=1000,
    )  # fmt: skip
    started = time.monotonic()
    rebuild()
    rows = SupportClause.objects.values_list("pk", "name", "source", "text", "code")
    return [(pk, normalise("\n".join(told))) for pk, *told in rows], time.monotonic() - started


def run(count: int, words: int) -> None:
    import wenpan.district  # noqa: F401
    from wenpan.commands._start import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wenpan.district.accounts.actions import create_user, sync_units
    from wenpan.district.accounts.models import Unit
    from wenpan.district.firms.models import SupportClause
    from wenpan.district.search.finding import SearchWords
    from wenpan.district.search.index import holding
    from wenpan.district.search.queries import search

    sync_units(
        units=[{"code": "jfj", "name": "经发局", "short_name": "经发局", "kind": "department"}], by=None
    )
    unit = Unit.objects.get()
    user = create_user(
        username="o", name="o", role="service", unit=unit, password="Stable-district-2022", by=None
    )
    texts, seconds = fill(count)
    size = sum(len(told) for _pk, told in texts)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{count:,} documents, {size:,} characters; index made in {seconds:.1f} s")
    rng = random.Random(20221014)
    wrong, missed, hits = 0, 0, 0
    spent: dict[str, list[float]] = {}

    def note(name: str, word: str) -> None:
        wall, own = time.perf_counter(), time.process_time()
        search(user, word)
        spent.setdefault(name, []).append(1000 * (time.perf_counter() - wall))
        spent.setdefault(f"{name}, CPU", []).append(1000 * (time.process_time() - own))

    search(user, "预热")
    for _ in range(words):
        for length in (1, 2, 2, 3, 4):
            told = rng.choice(texts)[1]
            at = rng.randrange(len(told) - length)
            word = told[at : at + length].strip() or "桐溪"
            note(f"{length} characters", word)
            typed = SearchWords.of(word)
            got = set(SupportClause.objects.filter(holding("policies", typed)).values_list("pk", flat=True))
            true = {pk for pk, body in texts if all(w in body for w in typed.words)}
            missed, wrong, hits = missed + len(true - got), wrong + len(got - true), hits + len(true)
    for initials in ("yngbz", "zjtx", "jsgz", "txz", "ylbz", "rcgy"):
        note("initials", initials)
    for end in ("", ", CPU"):
        parts = [some for name, some in spent.items() if name.endswith(", CPU") == bool(end)]
        spent[f"all{end}"] = [ms for some in parts for ms in some]
    for name, some in spent.items():
        print(
            f"{name:18} n {len(some):4}  p50 {statistics.median(some):6.1f}  p95 {percentile(some):6.1f} ms"
        )
    print(f"hits {hits:,}: missed {missed}, wrong {wrong} → recall {1 - missed / hits:.4f}")


def percentile(some: list[float]) -> float:
    return sorted(some)[min(len(some) - 1, round(0.95 * len(some)))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=40)
    arguments = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="wenpan-search-"))
    os.environ["WENPAN_HOME"] = str(place)
    try:
        run(arguments.documents, arguments.words)
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
