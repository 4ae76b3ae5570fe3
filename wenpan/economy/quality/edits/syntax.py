"""The expressions of edit rules: polars' SQL expressions, of which only arithmetic and comparison are let in.

Pure. The text is split into tokens first (no query, no function beside four), then read by polars' own SQL
parser, and its tree is copied node by node into ours: what is not named here does not exist. No file, no
code, no aggregate over other records.

    自年初累计 = 建筑工程 + 安装工程        状态 <> '停缓建' OR 本月 <= 0        本月 BETWEEN 0 AND 500
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl


class ExpressionError(ValueError):
    """An expression that cannot be used; a Chinese sentence that says why."""


@dataclass(frozen=True)
class Column:
    name: str


@dataclass(frozen=True)
class Constant:
    value: Fraction | str | bool


@dataclass(frozen=True)
class Operation:
    """`op` one of + - * / · = < <= > >= · and or not · is_null abs coalesce length."""

    op: str
    parts: tuple[Node, ...]


Node = Column | Constant | Operation

COMPARISONS = ("=", "<", "<=", ">", ">=")
LOGICAL = ("and", "or", "not", "is_null")

_BINARY = {
    "Plus": "+", "Minus": "-", "Multiply": "*", "Mul": "*", "Divide": "/", "TrueDivide": "/", "Div": "/",
    "Eq": "=", "Lt": "<", "LtEq": "<=", "Gt": ">", "GtEq": ">=",
    "And": "and", "Or": "or", "LogicalAnd": "and", "LogicalOr": "or",
}  # fmt: skip
_FUNCTIONS = ("abs", "coalesce", "length", "char_length")
_TOKEN = re.compile(
    r"\s+|'(?:[^']|'')*'|\"[^\"]*\"|[^\W\d]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|<=|>=|<>|!=|==|[-+*/=<>(),]"
)
_REFUSED_WORDS = {"select", "from", "with", "union", "exists", "any", "all", "over", "cast", "interval"}
_LONGEST = 2000


def parse(text: str) -> Node:
    """The expression as a tree. ExpressionError names what is not understood or not allowed."""
    if not isinstance(text, str) or not text.strip():
        raise ExpressionError("表达式为空")
    if len(text) > _LONGEST:
        raise ExpressionError(f"表达式过长({len(text)}字, 至多{_LONGEST}字)")
    _guard(text)
    try:
        tree = json.loads(pl.sql_expr(text).meta.serialize(format="json"))
    except RecursionError:
        raise ExpressionError("表达式嵌套过深") from None
    except Exception as error:  # polars raises several kinds, its panics among them
        raise ExpressionError(f"不能读作表达式: {' '.join(str(error).split())[:120]}") from None
    return _node(tree)


def columns(node: Node) -> set[str]:
    """The names of all columns that an expression reads."""
    if isinstance(node, Column):
        return {node.name}
    return set().union(*map(columns, node.parts)) if isinstance(node, Operation) else set()


def kinds(node: Node) -> dict[str, str]:
    """Of each column "number" or "text", from how it is used. ExpressionError where both are needed, or where
    the expression is no statement that is true or false."""
    if not is_statement(node):
        raise ExpressionError("表达式须为可判真假的关系式, 如 a = b + c")
    found: dict[str, set[str]] = {}
    _kinds(node, found)
    both = sorted(name for name, uses in found.items() if len(uses) > 1)
    if both:
        raise ExpressionError(f"“{both[0]}”既作数值又作文字")
    return {name: next(iter(uses), "number") for name, uses in found.items()}


def is_statement(node: Node) -> bool:
    if isinstance(node, Constant):
        return isinstance(node.value, bool)
    return isinstance(node, Operation) and node.op in (*COMPARISONS, *LOGICAL)


def is_text(node: Node) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, str)


def _guard(text: str) -> None:
    """Refuses what is no piece of ours, before any parser sees it: a sub-query could name a file."""
    at, word = 0, ""
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(f"第{at + 1}个字符“{text[at]}”不允许")
        piece, at = match.group(), match.end()
        if piece == "(" and word and word.lower() not in (*_FUNCTIONS, "and", "or", "not", "in", "between"):
            raise ExpressionError(f"不允许的函数“{word}”, 可用: {'、'.join(_FUNCTIONS[:3])}")
        if piece.lower() in _REFUSED_WORDS:
            raise ExpressionError(f"不允许的词“{piece}”")
        if not piece.isspace():
            word = piece if piece[0].isalpha() or piece[0] == "_" else ""
    if "--" in text or "/*" in text:
        raise ExpressionError("不允许注释")


def _node(tree: Any) -> Node:
    (kind, body), *more = tree.items()
    if more:
        raise ExpressionError("不认识的写法")
    if kind == "Column":
        return Column(str(body))
    if kind == "Literal":
        return Constant(_literal(body))
    if kind == "BinaryExpr":
        return _binary(body["op"], [body["left"], body["right"]])
    if kind == "Cast" and body["dtype"] == {"Literal": "Boolean"}:  # what SQL's NOT wraps round its operand
        return _statement(_node(body["expr"]))
    if kind == "Function":
        return _function(body["function"], body["input"])
    raise ExpressionError(f"不允许的写法“{kind}”")


def _binary(name: Any, inputs: list[Any]) -> Node:
    op = _BINARY.get(name) if isinstance(name, str) else None
    if op is None:
        raise ExpressionError(f"不允许的运算“{name}”")
    parts = tuple(map(_node, inputs))
    if op in ("and", "or"):
        parts = tuple(map(_statement, parts))
    elif any(is_statement(part) for part in parts):
        raise ExpressionError("关系式不能参与运算或比较")
    elif op not in ("=",) and any(map(is_text, parts)):
        raise ExpressionError("文字只能用 = 、<> 、IN 比较")
    return Operation(op, parts)


def _function(name: Any, inputs: list[Any]) -> Node:
    if isinstance(name, dict) and isinstance(inner := name.get("Sql"), dict):
        if "Binary" in inner:
            return _binary(inner["Binary"], inputs)
        if "IsIn" in inner:
            return _is_in(*inputs)
    if name == {"Boolean": "Not"}:
        return Operation("not", (_statement(_node(inputs[0])),))
    if name in ({"Boolean": "IsNull"}, {"Boolean": "IsNotNull"}):
        test = Operation("is_null", (_node(inputs[0]),))
        return test if name == {"Boolean": "IsNull"} else Operation("not", (test,))
    ours = {"Abs": "abs", "Coalesce": "coalesce"}.get(name) if isinstance(name, str) else None
    if name == {"StringExpr": "LenChars"}:
        ours = "length"
    if ours is None:
        raise ExpressionError("不允许的函数")
    parts = tuple(map(_node, inputs))
    if any(is_statement(part) or (ours != "length" and is_text(part)) for part in parts):
        raise ExpressionError(f"{ours} 只用于数值")
    return Operation(ours, parts)


def _is_in(what: Any, values: Any) -> Node:
    listed = pl.select(pl.Expr.deserialize(json.dumps(values).encode(), format="json")).to_series()
    items = listed.explode().to_list() if listed.dtype == pl.List else listed.to_list()
    parts = tuple(Operation("=", (_node(what), Constant(_value(item)))) for item in items)
    if not parts:
        raise ExpressionError("IN 的清单为空")
    return parts[0] if len(parts) == 1 else Operation("or", parts)


def _literal(body: Any) -> Fraction | str | bool:
    (kind, value) = next(iter(body.items())) if isinstance(body, dict) else (None, None)
    if kind in ("Dyn", "Scalar") and isinstance(value, dict):
        ((dtype, held),) = value.items()
        if dtype == "Decimal":
            return Fraction(int(held[0]), 10 ** int(held[2]))
        if dtype in ("Int", "Float", "String", "Boolean", "Int32", "Int64", "Float64"):
            return _value(held)
    raise ExpressionError("不认识的常量")


def _value(held: Any) -> Fraction | str | bool:
    if isinstance(held, bool | str):
        return held
    if held is None:
        raise ExpressionError("常量不能为空值")
    return Fraction(str(held))


def _statement(node: Node) -> Node:
    if not is_statement(node):
        raise ExpressionError("AND、OR、NOT 只连接关系式")
    return node


def _kinds(node: Node, found: dict[str, set[str]]) -> None:
    if not isinstance(node, Operation):
        return
    text = node.op == "length" or (node.op == "=" and any(map(is_text, node.parts)))
    for part in node.parts:
        if isinstance(part, Column):
            uses = found.setdefault(part.name, set())
            if node.op != "is_null":
                uses.add("text" if text else "number")
        elif text and not is_text(part):
            raise ExpressionError("文字只能与一列比较")
        else:
            _kinds(part, found)
