"""Which failing returns to ask about first: by what they may change of the district's total, and where to
stop.

Pure. The effect of a return is the largest amount by which it misses a rule that reads the total's column,
counted in that column's unit. Returns are asked about from the largest on; the list ends where what is left,
all of it together, is less than `stop` of the total. What is not asked about first is still listed as
failing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wenpan.economy.quality.edits.alternatives import NotLinearError, linear
from wenpan.economy.quality.edits.edit_rules import EditRule
from wenpan.economy.quality.edits.returns import RECORD
from wenpan.economy.quality.edits.syntax import COMPARISONS, Operation
from wenpan.economy.quality.edits.verdicts import Verdicts


@dataclass(frozen=True)
class AskingOrder:
    """`table`: record, effect, share (of the total), rest (share that all later ones make up), ask (before
    the stop)."""

    table: pl.DataFrame
    total: float
    asked: int
    unused: tuple[str, ...]  # rules that read the column, but are no plain relation of sums


def asking_order(frame: pl.DataFrame, verdicts: Verdicts, column: str, stop: float = 0.005) -> AskingOrder:
    """`stop` as a share of the total (0.005). KeyError for a column that the returns do not have."""
    if column not in frame.columns:
        raise KeyError(column)
    total = abs(float(frame[column].sum() or 0.0))
    effect = np.zeros(frame.height)
    unused = []
    for count in verdicts.counts:
        rows = verdicts.rows.get(count.rule.code)
        if rows is None or rows.is_empty() or column not in count.rule.kinds:
            continue
        missed = _missed(frame[rows], count.rule, column)
        if missed is None:
            unused.append(count.rule.code)
            continue
        at = rows.to_numpy()
        effect[at] = np.maximum(effect[at], missed)
    order = np.argsort(-effect, kind="stable")
    order = order[effect[order] > 0]
    left = effect[order][::-1].cumsum()[::-1]
    after = np.append(left, 0.0)[1:]
    ask = left > stop * total  # with it and all after it, more than the stop would stay unasked
    scale = total or 1.0
    table = pl.DataFrame({
        RECORD: frame[RECORD].gather(order), "effect": effect[order], "share": effect[order] / scale,
        "rest": after / scale, "ask": ask,
    })  # fmt: skip
    return AskingOrder(table, total, int(ask.sum()), tuple(unused))


def _missed(rows: pl.DataFrame, rule: EditRule, column: str) -> np.ndarray | None:
    """By how much each row misses the relation, in the unit of the column."""
    node = rule.node
    if not isinstance(node, Operation) or node.op not in COMPARISONS:
        return None
    try:
        (left, a), (right, b) = linear(node.parts[0]), linear(node.parts[1])
    except NotLinearError:
        return None
    gap = {name: left.get(name, 0) - right.get(name, 0) for name in {**left, **right}}
    if not gap.get(column):
        return None
    values = sum((rows[name].to_numpy() * float(value) for name, value in gap.items()), np.zeros(rows.height))
    return np.abs((values + float(a - b)) / float(gap[column]))
