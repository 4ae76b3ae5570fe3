"""Do the intervals of the funnel hold the truth? Simulated cohorts whose true rate is known.

    python benchmarks/funnel.py [--draws 2000] [--seed 20221130] [--write]

A draw is one cohort: 5 to 80 deals signed in one year, each of which starts with the same true probability
(even over 2 to 98 %) before the day; who does not start by the day may start later, which the funnel must not
see. The whole way is gone: a plain file of events, `read_deal_events`, `cohorts`. Held: the true rate lies
within low … high. Other intervals stand beside it, over the same draws.
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from math import sqrt
from pathlib import Path

from scipy import stats

from wenpan.economy.funnel.cohorts import cohorts
from wenpan.economy.funnel.intervals import LEVEL
from wenpan.economy.funnel.plain_deals import read_deal_events
from wenpan.economy.funnel.stages import Stage

DAY = date(2023, 12, 31)
Z = stats.norm.ppf(0.5 + LEVEL / 2)
SIZES = ((5, 9), (10, 19), (20, 39), (40, 80))


def cohort_file(rng: random.Random, n: int, truth: float) -> bytes:
    lines = ["deal,stage,on"]
    for i in range(n):
        signed = date(2022, 1, 1) + timedelta(days=rng.randrange(365))
        left = (DAY - signed).days
        started = rng.random() < truth
        on = signed + timedelta(days=rng.randrange(1, left + 1) if started else left + rng.randrange(1, 700))
        lines += [
            f"D{i},signed,{signed}",
            f"D{i},started,{on}",
            f"D{i},framework,{signed - timedelta(days=90)}",
        ]
    return "\n".join(lines).encode()


def wald(x: int, n: int) -> tuple[float, float]:
    p = x / n
    return p - Z * sqrt(p * (1 - p) / n), p + Z * sqrt(p * (1 - p) / n)


def jeffreys(x: int, n: int) -> tuple[float, float]:
    low, high = stats.beta.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2], x + 0.5, n - x + 0.5)
    return (0.0 if x == 0 else low), (1.0 if x == n else high)


def exact(x: int, n: int) -> tuple[float, float]:
    low = 0.0 if x == 0 else stats.beta.ppf((1 - LEVEL) / 2, x, n - x + 1)
    return low, 1.0 if x == n else stats.beta.ppf((1 + LEVEL) / 2, x + 1, n - x)


OTHERS: dict[str, Callable[[int, int], tuple[float, float]]] = {
    "Wald": wald, "Jeffreys": jeffreys, "Clopper-Pearson": exact,
}  # fmt: skip


def run(draws: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    held: dict[str, list[bool]] = {name: [] for name in ("Wilson (the program)", *OTHERS)}
    sizes: dict[tuple[int, int], list[bool]] = {size: [] for size in SIZES}
    widths = dict.fromkeys(held, 0.0)
    for _ in range(draws):
        n, truth = rng.randint(5, 80), rng.uniform(0.02, 0.98)
        deals = read_deal_events(cohort_file(rng, n, truth))
        row = next(r for r in cohorts(deals.values(), DAY) if r.stage is Stage.STARTED)
        assert row.n == n, "a framework agreement or a later start changed the cohort"
        assert row.interval.low is not None and row.interval.high is not None
        spans = {"Wilson (the program)": (row.interval.low, row.interval.high)}
        spans |= {name: make(row.reached, n) for name, make in OTHERS.items()}
        for name, (low, high) in spans.items():
            held[name].append(bool(low <= truth <= high))
            widths[name] += high - low
        next(hits for (least, most), hits in sizes.items() if least <= n <= most).append(
            held["Wilson (the program)"][-1]
        )
    lines = [
        f"draws {draws}, seed {seed}, interval {LEVEL:.0%}",
        f"{platform.platform()}, Python {platform.python_version()}",
    ]
    lines += [
        f"{name:<22} holds {share(hits)}, mean width {widths[name] / draws:.3f}"
        for name, hits in held.items()
    ]
    lines += [
        f"  {least}-{most} deals: holds {share(hits)} ({len(hits)} cohorts)"
        for (least, most), hits in sizes.items()
    ]
    return lines


def share(hits: list[bool]) -> str:
    return f"{sum(hits) / max(1, len(hits)):.1%}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20221130)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    began = time.monotonic()
    lines = run(args.draws, args.seed)
    lines.append(f"{time.monotonic() - began:.1f} s")
    print("\n".join(lines))
    if args.write:
        note = Path(__file__).with_suffix(".md")
        head, _, _ = note.read_text(encoding="utf-8").partition("<!-- numbers -->")
        body = "\n".join(f"    {line}" for line in lines)
        note.write_text(f"{head}<!-- numbers -->\n\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
