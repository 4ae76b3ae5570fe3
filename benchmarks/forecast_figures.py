"""The two figures of docs/method.md, drawn from the output of a back-test.

wenpan backtest … --origins 2-11 --out backtest.parquet
python benchmarks/forecast_figures.py backtest.parquet docs/method
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib
import numpy as np
import polars as pl

from wenpan.economy.forecast.bench.scores import reliability

matplotlib.use("svg")
import matplotlib.pyplot as plt

NAVY, GREY = "#12305c", "#9aa5b1"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("backtest", type=Path, nargs="?")
    parser.add_argument("folder", type=Path, nargs="?")
    args = parser.parse_args()
    if args.backtest is None or args.folder is None:
        print("draws figures from the output of `wenpan backtest`; nothing is measured here")
        return
    args.folder.mkdir(parents=True, exist_ok=True)
    plt.rcParams.update({"svg.hashsalt": "wenpan", "svg.fonttype": "none", "font.size": 9})
    rows = pl.read_parquet(args.backtest)
    draw(reliability_figure(rows), args.folder / "reliability.svg")
    draw(months_figure(rows), args.folder / "months.svg")


def draw(figure: plt.Figure, path: Path) -> None:
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
    print(path)


def reliability_figure(rows: pl.DataFrame) -> plt.Figure:
    ours = rows.filter((pl.col("method") == "wenpan") & pl.col("last_year").is_finite())
    happened = (ours["actual"] >= ours["last_year"]).to_numpy()
    table = np.array(reliability(ours["p_last_year"].to_numpy(), happened))
    figure, axes = plt.subplots(figsize=(3.6, 3.4))
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1)
    axes.plot(table[:, 0], table[:, 1], marker="o", color=NAVY)
    axes.set(xlabel="forecast probability", ylabel="share that happened", xlim=(0, 1), ylim=(0, 1))
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def months_figure(rows: pl.DataFrame) -> plt.Figure:
    figure, axes = plt.subplots(figsize=(4.6, 3.4))
    for method, colour in (("carry", GREY), ("wenpan", NAVY)):
        part = rows.filter(pl.col("method") == method).with_columns(month=pl.col("origin").str.slice(5))
        by = part.group_by("month").agg(pl.col("error").median()).sort("month")
        axes.plot(by["month"].cast(pl.Int32), by["error"], marker="o", color=colour, label=method)
    axes.set(xlabel="known up to month", ylabel="median absolute error, points", ylim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return figure


if __name__ == "__main__":
    main()
