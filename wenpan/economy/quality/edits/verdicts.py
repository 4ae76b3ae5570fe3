"""Verdicts: how many returns pass, fail or cannot be judged by each edit rule, and which fail.

Pure. A rule whose field is missing is neither passed nor failed (promise: not reported is not zero); a return
of a period in which a rule was not in force is not counted with it. A rule that cannot be used, or that its
own examples contradict, is listed as not used, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from wenpan.economy.quality.edits.edit_rules import EditRule, EditRules
from wenpan.economy.quality.edits.returns import END, RECORD
from wenpan.economy.quality.edits.statements import statement, without_slack

FAILED = "failed"
_BATCH = 1 << 17  # returns judged at once: their columns stay in the processor's cache from rule to rule
_MOST_AGAIN = 0.02  # above it the quick slack over all is less work than the scaled one over what fails


@dataclass(frozen=True)
class RuleCount:
    rule: EditRule
    passed: int = 0
    failed: int = 0
    missing: int = 0
    not_in_force: int = 0

    @property
    def used(self) -> bool:
        return not self.rule.problem


@dataclass(frozen=True)
class Verdicts:
    counts: tuple[RuleCount, ...]  # every rule of the file, used or not, in its order
    rows: dict[str, pl.Series]  # rule code → the rows that fail, ascending
    records: int

    @property
    def unused(self) -> tuple[EditRule, ...]:
        return tuple(count.rule for count in self.counts if not count.used)

    def table(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`record,rule,verdict`: one row per failing return and rule, in the order of the returns."""
        parts = [
            pl.DataFrame({"__row": rows, "rule": [code] * len(rows), "__n": [n] * len(rows)},
                         schema={"__row": pl.UInt32, "rule": pl.String, "__n": pl.Int64})
            for n, (code, rows) in enumerate(self.rows.items())
        ]  # fmt: skip
        every = (
            pl.concat(parts)
            if parts
            else pl.DataFrame(schema={"__row": pl.UInt32, "rule": pl.String, "__n": pl.Int64})
        )
        every = every.sort("__row", "__n")
        return every.select(
            frame[RECORD].gather(every["__row"]).alias(RECORD), "rule", pl.lit(FAILED).alias("verdict")
        )


def judge(frame: pl.DataFrame, rules: EditRules, on: date | None = None) -> Verdicts:
    """`frame` as `returns.typed` gives it. `on`: the day whose rules hold for returns without a period."""
    ready = [_checked(rule, frame, rules) for rule in rules.rules]
    dated = END in frame.columns
    if not dated and on is not None:
        ready = [
            rule if rule.problem or rule.in_force(on) else replace(rule, problem=f"{on} 不在施行期内")
            for rule in ready
        ]
    used = [rule for rule in ready if not rule.problem]
    stated = _stated_at_once(frame, used)
    counts, rows = [], {}
    for rule in ready:
        if rule.problem:
            counts.append(RuleCount(rule))
            continue
        held = stated[rule.code]
        out = _outside(frame, rule) if dated else None
        failing = _failing(frame, rule, held, out)
        rows[rule.code] = failing
        outside = 0 if out is None else int(out.sum())
        missing = held.null_count() if out is None else int((held.is_null() & ~out).sum())
        counts.append(
            RuleCount(rule, frame.height - outside - missing - len(failing), len(failing), missing, outside)
        )
    return Verdicts(tuple(counts), rows, frame.height)


def contradicted(rule: EditRule) -> str:
    """Why a rule's own examples say that it does not do what it promises; empty where they agree."""
    for examples, expected, word in ((rule.passes, True, "应通过"), (rule.fails, False, "应不通过")):
        for number, example in enumerate(examples, start=1):
            if _of_example(rule, example) is not expected:
                return f"{word}的第{number}个样例与表达式不符"
    return ""


def _of_example(rule: EditRule, example: dict[str, Any]) -> bool | None:
    assert rule.node is not None
    data = {}
    for column, kind in rule.kinds.items():
        value = example.get(column)
        if kind == "text":
            data[column] = pl.Series([None if value is None else str(value)], dtype=pl.String)
        else:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            data[column] = pl.Series([float(value) if number else None], dtype=pl.Float64)  # type: ignore[arg-type]
    stated = statement(rule.node, rule.kinds, rule.tolerance, scaled=True).alias("held")
    held = pl.DataFrame(data).select(stated) if data else pl.select(stated)
    return held["held"][0]  # type: ignore[no-any-return]


def _checked(rule: EditRule, frame: pl.DataFrame, rules: EditRules) -> EditRule:
    if rule.problem or rule.node is None:
        return rule
    if problem := contradicted(rule):
        return replace(rule, problem=problem)
    if lacking := sorted(set(rule.kinds) - set(frame.columns)):
        forms = sorted({form for column in lacking if (form := rules.form_of(column))})
        if forms:
            return replace(rule, problem=f"没有“{'、'.join(forms)}”可以对照")
        return replace(rule, problem=f"报表没有 {'、'.join(lacking)} 列")
    for column, kind in rule.kinds.items():
        if (frame.schema[column] == pl.String) != (kind == "text"):
            return replace(rule, problem=f"“{column}”在别的规则中作{'数值' if kind == 'text' else '文字'}")
    return rule


def _stated_at_once(frame: pl.DataFrame, rules: list[EditRule]) -> dict[str, pl.Series]:
    """Of each rule, by its code, which returns fulfil it; those that do not may still do so within the slack
    of their numbers. What a rule says without slack is taken where the first returns seldom fail it so."""
    if not rules:
        return {}
    first = frame.slice(0, _BATCH)
    tried = first.select(_quickest(rule).alias(rule.code) for rule in rules)
    often = {one.name for one in tried if int((~one).sum() or 0) > _MOST_AGAIN * first.height}
    wanted = [(_stated if rule.code in often else _quickest)(rule).alias(rule.code) for rule in rules]
    parts = [first.select(wanted) if often else tried]
    parts += [frame.slice(at, _BATCH).select(wanted) for at in range(_BATCH, frame.height, _BATCH)]
    return {one.name: one for one in pl.concat(parts)}


def _quickest(rule: EditRule) -> pl.Expr:
    assert rule.node is not None
    found = without_slack(rule.node, rule.kinds)
    return _stated(rule) if found is None else found


def _stated(rule: EditRule) -> pl.Expr:
    assert rule.node is not None
    return statement(rule.node, rule.kinds, rule.tolerance)


def _failing(frame: pl.DataFrame, rule: EditRule, held: pl.Series, out: pl.Series | None) -> pl.Series:
    """The rows that fail, looked at again with the slack that their numbers need."""
    assert rule.node is not None
    false = ~held if out is None else ~held & ~out
    rows = false.arg_true()
    if rows.is_empty():
        return rows
    again = frame.select(pl.col(column).gather(rows) for column in rule.kinds)
    still = again.select(statement(rule.node, rule.kinds, rule.tolerance, scaled=True).alias("held"))["held"]
    return rows.filter(~still)


def _outside(frame: pl.DataFrame, rule: EditRule) -> pl.Series | None:
    """Where the return's period does not end within the days in which the rule is in force."""
    outside = pl.lit(False)
    if rule.effective_from is not None:
        outside = outside | (pl.col(END) < rule.effective_from)
    if rule.effective_to is not None:
        outside = outside | (pl.col(END) > rule.effective_to)
    found = frame.select(outside.fill_null(False).alias("out"))["out"]
    if len(found) == 1 != frame.height:
        return None
    return found if found.any() else None
