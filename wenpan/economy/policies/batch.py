"""All policies against all firms at once, in polars: true, false or null (unknown) per firm and policy.

Pure. Polars' booleans follow Kleene's logic, so that a null fact stays unknown until another condition
decides. The twin of `explained`, which gives reasons for one firm; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import polars as pl

from wenpan.economy.policies.conditions import (
    AtLeastOf,
    Compared,
    Comparison,
    NoneOf,
    OneOf,
    OnList,
    PolicyExpression,
)
from wenpan.economy.policies.facts import FactKind, FirmFact

_TYPES: dict[FactKind, pl.DataType] = {
    FactKind.NUMBER: pl.Float64(), FactKind.WORD: pl.String(), FactKind.YES_NO: pl.Boolean(),
    FactKind.DAY: pl.Date(), FactKind.MARKS: pl.List(pl.String),
}  # fmt: skip


def columns_of(facts: Mapping[str, FirmFact]) -> dict[str, pl.DataType]:
    """The type of each fact's column."""
    return {fact.code: _TYPES[fact.kind] for fact in facts.values()}


def fact_frame(rows: pl.DataFrame, facts: Mapping[str, FirmFact]) -> pl.DataFrame:
    """The rows with every fact as a column of its kind: absent columns, NaN and empty words are unknown."""
    columns = []
    for fact in facts.values():
        kind = _TYPES[fact.kind]
        if fact.code not in rows.columns:
            columns.append(pl.lit(None, dtype=kind).alias(fact.code))
            continue
        column = pl.col(fact.code).cast(kind)
        if fact.kind is FactKind.NUMBER:
            column = column.fill_nan(None)
        elif fact.kind is FactKind.WORD:
            column = column.replace("", None)
        columns.append(column)
    return rows.with_columns(columns)


def _of_facts(expression: PolicyExpression) -> pl.Expr:
    """A single condition over the columns of `fact_frame`; null is unknown."""
    match expression:
        case Compared(fact, comparison, limit):
            return _COMPARE[comparison](pl.col(fact), pl.lit(limit))
        case OneOf(fact, values, wanted):
            among = pl.col(fact).is_in(list(values))
            return among if wanted else ~among
        case OnList(fact, mark):
            return pl.col(fact).list.contains(mark)
    return pl.lit(None, dtype=pl.Boolean)  # left to judge


def _at_least(count: int, parts: list[pl.Expr]) -> pl.Expr:
    if count == 1:
        return reduce(pl.Expr.__or__, parts)
    if count == len(parts):
        return reduce(pl.Expr.__and__, parts)
    sure = pl.sum_horizontal(part.fill_null(False).cast(pl.Int32) for part in parts)
    possible = pl.sum_horizontal(part.fill_null(True).cast(pl.Int32) for part in parts)
    return pl.when(sure >= count).then(True).when(possible < count).then(False).otherwise(None)


_COMPARE = {
    Comparison.AT_LEAST: pl.Expr.__ge__, Comparison.AT_MOST: pl.Expr.__le__,
    Comparison.MORE_THAN: pl.Expr.__gt__, Comparison.LESS_THAN: pl.Expr.__lt__,
    Comparison.EQUALS: pl.Expr.__eq__, Comparison.NOT: pl.Expr.__ne__,
}  # fmt: skip


def matched(frame: pl.DataFrame, policies: Mapping[str, PolicyExpression]) -> pl.DataFrame:
    """One boolean column per policy beside `firm`: true met, false unmet, null unknown.

    A comparison that several policies share is worked out once.
    """
    single = list(dict.fromkeys(leaf for wanted in policies.values() for leaf in _leaves(wanted)))
    columns = {leaf: f"leaf{n}" for n, leaf in enumerate(single)}
    told = frame.select("firm", *(_of_facts(leaf).alias(name) for leaf, name in columns.items()))
    return told.select("firm", *(_composed(wanted, columns).alias(code) for code, wanted in policies.items()))


def facts_asked(expression: PolicyExpression) -> set[str]:
    """The facts that a condition looks at."""
    return {leaf.fact for leaf in _leaves(expression) if isinstance(leaf, Compared | OneOf | OnList)}


def _leaves(expression: PolicyExpression) -> list[PolicyExpression]:
    if isinstance(expression, AtLeastOf | NoneOf):
        return [leaf for part in expression.parts for leaf in _leaves(part)]
    return [expression]


def _composed(expression: PolicyExpression, columns: Mapping[PolicyExpression, str]) -> pl.Expr:
    match expression:
        case NoneOf(parts):
            return ~reduce(pl.Expr.__or__, [_composed(part, columns) for part in parts])
        case AtLeastOf(count, parts, _):
            return _at_least(count, [_composed(part, columns) for part in parts])
    return pl.col(columns[expression])
