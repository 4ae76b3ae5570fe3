"""An edit's expression as a polars expression: true, false, or null where a field is missing.

Pure. Two numbers are compared with the rule's tolerance and a slack for binary fractions: quick (one
millionth, in the unit of the return) over all records, and scaled to the numbers compared over those
that fail, so that amounts of 10¹² with two decimals are still judged right. `without_slack` is quicker
still: what it says holds, holds; what it says fails is to be looked at again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add

import polars as pl

from wenpan.economy.quality.edits.syntax import COMPARISONS, Column, Constant, Node, Operation, is_text

SLACK = 1e-6
_SCALED = 1e-15


def statement(node: Node, kinds: dict[str, str], tolerance: float, *, scaled: bool = False) -> pl.Expr:
    """`scaled`: with the slack scaled to the numbers of each record (slower)."""
    if isinstance(node, Constant):
        return pl.lit(bool(node.value))
    assert isinstance(node, Operation)
    if node.op in ("and", "or"):
        parts = [statement(part, kinds, tolerance, scaled=scaled) for part in node.parts]
        return reduce((lambda a, b: a & b) if node.op == "and" else (lambda a, b: a | b), parts)
    if node.op == "not":
        (inner,) = node.parts
        if isinstance(inner, Operation) and inner.op in COMPARISONS:
            return ~_compared(inner, kinds, tolerance, scaled=scaled)
        return ~statement(inner, kinds, tolerance, scaled=scaled)
    if node.op == "is_null":
        return _number(node.parts[0]).is_null()
    return _compared(node, kinds, tolerance, scaled=scaled)


def without_slack(node: Node, kinds: dict[str, str]) -> pl.Expr | None:
    """The comparisons as they are written, of two columns or sums; None where slack could make a record fail
    that passes so (<, >, not)."""
    if not isinstance(node, Operation) or node.op not in ("and", "or", "=", "<=", ">="):
        return None
    if node.op in ("and", "or"):
        parts = [without_slack(part, kinds) for part in node.parts]
        known = [part for part in parts if part is not None]
        both = (lambda a, b: a & b) if node.op == "and" else (lambda a, b: a | b)
        return reduce(both, known) if len(known) == len(parts) else None
    left, right = node.parts
    if _of_texts(node, kinds):
        return _raw(left) == _raw(right)
    a, b = _number(left), _number(right)
    return a == b if node.op == "=" else a <= b if node.op == "<=" else a >= b


def _of_texts(node: Operation, kinds: dict[str, str]) -> bool:
    return any(isinstance(p, Column) and kinds.get(p.name) == "text" for p in node.parts) or any(
        map(is_text, node.parts)
    )


def _compared(node: Operation, kinds: dict[str, str], tolerance: float, *, scaled: bool) -> pl.Expr:
    left, right = node.parts
    if _of_texts(node, kinds):
        return _raw(left) == _raw(right)
    slack: float | pl.Expr = SLACK
    if scaled:
        slack = SLACK + _SCALED * (_size(left) + _size(right))
    gap = _gap(left, right)
    if node.op == "=":
        return gap.abs() <= tolerance + slack
    if node.op == "<=":
        return gap <= tolerance + slack
    if node.op == ">=":
        return gap >= -(tolerance + slack)
    return gap < -slack if node.op == "<" else gap > slack


def _gap(left: Node, right: Node) -> pl.Expr:
    if isinstance(right, Constant) and right.value == 0:
        return _number(left)
    return _number(left) - _number(right)


def _raw(node: Node) -> pl.Expr:
    return pl.col(node.name) if isinstance(node, Column) else pl.lit(str(getattr(node, "value", "")))


def _number(node: Node) -> pl.Expr:
    if isinstance(node, Column):
        return pl.col(node.name)
    if isinstance(node, Constant):
        return pl.lit(float(node.value))
    if node.op == "length":
        return _raw(node.parts[0]).str.len_chars().cast(pl.Float64)
    parts = [_number(part) for part in node.parts]
    return _VALUES[node.op](*parts)


_VALUES: dict[str, Callable[..., pl.Expr]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: pl.when(b != 0).then(a / b),  # nothing can be said of a share of nothing
    "abs": lambda a: a.abs(),
    "coalesce": lambda *parts: pl.coalesce(parts),
}


def _size(node: Node) -> pl.Expr:
    """What the numbers in an expression amount to, whatever their signs."""
    if isinstance(node, Operation):
        if node.op in ("*", "/"):
            return _number(node).abs()
        if node.op == "length":
            return _number(node)
        return reduce(add, map(_size, node.parts))
    return _number(node).abs()
