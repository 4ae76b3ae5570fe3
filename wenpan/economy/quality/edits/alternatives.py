"""An edit rule as alternatives of linear inequalities, once the texts of a return are known.

Pure and exact (fractions). "建设状态 <> '停缓建' OR 本月 <= 0" is nothing to fulfil where the state is
another one, and one inequality where it is that one. A comparison with a missing number cannot fail and is
left out by whoever evaluates it; one with a missing text cannot fail either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from wenpan.economy.quality.edits.syntax import COMPARISONS, Column, Constant, Node, Operation, is_text

OTHER = "\0other"  # a text that no rule names
MOST = 64  # alternatives of one rule


class NotLinearError(ValueError):
    """A rule that linear inequalities cannot say; a Chinese sentence."""


@dataclass(frozen=True)
class Inequality:
    """Σ coefficient × field + constant ≤ 0, or < 0 where it is strict."""

    terms: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    strict: bool = False

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.terms)


Alternatives = tuple[tuple[Inequality, ...], ...]  # one of them must hold as a whole; (): none can

TRUE: Alternatives = ((),)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def alternatives(
    node: Node,
    kinds: Mapping[str, str],
    texts: Mapping[str, str | None],
    tolerance: Fraction,
    *,
    negated: bool = False,
) -> Alternatives:
    """What must hold so that the rule does not fail. NotLinearError where that cannot be said."""
    if isinstance(node, Constant):
        return TRUE if bool(node.value) != negated else ()
    assert isinstance(node, Operation)
    if node.op == "not":
        return alternatives(node.parts[0], kinds, texts, tolerance, negated=not negated)
    if node.op in ("and", "or"):
        parts = [alternatives(part, kinds, texts, tolerance, negated=negated) for part in node.parts]
        return _all(parts) if (node.op == "and") != negated else _any(parts)
    if node.op == "is_null":
        raise NotLinearError("空与不空不是数值关系")
    assert node.op in COMPARISONS
    if any(map(is_text, node.parts)) or any(
        isinstance(p, Column) and kinds[p.name] == "text" for p in node.parts
    ):
        return _text(node, texts, negated=negated)
    return _numbers(node, tolerance, negated=negated)


def text_values(node: Node, found: dict[str, set[str]]) -> None:
    """Adds the texts with which each column is compared."""
    if not isinstance(node, Operation):
        return
    names = [part.name for part in node.parts if isinstance(part, Column)]
    values = [part.value for part in node.parts if isinstance(part, Constant) and isinstance(part.value, str)]
    if node.op == "=" and names and values:
        found.setdefault(names[0], set()).add(str(values[0]))
    for part in node.parts:
        text_values(part, found)


def linear(node: Node) -> tuple[dict[str, Fraction], Fraction]:
    """Coefficients by field, and the constant. NotLinearError for a product of fields and the like."""
    if isinstance(node, Column):
        return {node.name: Fraction(1)}, Fraction(0)
    if isinstance(node, Constant):
        assert isinstance(node.value, Fraction)
        return {}, node.value
    if node.op not in ("+", "-", "*", "/"):
        raise NotLinearError(f"{node.op} 不是线性关系")
    (left, a), (right, b) = linear(node.parts[0]), linear(node.parts[1])
    if node.op == "*":
        if left and right:
            raise NotLinearError("两栏相乘不是线性关系")
        scale, terms = (b, left) if left else (a, right)
        return {name: value * scale for name, value in terms.items()}, a * b
    if node.op == "/":
        if right or b == 0:
            raise NotLinearError("除以一栏不是线性关系")
        return {name: value / b for name, value in left.items()}, a / b
    sign = 1 if node.op == "+" else -1
    every = {
        name: left.get(name, Fraction(0)) + sign * right.get(name, Fraction(0)) for name in {**left, **right}
    }
    return {name: value for name, value in every.items() if value}, a + sign * b


def _text(node: Operation, texts: Mapping[str, str | None], *, negated: bool) -> Alternatives:
    if node.op != "=" or not any(map(is_text, node.parts)):
        raise NotLinearError("两栏文字相互比较")
    sides = []
    for part in node.parts:
        if isinstance(part, Operation):
            raise NotLinearError("文字的函数")
        sides.append(texts.get(part.name) if isinstance(part, Column) else part.value)
    if None in sides:
        return TRUE
    return TRUE if (sides[0] == sides[1]) != negated else ()


def _numbers(node: Operation, tolerance: Fraction, *, negated: bool) -> Alternatives:
    op, (left, right) = node.op, node.parts
    if isinstance(right, Operation) and right.op == "abs":
        op, left, right = _TURNED.get(op, op), right, left
    if isinstance(left, Operation) and left.op == "abs":
        return _absolute(op, left.parts[0], right, tolerance, negated=negated)
    (terms, a), (others, b) = linear(left), linear(right)
    gap = {name: terms.get(name, Fraction(0)) - others.get(name, Fraction(0)) for name in {**terms, **others}}
    below, above = (_le(gap, a - b, sign, tolerance) for sign in (1, -1))
    over, under = (_le(gap, a - b, sign, tolerance, beyond=True) for sign in (-1, 1))
    if op == "=":
        return ((over,), (under,)) if negated else ((below, above),)
    if op in ("<=", ">="):  # with the tolerance; its opposite begins beyond it
        return ((over if op == "<=" else under,),) if negated else ((below if op == "<=" else above,),)
    none = Fraction(0)  # a strict one tolerates nothing
    strict = _le(gap, a - b, 1 if op == "<" else -1, none, beyond=True)
    return ((_le(gap, a - b, -1 if op == "<" else 1, none),),) if negated else ((strict,),)


def _le(
    gap: Mapping[str, Fraction], constant: Fraction, sign: int, tolerance: Fraction, *, beyond: bool = False
) -> Inequality:
    """sign·(gap + constant) ≤ tolerance, or with `beyond` sign·(gap + constant) < −tolerance."""
    terms = tuple(sorted((name, sign * value) for name, value in gap.items() if value))
    return Inequality(terms, sign * constant + (tolerance if beyond else -tolerance), strict=beyond)


def _absolute(op: str, inner: Node, right: Node, tolerance: Fraction, *, negated: bool) -> Alternatives:
    """|inner| ≤ right: both signs; |inner| ≥ right: one of them."""
    if op == "=":
        raise NotLinearError("绝对值相等")
    minus = Operation("-", (Constant(Fraction(0)), inner))
    both = [_numbers(Operation(op, (side, right)), tolerance, negated=negated) for side in (inner, minus)]
    return _all(both) if (op in ("<", "<=")) != negated else _any(both)


def _all(parts: list[Alternatives]) -> Alternatives:
    many = 1
    for part in parts:
        many *= max(len(part), 1)
    if many > MOST:
        raise NotLinearError(f"或者的情形过多(超过{MOST}种)")
    return tuple(dict.fromkeys(tuple(i for part in chosen for i in part) for chosen in product(*parts)))


def _any(parts: list[Alternatives]) -> Alternatives:
    found = tuple(dict.fromkeys(chosen for part in parts for chosen in part))
    if () in found:
        return TRUE
    if len(found) > MOST:
        raise NotLinearError(f"或者的情形过多(超过{MOST}种)")
    return found
