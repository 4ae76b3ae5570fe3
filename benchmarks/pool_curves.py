"""Do S-curves that are learnt from the pool say more than those that are set?

    python benchmarks/pool_curves.py [--draws 200] [--write]

Two simulated worlds whose end is known: in one all kinds truly grow along the same mild S, which lies near
the curves that are set; in the other each kind has a curve of its own, far from them. The same pools, cut
after March, June and September of their last year, are expected with fitted and with set curves. Scores as
shares of what truly came, lower is better; gains are paired by draw. One core.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pool import END, HERE, LAST, ORIGINS, machine  # sets the thread counts before numpy is loaded

import numpy as np  # isort: skip
import polars as pl
from scipy.special import betainc

from wenpan.economy.pool import Assumptions, Expectation, Grid, expect, grid
from wenpan.economy.pool.curves import TIMES
from wenpan.economy.pool.simulate import simulate
from wenpan.economy.time.periods import Month

BEGIN = "<!-- begin: printed by benchmarks/pool_curves.py -->"
SEED = 30_000  # seeds below 200 were used for tuning
OWN = {"industry": (1.8, 1.8), "infrastructure": (2.6, 1.3), "services": (1.3, 2.0), "estate": (1.2, 2.4),
       "agriculture": (1.2, 1.2), "social": (2.0, 2.6), "equipment": (0.9, 2.6)}  # fmt: skip
WORLDS = {"one curve for all": None, "a curve for each kind": OWN}
SCORES = {
    "sum": "sum, CRPS",
    "stock": "stock, CRPS",
    "project": "single projects, mean abs. error",
    "pinball": "single projects, pinball loss of p10, p50, p90",
}


def crps(samples: np.ndarray, truth: float) -> float:
    """Exactly, from sorted samples."""
    x, n = np.sort(samples), len(samples)
    spread = 2 * float(((2 * np.arange(n) - n + 1) * x).sum()) / n**2
    return float(np.abs(x - truth).mean()) - spread / 2


def scores(said: Expectation, whole: Grid) -> dict[str, float]:
    t = whole.column(said.as_of)
    came = np.clip(whole.flow(t, whole.months - 1), 0, None)
    here = whole.entered <= said.as_of.index
    stock, total = float(came[here].sum()), float(came.sum())
    table = said.by_project.select("expected", "p10", "p50", "p90").to_numpy()[here]
    off = came[here, None] - table[:, 1:]
    level = np.array([0.1, 0.5, 0.9])
    return {
        "sum": crps(said.total, total) / total,
        "stock": crps(said.stock, stock) / stock,
        "project": float(np.abs(came[here] - table[:, 0]).sum()) / stock,
        "pinball": float(np.maximum(level * off, (level - 1) * off).mean(1).sum()) / stock,
    }


def draw(seed: int, projects: int, world: str) -> list[dict[str, float | str]]:
    begin = Month(LAST + 1, 1).plus(-72)
    listed, returns = simulate(seed=seed, projects=projects, first=begin, months=72, curves=WORLDS[world])
    whole = grid(listed, returns, until=Month(LAST, 12))
    rows: list[dict[str, float | str]] = []
    for month in ORIGINS:
        as_of = Month(LAST, month)
        known = grid(listed, returns, until=as_of)
        for name, fitted in (("fitted", True), ("set", False)):
            said = expect(known, as_of=as_of, seed=seed, given=Assumptions(fitted=fitted))
            found = scores(said, whole)
            if world != "one curve for all":
                found["apart"] = apart(said.curves)
            rows.append({"seed": seed, "projects": projects, "world": world, "curves": name, **found})
    return rows


def apart(curves: pl.DataFrame) -> float:
    """How far the curves lie from the true ones at the most, on average over kinds and sizes."""
    rows = curves.select("kind", "a", "b").iter_rows()
    return float(np.mean([np.abs(betainc(a, b, TIMES) - betainc(*OWN[k], TIMES)).max() for k, a, b in rows]))


def lines_of(rows: pl.DataFrame) -> list[str]:
    lines = ["| true curves | projects | score | set | fitted | gain (95 %) |", "|---|--:|---|--:|--:|--:|"]
    for (world, projects), part in rows.group_by("world", "projects", maintain_order=True):
        wide = part.group_by("seed", "curves").agg(pl.col(*SCORES).mean()).pivot("curves", index="seed")
        for score, label in SCORES.items():
            old, new = (wide[f"{score}_{name}"] for name in ("set", "fitted"))
            gain = (old - new) / old.mean()  # type: ignore[operator]
            half = 1.96 * float(gain.std()) / np.sqrt(len(gain))  # type: ignore[arg-type]
            lines.append(
                f"| {world} | {projects} | {label} | {old.mean():.4f} | {new.mean():.4f} "
                f"| {gain.mean():+.1%} ± {half:.1%} |"
            )
    return lines


def report(draws: int) -> list[str]:
    rows = pl.DataFrame(
        [r for world in WORLDS for n in (1000, 200) for k in range(draws) for r in draw(SEED + k, n, world)],
        infer_schema_length=None,
    )
    far = (
        rows.filter(pl.col("world") != "one curve for all")
        .group_by("projects", "curves")
        .agg(pl.col("apart").mean())
    )
    said = {(n, c): a for n, c, a in far.iter_rows()}
    return [
        f"{draws} draws × March, June and September for each line, 6 years of records:",
        "",
        *lines_of(rows),
        "",
        "Where each kind has a curve of its own, the curves lie from the true ones, at their furthest point, "
        f"on average: set {said[1000, 'set']:.3f}, fitted on 1,000 projects {said[1000, 'fitted']:.3f}, "
        f"on 200 {said[200, 'fitted']:.3f} of the planned total.",
        "",
        machine(),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="put the result into pool.md")
    given = parser.parse_args()
    lines = report(given.draws)
    print("\n".join(lines))
    if given.write:
        put(BEGIN, lines)


def put(begin: str, lines: list[str], page: Path = HERE / "pool.md") -> None:
    before, rest = page.read_text(encoding="utf-8").split(begin)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{begin}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
